import type { Origin } from '#domain/change.ts'
import type { ProjectId, TraceId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'

/** One run of a program, whole: what its trace events and root spans said of it. Absent is undefined; text is never ''. */
export interface Trace {
  readonly projectId: ProjectId
  readonly id: TraceId
  readonly timestamp: Nanos
  readonly name: string | undefined
  readonly userId: string | undefined
  readonly sessionId: string | undefined
  readonly release: string | undefined
  readonly version: string | undefined
  readonly externalId: string | undefined
  readonly environment: string
  readonly isPublic: boolean
  readonly isBookmarked: boolean
  /** Sorted, without repeats. */
  readonly tags: readonly string[]
  readonly input: string | undefined
  readonly output: string | undefined
  /** JSON text of one object; `{}` when there is none. */
  readonly metadata: string
  readonly origin: Origin
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}
