import { LRUCache } from 'lru-cache'
import type { ProjectId } from '#domain/ids.ts'
import type { PromptFinder } from '#domain/prompt.ts'

/** Another process may delete a version, or make the one that was missing; our own edits are seen at once. */
const FOUND_MS = 60_000
const MISSING_MS = 2_000
const MAX_RESULTS = 10_000
/** No stored name is longer; what clients send as one may be anything. */
const MAX_NAME_LENGTH = 2_000

export interface CachedPromptFinder extends PromptFinder {
  /** Must be called after every edit. */
  forget(): void
}

/** Remembers what `find` gave, also that it found nothing. */
export function cachePromptFinder(find: PromptFinder['find']): CachedPromptFinder {
  const results = new LRUCache<string, { id: string | undefined }>({ max: MAX_RESULTS })
  let edits = 0
  return {
    async find(projectId: ProjectId, name: string, version: number) {
      if (!mayExist(name, version)) return undefined
      const key = `${projectId}\n${version}\n${name}`
      const known = results.get(key)
      if (known) return known.id
      const asked = edits
      const id = await find(projectId, name, version)
      // What was read before an edit must not outlive it.
      if (asked === edits) results.set(key, { id }, { ttl: id === undefined ? MISSING_MS : FOUND_MS })
      return id
    },
    forget() {
      edits++
      results.clear()
    },
  }
}

/** Neither the cache nor the database is asked about what can't be stored. */
function mayExist(name: string, version: number): boolean {
  return name.length <= MAX_NAME_LENGTH && !name.includes('\0') && Number.isSafeInteger(version) && version > 0
}
