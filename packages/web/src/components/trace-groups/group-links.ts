/** Where the figures of a session or a user lead: its page, and the filters behind them. */
import { printQuery } from '#lib/filter/print.ts'
import { fieldTerm } from '#lib/filter/query.ts'

/** Which traces are summed up: those of one session or of one user. */
export type GroupField = 'session' | 'user'

export const GROUP_PAGES = { session: '/p/$project/sessions/$id', user: '/p/$project/users/$id' } as const

/** The filter text of the traces table for one session or user; `rest` narrows it, such as `errors:>0`. */
export function filterOfGroup(field: GroupField, id: string, rest = ''): string {
  const own = printQuery([fieldTerm(field, { kind: 'exact', value: id })])
  return rest === '' ? own : `${own} ${rest}`
}

/** The public filter array, as JSON, of the traces of exactly this session or user. */
export const conditionsOfGroup = (field: GroupField, id: string): string =>
  JSON.stringify([{ column: `${field}Id`, type: 'string', operator: '=', value: id }])

/** The public filter array, as JSON, of ids that hold what was typed; undefined for nothing typed. */
export const conditionsOfSearch = (field: GroupField, typed: string): string | undefined =>
  typed === ''
    ? undefined
    : JSON.stringify([{ column: `${field}Id`, type: 'string', operator: 'contains', value: typed }])
