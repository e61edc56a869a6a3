import type { ReactNode } from 'react'

/** A column of a table; what it shows is one value of a row. */
export interface Column<Row> {
  /** As the URL and the kept layout know it. */
  readonly id: string
  readonly label: string
  /** What kind of column it is, where the label alone could be several. */
  readonly about?: string
  /** Pixels, until the viewer drags it to another width. */
  readonly width: number
  /** Right-aligned, with figures of one width. */
  readonly isNumeric?: boolean
  /** What the server orders by; without it the head does not sort. */
  readonly sortKey?: string
  /** Left out until it is chosen. */
  readonly isHidden?: boolean
  cell(row: Row): ReactNode
  /** The raw value, for copies and filters. */
  value?(row: Row): string | undefined
}

/** What the viewer made of the columns; empty parts are as the table came. */
export interface TableLayout {
  /** Ids of the columns shown, in order; undefined for those that are not hidden. */
  readonly shown?: readonly string[] | undefined
  /** Ids of those that stay at the left edge; they come first. */
  readonly pinned?: readonly string[] | undefined
  /** Pixels by id. */
  readonly widths?: Readonly<Record<string, number>> | undefined
}

const MIN_WIDTH = 48
const MAX_WIDTH = 1200

/** The columns shown, in the viewer's order; ids that the table does not know are skipped. */
export function shownColumns<Row>(columns: readonly Column<Row>[], { shown, pinned = [] }: TableLayout): Column<Row>[] {
  const chosen = shown
    ? shown.flatMap((id) => columns.find((column) => column.id === id) ?? [])
    : columns.filter(({ isHidden }) => !isHidden)
  const isPinned = ({ id }: Column<Row>) => pinned.includes(id)
  return [...chosen.filter(isPinned), ...chosen.filter((column) => !isPinned(column))]
}

/** Where the pinned ones of the columns shown stand, by id: pixels from the left, behind `startPx`. */
export function pinnedPlaces<Row>(
  columns: readonly Column<Row>[],
  { pinned = [], widths = {} }: TableLayout,
  startPx: number,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  let px = startPx
  for (const { id, width } of columns.filter((column) => pinned.includes(column.id))) {
    places.set(id, px)
    px += widths[id] ?? width
  }
  return places
}

/** Pixels that the columns shown take at least. */
export const tableWidth = <Row>(columns: readonly Column<Row>[], { widths = {} }: TableLayout): number =>
  columns.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 0)

/** Pins one to the left edge, behind those that are; or lets go of it. */
export function pinColumn<Row>(columns: readonly Column<Row>[], layout: TableLayout, id: string): TableLayout {
  const { pinned = [] } = layout
  const shown = shownColumns(columns, layout).map((column) => column.id)
  const next = pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id]
  return { ...layout, shown, pinned: next }
}

/** `grid-template-columns`: each as wide as chosen, and the last takes what is left. */
export function gridTemplate<Row>(columns: readonly Column<Row>[], { widths = {} }: TableLayout): string {
  return columns
    .map(({ id, width }, index) => {
      const px = widths[id] ?? width
      return index === columns.length - 1 ? `minmax(${px}px, 1fr)` : `${px}px`
    })
    .join(' ')
}

/** Shows or hides one; a column that comes back comes last. */
export function toggleColumn<Row>(columns: readonly Column<Row>[], layout: TableLayout, id: string): TableLayout {
  const shown = shownColumns(columns, layout).map((column) => column.id)
  return { ...layout, shown: shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id] }
}

/** Moves one by `by` places among those shown. */
export function moveColumn<Row>(
  columns: readonly Column<Row>[],
  layout: TableLayout,
  { id, by }: { readonly id: string; readonly by: number },
): TableLayout {
  const shown = shownColumns(columns, layout).map((column) => column.id)
  const from = shown.indexOf(id)
  const to = Math.min(Math.max(from + by, 0), shown.length - 1)
  if (from === -1) return layout
  const rest = shown.filter((one) => one !== id)
  return { ...layout, shown: [...rest.slice(0, to), id, ...rest.slice(to)] }
}

export function resizeColumn(layout: TableLayout, id: string, width: number): TableLayout {
  const px = Math.round(Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH))
  return { ...layout, widths: { ...layout.widths, [id]: px } }
}

/** `-key` after `key`, `key` after `-key` or another. */
export const nextSort = (sort: string | undefined, key: string): string => (sort === `-${key}` ? key : `-${key}`)
