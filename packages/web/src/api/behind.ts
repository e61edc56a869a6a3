import { createStore } from '#store/store.ts'

export interface Behind {
  /** Acknowledged and not yet to be read. */
  readonly bytes: number
  readonly atMs: number
}

/** What the last answer said that had not caught up with the writes; undefined when none did. */
export const behind = createStore<Behind | undefined>(undefined)

/** Keeps what an answer says of how far behind the writes it is. */
export function noteBehind(headers: Headers, atMs = Date.now()): void {
  const bytes = Number(headers.get('x-xtrace-behind-bytes') ?? 0)
  if (bytes > 0) behind.set({ bytes, atMs })
}
