import type { Folded } from '#domain/folded.ts'
import type { Observation } from '#domain/observation.ts'
import type { TierAttributes } from '#domain/pricing-tier.ts'
import { readClock } from './clock.ts'
import { merged } from './metadata.ts'
import { OBSERVATION_LAYOUT } from './observation.ts'
import { NEVER } from './rank.ts'

/**
 * What the change that provided the usage said of the request: prices follow the parameters sent
 * with the usage, not those of other changes (langfuse-ingestion contract §4.3). Where no change
 * provided usage, the observation's own.
 */
export function tierAttributes(folded: Folded<Observation>): TierAttributes {
  const { entity, clock } = folded
  if (clock === '') return entity
  const { ranks, metadata } = readClock(OBSERVATION_LAYOUT, folded)
  const rank = ranks.get('usage') ?? NEVER
  if (rank === NEVER) return entity
  return {
    modelParameters: ranks.get('modelParameters') === rank ? entity.modelParameters : undefined,
    metadata: merged(metadata.patches.filter((patch) => patch[0] === rank).map((patch) => patch[1])),
  }
}
