import type { Place } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import { nanosOf, textOf } from '#store/rows/cells.ts'
import { EXPLORED_VIEWS, type ExploredView } from './explored-view.ts'
import { findPageKeys, type ListQuestion } from './listing.ts'

/** Where the rows of a view lie that fulfil the filters, newest first; one page. @throws AppError `bad_request` as `filterSql` */
export async function findPlaces(
  reader: Reader,
  { view, ...question }: Omit<ListQuestion<string>, 'order' | 'budget'> & { readonly view: ExploredView },
): Promise<Place[]> {
  const { name: time } = EXPLORED_VIEWS[view].time
  const order = { by: time, isAscending: false }
  const { rows } = await findPageKeys(reader, { view, order: undefined }, { ...question, order })
  return rows.map((key) => ({ id: textOf(key, 'id'), time: nanosOf(key, time) }))
}
