import { useNavigate } from '@tanstack/react-router'
import { showToast } from '#components/ui/toast.tsx'
import { createStore } from '#store/store.ts'
import { idOf } from './trace-model.ts'
import { selectedNode } from './tree-state.ts'
import type { TraceContextValue } from './use-trace-view.ts'

/** What was marked as A: `trace`, or `trace/observation`; it stays when another trace is opened. */
const marked = createStore<string | undefined>(undefined)

/** Marks what is selected as A; with an A, compares it with what is selected now. */
export function useCompareMark({ project, traceId, view }: TraceContextValue): () => void {
  const navigate = useNavigate()
  return () => {
    const { model, tree } = view.shown.get()
    const node = selectedNode(tree)
    const id = node === undefined ? undefined : idOf(model, node)
    const place = id === undefined ? traceId : `${traceId}/${id}`
    const a = marked.get()
    if (a === undefined || a === place) {
      marked.set(place)
      showToast({ text: 'Marked as A. Choose another row or trace, then press m or Compare again.' })
      return
    }
    marked.set(undefined)
    navigate({ to: '/p/$project/compare', params: { project }, search: { a, b: place } }).catch(() => {})
  }
}
