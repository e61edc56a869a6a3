import type { Place } from '#query/page-token.ts'
import type { Reader } from '#query/reader.ts'
import { nanosOf, textOf } from '#store/rows/cells.ts'
import { findPageKeys, type ListQuestion } from './listing.ts'

/** Where the traces lie that fulfil the filters, newest first; one page. @throws AppError `bad_request` as `filterSql` */
export async function findTracePlaces(reader: Reader, question: Omit<ListQuestion<string>, 'order'>): Promise<Place[]> {
  const keys = await findPageKeys(
    reader,
    { view: 'traces', order: undefined },
    { ...question, order: { by: 'timestamp', isAscending: false } },
  )
  return keys.map((key) => ({ id: textOf(key, 'id'), time: nanosOf(key, 'timestamp') }))
}
