import { type CursorMeta, z } from '@xtrace/contract'
import type { Place } from '#catalog/page.ts'
import { AppError } from '#domain/errors.ts'

/** Where a list of the catalogue goes on, opaque to clients: base64url of a JSON array. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** What `encodeCursor` was given; undefined for no cursor. @throws AppError `bad_request` for what is none */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('bad_request', 'Invalid cursor format', { cause, reason: 'invalid_query' })
  }
}

const PlaceParts = z.tuple([z.int(), z.string()])

/** The cursor of a query as a place in a list that is newest first. @throws as `decodeCursor` */
export function placeOf({ cursor }: { readonly cursor?: string | undefined }): Place | undefined {
  const parts = decodeCursor(cursor, PlaceParts)
  return parts && { createdAt: parts[0], id: parts[1] }
}

/** The `meta` of a list by cursor. */
export function cursorMeta(next: Place | undefined): CursorMeta {
  return next ? { cursor: encodeCursor([next.createdAt, next.id]) } : {}
}
