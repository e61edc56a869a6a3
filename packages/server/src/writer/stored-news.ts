import type { ProjectId } from '#domain/ids.ts'
import type { StoredFeed, StoredNews } from '#eventlog/stored-feed.ts'
import type { EntityChange, Sorted, StepsByEntity } from './located.ts'
import type { WholeSpan } from './whole-spans.ts'

interface Gathered {
  readonly traceIds: Set<string>
  readonly observationIds: Set<string>
}

/** What a flush has to tell of each project that is watched; nothing is gathered for the others. */
export function gatherNews(
  { sorted, spans }: { readonly sorted: Sorted; readonly spans: readonly WholeSpan[] },
  feed: Pick<StoredFeed, 'isHeard'>,
): Map<ProjectId, StoredNews> {
  const gathered = new Map<ProjectId, Gathered>()
  const heard = new Map<ProjectId, boolean>()
  const of = (projectId: ProjectId): Gathered | undefined => {
    const isHeard = heard.get(projectId) ?? feed.isHeard(projectId)
    heard.set(projectId, isHeard)
    if (!isHeard) return undefined
    const news = gathered.get(projectId) ?? { traceIds: new Set(), observationIds: new Set() }
    gathered.set(projectId, news)
    return news
  }
  for (const { projectId, id } of sorted.traces.values()) of(projectId)?.traceIds.add(id)
  for (const { projectId, id } of sorted.observations.values()) of(projectId)?.observationIds.add(id)
  for (const { projectId, id, traceId } of spans) {
    const news = of(projectId)
    news?.observationIds.add(id)
    if (traceId !== undefined) news?.traceIds.add(traceId)
  }
  for (const steps of [sorted.observations, sorted.scores]) addTraces(steps, of)
  return new Map(
    [...gathered].map(([projectId, { traceIds, observationIds }]) => [
      projectId,
      { traceIds: [...traceIds], observationIds: [...observationIds] },
    ]),
  )
}

function addTraces(steps: StepsByEntity<EntityChange>, of: (projectId: ProjectId) => Gathered | undefined): void {
  for (const entity of steps.values()) {
    const news = of(entity.projectId)
    if (!news) continue
    for (const { by } of entity.steps) {
      if ('traceId' in by.change && by.change.traceId !== undefined) news.traceIds.add(by.change.traceId)
    }
  }
}
