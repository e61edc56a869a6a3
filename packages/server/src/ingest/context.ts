import type { Origin } from '#domain/change.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { ScoreConfig } from '#domain/score-config.ts'

/** What the body of a write does not say about itself. */
export interface IngestContext {
  readonly projectId: ProjectId
  /** What the caller may write: everything, or scores only (`Bearer <publicKey>`). */
  readonly scope: 'project' | 'scores'
  readonly origin: Origin
  /** When the request arrived, milliseconds since the epoch. */
  readonly receivedAt: number
  /** The score configurations that the body names, by id; one that is missing does not exist. */
  readonly scoreConfigs?: ReadonlyMap<string, ScoreConfig>
}
