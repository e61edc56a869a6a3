import { useQueryClient } from '@tanstack/react-query'
import type { EditTraceBody, SkeletonTraceDto } from '@xtrace/contract'
import { skeletonQuery } from '#api/trace.ts'
import { cancelTraceJob, editTrace, startTraceJob, UNDO_MS } from '#api/trace-actions.ts'
import { showToast } from '#components/ui/toast.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useProject } from '#project/use-project.ts'
import { changedTags, type TagChange, tagsToChange } from './trace-tags.ts'

const say = (error: unknown) =>
  showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })

/** Edits of the trace that show at once, can be undone, and are taken back when the server refuses them. */
export function useTraceEdit() {
  const { project, traceId, view } = useTraceContext()
  const { role } = useProject().project
  const client = useQueryClient()
  const { queryKey } = skeletonQuery(project, traceId)
  const traceNow = () => view.shown.get().model.dto.trace
  const show = (change: Partial<SkeletonTraceDto>) =>
    client.setQueryData(queryKey, (dto) => dto && { ...dto, trace: { ...dto.trace, ...change } })

  const edit = async (body: EditTraceBody): Promise<boolean> => {
    const { name, bookmarked } = traceNow()
    show({
      ...(body.name !== undefined && { name: body.name }),
      ...(body.bookmarked !== undefined && { bookmarked: body.bookmarked }),
    })
    try {
      await editTrace(project, traceId, body)
      return true
    } catch (error) {
      show({ name, bookmarked })
      say(error)
      return false
    }
  }
  const rename = async (name: string) => {
    const before = traceNow().name
    if (name === before || !(await edit({ name }))) return
    showToast({ text: `Renamed to ${name}.`, action: { label: 'Undo', run: () => void edit({ name: before }) } })
  }
  const changeTags = async (type: TagChange, given: readonly string[]) => {
    const tags = tagsToChange(type, traceNow().tags, given)
    if (tags.length === 0) return
    const showAfter = (change: TagChange) => show({ tags: changedTags(change, traceNow().tags, tags) })
    const takeBack = () => showAfter(type === 'tag' ? 'untag' : 'tag')
    showAfter(type)
    try {
      const job = await startTraceJob(project, traceId, { action: { type, tags }, delayMs: UNDO_MS })
      const undo = async () => {
        try {
          await cancelTraceJob(project, job.id)
          takeBack()
        } catch (error) {
          say(error)
        }
      }
      const action = { label: 'Undo', run: () => void undo() }
      const what = type === 'tag' ? 'Tagged' : 'Took away'
      showToast({ text: `${what} ${tags.join(', ')}.`, durationMs: UNDO_MS, action })
    } catch (error) {
      takeBack()
      say(error)
    }
  }
  return { canEdit: role !== 'VIEWER', rename, changeTags, bookmark: (bookmarked: boolean) => edit({ bookmarked }) }
}
