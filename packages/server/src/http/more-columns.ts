import { AppError } from '#domain/errors.ts'
import type { MoreColumn } from '#query/explore/more-cells.ts'

const MOST = 20
const KINDS = ['metadata', 'score', 'usage'] as const

/** The columns of a `columns` parameter. @throws AppError `bad_request` for what names none, and for too many */
export function parseMoreColumns(ids: readonly string[] = []): MoreColumn[] {
  if (ids.length > MOST)
    throw new AppError('bad_request', `${ids.length} columns are more than the ${MOST} that a list adds`)
  return [...new Set(ids)].map((id) => {
    const of = KINDS.find((kind) => id.startsWith(`${kind}.`))
    const key = id.slice((of?.length ?? 0) + 1)
    if (of === undefined || key === '')
      throw new AppError('bad_request', `"${id}" is no column that can be added: metadata.key, score.name, usage.type`)
    return { id, of, key }
  })
}
