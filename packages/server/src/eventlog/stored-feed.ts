import type { ProjectId } from '#domain/ids.ts'

/** What has just become readable: ids, whatever happened to them. */
export interface StoredNews {
  readonly traceIds: readonly string[]
  readonly observationIds: readonly string[]
}

/** News with its place: places grow by one while the project is heard, and never come again in one process. */
export interface PlacedNews extends StoredNews {
  readonly place: number
}

/**
 * What the writer tells those who watch: the second object, beside the barrier, that writer and http
 * share. News is a hint that something can be read anew: it may be lost when nobody watches, and
 * MUST never be the only way to learn of a record.
 */
export interface StoredFeed {
  /** Whether news of the project is worth putting together. */
  isHeard(projectId: ProjectId): boolean
  publish(projectId: ProjectId, news: StoredNews): void
  /** The listener MUST return soon and not throw; call the result to stop. */
  subscribe(projectId: ProjectId, listener: (news: PlacedNews) => void): () => void
  /** All news behind a place; undefined when it is no longer, or never was, known what that was. */
  since(projectId: ProjectId, place: number): readonly PlacedNews[] | undefined
  /** The place of the newest news of the project, or the one before its first; 0 of a project that is not heard. */
  place(projectId: ProjectId): number
  /** Tells one process's places from another's. */
  readonly epoch: string
}

/** How much a listener that comes back can catch up on. */
const KEPT = { news: 500, forMs: 5 * 60_000 }

interface Channel {
  readonly listeners: Set<(news: PlacedNews) => void>
  /** The newest last. */
  readonly recent: PlacedNews[]
  place: number
  /** When the last listener left. */
  leftAt: number
}

export function createStoredFeed(epoch: string, now: () => number): StoredFeed {
  const channels = new Map<ProjectId, Channel>()
  // Past all places of channels that were given up: whoever comes back with one of those has missed something.
  let firstPlace = 0
  const open = (projectId: ProjectId): Channel => {
    const channel = channels.get(projectId) ?? { listeners: new Set(), recent: [], place: firstPlace, leftAt: now() }
    channels.set(projectId, channel)
    return channel
  }
  const isHeard = (projectId: ProjectId) => {
    const channel = channels.get(projectId)
    if (!channel) return false
    if (channel.listeners.size > 0 || now() - channel.leftAt < KEPT.forMs) return true
    channels.delete(projectId)
    firstPlace = Math.max(firstPlace, channel.place + 1)
    return false
  }
  return {
    epoch,
    isHeard,
    publish(projectId, news) {
      if (!isHeard(projectId)) return
      const channel = open(projectId)
      channel.place += 1
      const placed = { ...news, place: channel.place }
      channel.recent.push(placed)
      if (channel.recent.length > KEPT.news) channel.recent.shift()
      for (const listener of channel.listeners) listener(placed)
    },
    subscribe(projectId, listener) {
      const channel = open(projectId)
      channel.listeners.add(listener)
      return () => {
        channel.listeners.delete(listener)
        channel.leftAt = now()
      }
    },
    since(projectId, place) {
      const channel = channels.get(projectId)
      if (!channel || place > channel.place) return undefined
      const missed = channel.recent.filter((news) => news.place > place)
      return missed.length === channel.place - place ? missed : undefined
    },
    place: (projectId) => channels.get(projectId)?.place ?? 0,
  }
}
