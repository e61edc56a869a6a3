import type { Place } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import { nanosOf, textOf } from '#store/rows/cells.ts'
import type { ExploredView } from './explored-view.ts'
import { findPageKeys, type ListQuestion } from './listing.ts'

const TIMES: Readonly<Record<ExploredView, string>> = { traces: 'timestamp', observations: 'start_time' }

/** Where the rows of a view lie that fulfil the filters, newest first; one page. @throws AppError `bad_request` as `filterSql` */
export async function findPlaces(
  reader: Reader,
  { view, ...question }: Omit<ListQuestion<string>, 'order' | 'budget'> & { readonly view: ExploredView },
): Promise<Place[]> {
  const order = { by: TIMES[view], isAscending: false }
  const { rows } = await findPageKeys(reader, { view, order: undefined }, { ...question, order })
  return rows.map((key) => ({ id: textOf(key, 'id'), time: nanosOf(key, TIMES[view]) }))
}
