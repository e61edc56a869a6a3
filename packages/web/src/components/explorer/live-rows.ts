/** Rows that came while the list was looked at. */
export interface LiveRows<Row> {
  readonly arrived: ReadonlyMap<string, Row>
  /** Ids that are not shown yet, as they would push away what is being read. */
  readonly held: ReadonlySet<string>
  /** When rows entered, one by one, in milliseconds: those of the last second. */
  readonly entries: readonly number[]
}

interface LiveRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** How many rows enter within a second, all that an eye can follow; the others are held. */
const MOST_A_SECOND = 20
const SECOND_MS = 1000
const MOST_KEPT = 1000

export const noLiveRows = <Row>(): LiveRows<Row> => ({ arrived: new Map(), held: new Set(), entries: [] })

interface Arrival {
  /** All that is new is held. */
  readonly isHeld: boolean
  readonly atMs: number
}

/** With rows that came or changed, oldest first; of the new ones the newest enter, unless they are held. */
export function withNews<Row extends LiveRow>(
  { arrived, held, entries }: LiveRows<Row>,
  rows: readonly Row[],
  { isHeld, atMs }: Arrival,
): LiveRows<Row> {
  const entered = entries.filter((entryMs) => entryMs > atMs - SECOND_MS)
  const entering = rows.filter(({ id }) => !arrived.has(id))
  const room = isHeld ? 0 : MOST_A_SECOND - entered.length
  const heldCount = Math.max(0, entering.length - room)
  const all = new Map([...arrived, ...rows.map((row) => [row.id, row] as const)])
  const kept = new Map([...all].slice(-MOST_KEPT))
  const nextHeld = [...held, ...entering.slice(0, heldCount).map(({ id }) => id)]
  return {
    arrived: kept,
    held: new Set(nextHeld.filter((id) => kept.has(id))),
    entries: [...entered, ...entering.slice(heldCount).map(() => atMs)],
  }
}

/** The list as it is shown, newest first, and how many rows wait to enter it. */
export function mergeLive<Row extends LiveRow>(
  listed: readonly Row[],
  { arrived, held }: Pick<LiveRows<Row>, 'arrived' | 'held'>,
): { readonly rows: readonly Row[]; readonly heldCount: number } {
  if (arrived.size === 0) return { rows: listed, heldCount: 0 }
  const known = new Set(listed.map(({ id }) => id))
  const others = [...arrived.values()].filter(({ id }) => !known.has(id))
  const entered = others.filter(({ id }) => !held.has(id)).toSorted((a, b) => b.time - a.time)
  return {
    rows: [...entered, ...listed.map((row) => arrived.get(row.id) ?? row)],
    heldCount: others.length - entered.length,
  }
}
