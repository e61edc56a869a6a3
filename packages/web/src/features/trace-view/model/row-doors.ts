/** Where what a trace tells of itself leads: to the lists of all that tell the same. Pure. */
import { STATUS_CHARS } from '@xtrace/contract'
import { countPoints } from '#lib/chat/code-points.ts'
import { printQuery } from '#lib/filter/print.ts'
import { fieldTerm } from '#lib/filter/query.ts'
import { DEFAULT_RANGE, parseTimeRange, ROLLING_RANGES } from '#search/time-range.ts'

/** The search of a list. */
export interface Door {
  readonly q: string
  /** Undefined where the list's own range holds the trace. */
  readonly t: string | undefined
}

export interface Fact {
  /** The filter bar's name of it. */
  readonly field: string
  readonly value: string
  /** An instant that the list must hold. */
  readonly atMs: number
}

/** The rows that have a fact in common, over the shortest range that holds its instant. */
export function doorTo({ field, value, atMs }: Fact, nowMs = Date.now()): Door {
  const q = printQuery([fieldTerm(field, { kind: kindOf(field, value), value })])
  const t = ROLLING_RANGES.find((text) => reaches(text, nowMs - atMs)) ?? ROLLING_RANGES.at(-1)
  return { q, t: reaches(DEFAULT_RANGE, nowMs - atMs) ? undefined : t }
}

/** What the list that a fact leads to holds. */
export const doorTitle = (field: 'model' | 'prompt', value: string): string =>
  field === 'prompt' ? `Observations with any version of the prompt ${value}` : `Observations with ${value}`

/** A list has no whole values; of a long message only the beginning is known. */
function kindOf(field: string, value: string): 'is' | 'exact' | 'starts' {
  if (field === 'tags') return 'is'
  return field === 'status' && countPoints(value) >= STATUS_CHARS ? 'starts' : 'exact'
}

function reaches(text: string, agoMs: number): boolean {
  const range = parseTimeRange(text)
  return range?.kind === 'rolling' && range.ms >= agoMs
}
