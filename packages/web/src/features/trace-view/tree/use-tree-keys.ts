import {
  collapsed,
  expanded,
  selectedNode,
  stepped,
  type TreeState,
  toggleSubtree,
} from '#features/trace-view/model/tree-state.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { panBy, zoomBy, zoomToSelected } from '#features/trace-view/model/view-store.ts'
import { useKeys } from '#keys/use-keys.ts'
import { nodesOfPath } from '#lib/trace/critical-path.ts'
import { nextOf } from '#lib/trace/find.ts'

const PAGE_ROWS = 20
const ZOOM = 0.6
const PAN = 0.25

/** Keys of the tree and of the time beside it. */
export function useTreeKeys(): void {
  const { view } = useTraceContext()
  const change = (step: (tree: TreeState) => TreeState) => () => view.change(step)
  const nextOnPath = () => {
    const { model, tree } = view.shown.get()
    view.go(nextOf(model.tree, nodesOfPath(model.path), { from: selectedNode(tree), direction: 1 }))
  }
  useKeys('Trace', [
    { keys: 'ArrowDown', label: 'Next row', run: change((tree) => stepped(tree, 1)) },
    { keys: 'j', label: 'Next row', run: change((tree) => stepped(tree, 1)) },
    { keys: 'ArrowUp', label: 'Previous row', run: change((tree) => stepped(tree, -1)) },
    { keys: 'k', label: 'Previous row', run: change((tree) => stepped(tree, -1)) },
    { keys: 'PageDown', label: 'A page down', run: change((tree) => stepped(tree, PAGE_ROWS)) },
    { keys: 'PageUp', label: 'A page up', run: change((tree) => stepped(tree, -PAGE_ROWS)) },
    { keys: 'Home', label: 'First row', run: change((tree) => stepped(tree, Number.NEGATIVE_INFINITY)) },
    { keys: 'End', label: 'Last row', run: change((tree) => stepped(tree, Number.POSITIVE_INFINITY)) },
    { keys: 'ArrowLeft', label: 'Close, or to the row above', run: change(collapsed) },
    { keys: 'ArrowRight', label: 'Open, or to the first below', run: change(expanded) },
    { keys: '*', label: 'Open or close all below', run: change((tree) => toggleSubtree(tree, tree.selected)) },
    { keys: 'p', label: 'Next on the critical path', run: nextOnPath },
    { keys: 'z', label: 'Zoom to the row', run: () => zoomToSelected(view) },
    { keys: '0', label: 'Fit the whole trace', run: () => view.zoom.set(undefined) },
    { keys: '+', label: 'Zoom in', run: () => zoomBy(view, ZOOM) },
    { keys: '=', label: 'Zoom in', run: () => zoomBy(view, ZOOM) },
    { keys: '-', label: 'Zoom out', run: () => zoomBy(view, 1 / ZOOM) },
    { keys: 'shift+ArrowLeft', label: 'Earlier', run: () => panBy(view, -PAN) },
    { keys: 'shift+ArrowRight', label: 'Later', run: () => panBy(view, PAN) },
  ])
}
