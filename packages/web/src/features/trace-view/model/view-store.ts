/**
 * What one open trace view looks at: the model and the state of its tree, and the stretch of time that the
 * waterfall shows. Outside React, so that a key or a wheel costs no more than what it changes.
 */
import { at } from '#lib/trace/column.ts'
import { groupOfRow, type Outline } from '#lib/trace/outline.ts'
import { panned, type TimeRange, zoomed } from '#lib/trace/time-scale.ts'
import { createStore, type Store } from '#store/store.ts'
import type { TraceModel } from './trace-model.ts'
import { carriedOver, NO_ROW, openTree, reveal, select, selectedNode, type TreeState } from './tree-state.ts'

export interface Shown {
  readonly model: TraceModel
  readonly tree: TreeState
  /** The lowest level shown, an index into LEVELS. */
  readonly level: number
}

export interface ViewStore {
  readonly shown: Store<Shown>
  /** Offsets in ms; undefined for the whole trace. */
  readonly zoom: Store<TimeRange | undefined>
  /** The moment under the pointer, an offset in ms; undefined when it points at none. */
  readonly cursor: Store<number | undefined>
  /** Whether the selection goes with the newest leaf; ends with the first step that the viewer takes. */
  readonly following: Store<boolean>
  /** Changes what is open or selected. */
  change(step: (tree: TreeState) => TreeState): void
  /** Selects a node, opening what is above it; undefined for the trace itself. */
  go(node: number | undefined): void
  /** Selects the newest leaf while it is followed. */
  follow(node: number): void
  /** Takes over another version of the trace, another grouping or level. */
  update(model: TraceModel, outline: Outline, level: number): void
}

export function createViewStore(model: TraceModel, outline: Outline, level: number): ViewStore {
  const shown = createStore<Shown>({ model, level, tree: openTree(outline, level) })
  const zoom = createStore<TimeRange | undefined>(undefined)
  const following = createStore(false)
  const apply: ViewStore['change'] = (step) => {
    const now = shown.get()
    const tree = step(now.tree)
    if (tree !== now.tree) shown.set({ ...now, tree })
  }
  const change: ViewStore['change'] = (step) => {
    following.set(false)
    apply(step)
  }
  return {
    shown,
    zoom,
    cursor: createStore<number | undefined>(undefined),
    following,
    change,
    follow: (node) => apply((tree) => reveal(tree, node)),
    go: (node) => change((tree) => (node === undefined ? select(tree, NO_ROW) : reveal(tree, node))),
    update: (newModel, newOutline, newLevel) => {
      const now = shown.get()
      if (now.tree.outline === newOutline && now.level === newLevel && now.model === newModel) return
      const isSame = now.tree.outline === newOutline && now.level === newLevel
      const tree = isSame ? now.tree : carriedOver(now.tree, newOutline, newLevel)
      shown.set({ model: newModel, level: newLevel, tree })
    },
  }
}

export const boundsOf = ({ tree }: TraceModel): TimeRange => ({ fromMs: tree.fromMs, toMs: tree.toMs })

/** The stretch of time that is on the screen. */
export const rangeOf = ({ shown, zoom }: ViewStore): TimeRange => zoom.get() ?? boundsOf(shown.get().model)

/** Sets the stretch; the whole trace counts as no zoom. */
export function setRange(view: ViewStore, range: TimeRange): void {
  const bounds = boundsOf(view.shown.get().model)
  const isAll = range.fromMs <= bounds.fromMs && range.toMs >= bounds.toMs
  view.zoom.set(isAll ? undefined : range)
}

/** `factor` below 1 zooms in; around the middle of what is seen unless `aroundMs` says where. */
export function zoomBy(view: ViewStore, factor: number, aroundMs?: number): void {
  const range = rangeOf(view)
  const around = aroundMs ?? (range.fromMs + range.toMs) / 2
  setRange(view, zoomed(range, boundsOf(view.shown.get().model), { aroundMs: around, factor }))
}

/** Moves by a share of what is seen. */
export function panBy(view: ViewStore, share: number): void {
  const range = rangeOf(view)
  setRange(view, panned(range, boundsOf(view.shown.get().model), (range.toMs - range.fromMs) * share))
}

const MARGIN = 0.05

/** Shows the time of the selected row with a little around it. */
export function zoomToSelected(view: ViewStore): void {
  const { model, tree } = view.shown.get()
  const node = selectedNode(tree)
  if (node === undefined) return
  const nodes = groupOfRow(tree.outline, tree.selected)?.members ?? [node]
  const fromMs = Math.min(...nodes.map((one) => at(model.tree.start, one)))
  const toMs = Math.max(...nodes.map((one) => at(model.tree.end, one)))
  const margin = Math.max(0.01, (toMs - fromMs) * MARGIN)
  const bounds = boundsOf(model)
  setRange(view, {
    fromMs: Math.max(bounds.fromMs, fromMs - margin),
    toMs: Math.min(bounds.toMs, toMs + margin),
  })
}
