import type { ProjectId } from '#domain/ids.ts'
import type { ScoreConfig, ScoreConfigFinder } from '#domain/score-config.ts'

/** The project's score configurations with these ids; one that does not exist is left out. */
export async function findScoreConfigs(
  finder: ScoreConfigFinder,
  projectId: ProjectId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ScoreConfig>> {
  const found = await Promise.all(ids.map((id) => finder.byId(projectId, id)))
  return new Map(found.flatMap((config) => (config ? [[config.id, config]] : [])))
}
