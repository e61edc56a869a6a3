import type { CatalogDb } from './database.ts'

const FLUSH_MS = 60_000

/** Collects which keys were used and writes that down once a minute, so that no request waits for it. */
export interface KeyUse {
  touch(id: string): void
  close(): Promise<void>
}

export interface KeyUseOptions {
  readonly db: CatalogDb
  /** Whose `last_used_at` is written. */
  readonly table: 'api_keys' | 'organization_keys'
  readonly now: () => number
  readonly onError: (error: unknown) => void
}

export function createKeyUse({ db, table, now, onError }: KeyUseOptions): KeyUse {
  /** Key id → when it was last used; bounded by the number of keys, as only known keys are touched. */
  let used = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    timer = undefined
    const batch = used
    used = new Map()
    try {
      for (const [id, at] of batch) {
        await db.updateTable(table).set({ last_used_at: at }).where('id', '=', id).execute()
      }
    } catch (error) {
      onError(error)
    }
  }
  return {
    touch(id) {
      used.set(id, now())
      timer ??= setTimeout(flush, FLUSH_MS).unref()
    },
    async close() {
      clearTimeout(timer)
      await flush()
    },
  }
}
