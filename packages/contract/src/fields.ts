import { z } from 'zod'

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

function isInstant(text: string): boolean {
  const match = INSTANT.exec(text)
  if (!match) return false
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `YYYY-MM-DDTHH:MM[:SS[.fraction]]` with `Z` or `±HH:MM`; impossible dates are refused (langfuse-ingestion contract §2.1). */
export const Instant = z
  .string()
  .refine(isInstant, 'Expected an ISO 8601 instant with a zone, such as 2026-01-02T03:04:05.678Z')
  .meta({ format: 'date-time' })
export type Instant = z.infer<typeof Instant>

/** The id of a trace, observation, score or event: opaque text, not necessarily a UUID (langfuse-ingestion contract §2.1). */
export const Id = z
  .string()
  .min(1)
  .max(800)
  .refine((text) => !text.includes('\r'), 'An id must not contain a carriage return')
export type Id = z.infer<typeof Id>

/** Text of at most `max` characters that every database takes. */
export const storable = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\0'), 'Must not contain NUL characters')

/** Any JSON value. */
export const Json = z.unknown()
