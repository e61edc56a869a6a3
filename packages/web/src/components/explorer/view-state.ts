import type { TableState } from './use-explorer.ts'

type Saved = Readonly<Record<string, string>>

/** Between ids, which may hold any character: they are written as in an address. */
const SEPARATOR = ','

/** What a saved view keeps: search params as text, those at their default left out. */
export function viewOf({ q, sort, t, chart }: TableState, shown: readonly string[]): Record<string, string> {
  return {
    ...(q !== undefined && q !== '' && { q }),
    ...(sort !== undefined && { sort }),
    ...(t !== undefined && { t }),
    ...(chart !== undefined && { chart }),
    cols: shown.map(encodeURIComponent).join(SEPARATOR),
  }
}

/** The search params that show it; what it leaves out is at its default. */
export const stateOfView = ({ q, sort, t, chart, cols }: Saved): TableState => ({
  q,
  sort,
  t,
  chart: chart === 'p90' || chart === 'cost' ? chart : undefined,
  cols: cols?.split(SEPARATOR).map(decoded),
})

export const isChanged = (saved: Saved, now: Saved): boolean =>
  [...new Set([...Object.keys(saved), ...Object.keys(now)])].some((key) => saved[key] !== now[key])

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
