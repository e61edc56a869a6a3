/** Rows that came while the list was looked at. */
export interface LiveRows<Row> {
  readonly arrived: ReadonlyMap<string, Row>
  /** Ids that are not shown yet, as they would push away what is being read. */
  readonly held: ReadonlySet<string>
}

interface LiveRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** How many rows of one piece of news enter at once; the others are held. */
const MOST_AT_ONCE = 20
const MOST_KEPT = 1000

export const noLiveRows = <Row>(): LiveRows<Row> => ({ arrived: new Map(), held: new Set() })

/** With rows that came or changed, oldest first; new ones are held when `isHeld`. */
export function withNews<Row extends LiveRow>(
  { arrived, held }: LiveRows<Row>,
  rows: readonly Row[],
  isHeld: boolean,
): LiveRows<Row> {
  const entering = rows.filter(({ id }) => !arrived.has(id))
  const free = isHeld ? [] : entering.slice(-MOST_AT_ONCE)
  const nextHeld = new Set([...held, ...entering.filter((row) => !free.includes(row)).map(({ id }) => id)])
  const all = new Map([...arrived, ...rows.map((row) => [row.id, row] as const)])
  return { arrived: new Map([...all].slice(-MOST_KEPT)), held: nextHeld }
}

/** The list as it is shown, newest first, and how many rows wait to enter it. */
export function mergeLive<Row extends LiveRow>(
  listed: readonly Row[],
  { arrived, held }: LiveRows<Row>,
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
