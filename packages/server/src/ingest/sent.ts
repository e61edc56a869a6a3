/**
 * How the fields of a JSON write become fields of a change; the same for the batch envelope and for
 * xtrace's own routes. Which fields null may clear: langfuse-ingestion contract §3.2.
 */
import type { Change } from '#domain/change.ts'
import { type Nanos, parseIso } from '#domain/time.ts'
import type { IngestContext } from '#ingest/context.ts'
import { normaliseEnvironment } from '#ingest/environment.ts'

type Sent<T> = T | null | undefined

/** Text that null clears; '' clears too, because stored text is never ''. */
export function clearable(text: Sent<string>): string | null | undefined {
  return text === '' ? null : text
}

/** A field for which null and '' say nothing. */
export function given<T>(value: Sent<T>): T | undefined {
  return value === null || value === '' ? undefined : value
}

/** An instant that has passed the wire's schema. */
export function instant(text: Sent<string>): Nanos | undefined {
  return given(text) === undefined ? undefined : parseIso(text ?? '')
}

/** The environment, if one was sent: what does not name one must not settle it for the records that do. */
export function environment(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : normaliseEnvironment(value)
}

/** What every change of a request has in common. `at`: milliseconds since the epoch. */
export function changeBase(
  context: IngestContext,
  at: number,
): Pick<Change, 'projectId' | 'at' | 'receivedAt' | 'origin'> {
  return { projectId: context.projectId, at, receivedAt: context.receivedAt, origin: context.origin }
}
