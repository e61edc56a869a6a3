import type { ScoreConfigFinder } from '#domain/score-config.ts'
import type { Admit } from '#http/admit.ts'
import type { Accept } from '#ingest/accept.ts'
import type { Refusals } from '#ingest/refusals.ts'

/** What the routes that take JSON need. */
export interface WriteDeps {
  readonly admit: Admit
  readonly accept: Accept
  readonly refusals: Refusals
  readonly scoreConfigs: ScoreConfigFinder
}
