import { Bookmark, Download, Ellipsis, Link2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { traceDownload } from '#api/raw.ts'
import { cancelTraceJob, startTraceJob, UNDO_MS } from '#api/trace-actions.ts'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy-button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Menu, MenuItem, MenuLine } from '#components/ui/menu.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { nodeLink } from '#features/trace-view/model/links.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useTraceEdit } from './use-trace-edit.ts'

const say = (error: unknown) =>
  showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })

/** What can be done with the trace as a whole. */
export function TraceActions() {
  const { project, traceId } = useTraceContext()
  const { bookmarked } = useModel().dto.trace
  const [isAsking, setAsking] = useState(false)
  const { bookmark } = useTraceEdit()
  const copyLink = async () => {
    if (await copyText(nodeLink(traceId))) showToast({ text: 'The link is copied.' })
  }
  return (
    <div className="flex items-center gap-1">
      <Button kind="quiet" isIcon aria-label="Copy link" onClick={copyLink}>
        <Link2 size={16} strokeWidth={1.5} />
      </Button>
      <Button kind="quiet" isIcon aria-label="Bookmark" aria-pressed={bookmarked} onClick={() => bookmark(!bookmarked)}>
        <Bookmark size={16} strokeWidth={1.5} className={bookmarked ? 'fill-current text-accent' : ''} />
      </Button>
      <Menu
        align="end"
        trigger={
          <Button kind="quiet" isIcon aria-label="More">
            <Ellipsis size={16} strokeWidth={1.5} />
          </Button>
        }
      >
        <MenuItem icon={Download} onSelect={() => location.assign(traceDownload(project, traceId, 'json'))}>
          Download as JSON
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => location.assign(traceDownload(project, traceId, 'otlp'))}>
          Download as OTLP JSON
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} isDanger onSelect={() => setAsking(true)}>
          Delete trace
        </MenuItem>
      </Menu>
      <DeleteDialog isOpen={isAsking} onOpenChange={setAsking} />
    </div>
  )
}

function DeleteDialog({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange(isOpen: boolean): void }) {
  const { project, traceId } = useTraceContext()
  const model = useModel()
  const remove = async () => {
    onOpenChange(false)
    try {
      const job = await startTraceJob(project, traceId, { action: { type: 'delete' }, delayMs: UNDO_MS })
      const undo = () => cancelTraceJob(project, job.id).catch(say)
      showToast({ text: 'The trace is deleted in 10 s.', durationMs: UNDO_MS, action: { label: 'Undo', run: undo } })
    } catch (error) {
      say(error)
    }
  }
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Delete this trace?">
      <p>
        {model.dto.trace.name ?? traceId} with its {formatCount(model.tree.skeleton.ids.length)} observations and
        scores.
      </p>
      <DialogActions>
        <Button isLarge onClick={() => onOpenChange(false)}>
          Keep it
        </Button>
        <Button isLarge kind="danger" onClick={remove}>
          Delete
        </Button>
      </DialogActions>
    </Dialog>
  )
}
