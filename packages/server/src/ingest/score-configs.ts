import type { ProjectId } from '#domain/ids.ts'
import type { ScoreConfig, ScoreConfigFinder } from '#domain/score-config.ts'

/** The project's score configurations with these ids; one that does not exist is left out. */
export async function findScoreConfigs(
  finder: ScoreConfigFinder,
  projectId: ProjectId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ScoreConfig>> {
  const found = ids.length === 0 ? [] : await finder.byIds(projectId, ids)
  return new Map(found.map((config) => [config.id, config]))
}
