import type { PageMeta } from '@xtrace/contract'
import { isoFromNanos, type Nanos } from '#domain/time.ts'
import type { PageRequest } from '#query/page.ts'

/** The `meta` of a page (public-api contract §1.5). */
export function pageMeta({ page, limit }: PageRequest, totalItems: number): PageMeta {
  return { page, limit, totalItems, totalPages: Math.ceil(totalItems / limit) }
}

/** Milliseconds since the epoch as ISO 8601. */
export const isoFromMs = (ms: number): string => new Date(ms).toISOString()

export const isoOrNull = (ns: Nanos | undefined): string | null => (ns === undefined ? null : isoFromNanos(ns))

/** Seconds from one instant to the other; null when the later one is unknown. */
export const secondsBetween = (from: Nanos, to: Nanos | undefined): number | null =>
  to === undefined ? null : Number(to - from) / 1e9
