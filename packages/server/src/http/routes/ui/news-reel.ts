import timers from 'node:timers/promises'
import type { ProjectId } from '#domain/ids.ts'
import type { PlacedNews, StoredFeed, StoredNews } from '#eventlog/stored-feed.ts'

/** The news of one project for one watcher, put together so that it is told a few times a second at most. */
export interface NewsReel {
  /** All news since the last call; `lost` when it can't be told any more, undefined when the wait ended without any. */
  next(wait: AbortSignal): Promise<StoredNews | 'lost' | undefined>
  /** Up to where the news has been told, to go on from later. */
  id(): string
  close(): void
}

/** News that comes within this time is told together. */
const GATHER_MS = 400
/** Ids that are kept for a watcher who does not listen; past it they must look anew. */
const MAX_IDS = 5000

/** `lastId` is what `id()` gave a watcher who comes back. */
export function createNewsReel(feed: StoredFeed, projectId: ProjectId, lastId: string | undefined): NewsReel {
  const traceIds = new Set<string>()
  const observationIds = new Set<string>()
  let isLost = false
  let wake = () => {}
  let place = 0
  const take = (news: PlacedNews) => {
    place = news.place
    for (const id of news.traceIds) traceIds.add(id)
    for (const id of news.observationIds) observationIds.add(id)
    if (traceIds.size + observationIds.size > MAX_IDS) isLost = true
    wake()
  }
  // First, as only a project that is heard has places to come back to; nothing is told between these lines.
  const leave = feed.subscribe(projectId, take)
  place = feed.place(projectId)
  const missed = missedNews(feed, projectId, lastId)
  isLost = missed === undefined
  for (const news of missed ?? []) take(news)
  const hasNews = () => isLost || traceIds.size + observationIds.size > 0

  return {
    async next(wait) {
      if (!hasNews()) {
        await new Promise<void>((resume) => {
          wake = resume
          wait.addEventListener('abort', () => resume(), { once: true })
        })
      }
      if (!hasNews()) return undefined
      await timers.setTimeout(GATHER_MS, undefined, { signal: wait }).catch(() => {})
      const news = isLost ? 'lost' : { traceIds: [...traceIds], observationIds: [...observationIds] }
      traceIds.clear()
      observationIds.clear()
      isLost = false
      return news
    },
    id: () => `${feed.epoch}.${place}`,
    close: leave,
  }
}

/** None for a watcher who is new; undefined when what they missed is not known. */
function missedNews(feed: StoredFeed, projectId: ProjectId, lastId: string | undefined) {
  if (lastId === undefined) return []
  const [epoch, place] = lastId.split('.')
  return epoch === feed.epoch ? feed.since(projectId, Number(place)) : undefined
}
