/**
 * The list that a trace was opened from, as the text of `ref`: what the list asked for, so that the trace view can ask
 * for the same, and go through its rows.
 */
import type { Interval } from './time-range.ts'

export interface ListRef {
  readonly list: 'traces' | 'observations' | 'session'
  readonly interval: Interval
  readonly env?: readonly string[] | undefined
  /** The public filter array as JSON. */
  readonly filter?: string | undefined
  /** `column.desc`. */
  readonly order?: string | undefined
  /** Of a list in which a trace may stand several times: the row that was opened. */
  readonly row?: string | undefined
}

export function printListRef({ list, interval, env, filter, order, row }: ListRef): string {
  const parts = new URLSearchParams({ list, t: `${interval.fromMs}..${interval.toMs}` })
  if (env) parts.set('env', env.join(','))
  if (filter !== undefined) parts.set('filter', filter)
  if (order !== undefined) parts.set('order', order)
  if (row !== undefined) parts.set('row', row)
  return parts.toString()
}

/** Undefined for what is none. */
export function parseListRef(text: string | undefined): ListRef | undefined {
  const parts = new URLSearchParams(text ?? '')
  const list = LISTS.find((name) => name === parts.get('list'))
  const [fromMs = Number.NaN, toMs = Number.NaN] = (parts.get('t') ?? '').split('..').map(Number)
  if (!list || !(fromMs < toMs)) return undefined
  const env = parts.get('env')
  return {
    list,
    interval: { fromMs, toMs },
    ...(env !== null && { env: env === '' ? [] : env.split(',') }),
    filter: parts.get('filter') ?? undefined,
    order: parts.get('order') ?? undefined,
    row: parts.get('row') ?? undefined,
  }
}

const LISTS = ['traces', 'observations', 'session'] as const
