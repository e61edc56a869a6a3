import type { Clock, TagWord } from './clock.ts'
import { NEVER, type Rank, type Ranks, ranksOf } from './rank.ts'

/**
 * Merges the fields of one change into an entity, field by field: each method returns the value
 * that stays and notes its rank in the clock. `undefined` says nothing.
 */
export class Merge<Field extends string> {
  readonly #clock: Clock<Field>
  readonly #ranks: Ranks

  constructor(clock: Clock<Field>, change: { readonly at: number; readonly isUpdate?: boolean }) {
    this.#clock = clock
    this.#ranks = ranksOf(change)
  }

  /** The value of the latest change; on a tie the one that arrived later. */
  latest<T>(field: Field, current: T, incoming: T | undefined): T {
    if (incoming === undefined || this.#ranks.latest < this.#rank(field)) return current
    return this.#take(field, this.#ranks.latest, incoming)
  }

  /** As `latest`; null and '' clear the field. */
  text(field: Field, current: string | undefined, incoming: string | null | undefined): string | undefined {
    if (incoming === undefined || this.#ranks.latest < this.#rank(field)) return current
    return this.#take(field, this.#ranks.latest, incoming || undefined)
  }

  /** As `latest`; '' says nothing. */
  payload(field: Field, current: string | undefined, incoming: string | undefined): string | undefined {
    return this.latest(field, current, incoming || undefined)
  }

  /** A value that any explicit one beats; among such values that of the earliest change. */
  fallback<T>(field: Field, current: T, incoming: T | undefined): T {
    if (incoming === undefined || this.#ranks.fallback <= this.#rank(field)) return current
    return this.#take(field, this.#ranks.fallback, incoming)
  }

  /** The value of the earliest change: an explicit one, else a fallback, else what the change's own time gives. */
  earliest<T>(field: Field, current: T, offer: Offer<T>): T {
    if (offer.explicit === undefined) {
      if (offer.fallback !== undefined) return this.fallback(field, current, offer.fallback)
      if (offer.initial === undefined || this.#ranks.initial <= this.#rank(field)) return current
      return this.#take(field, this.#ranks.initial, offer.initial)
    }
    if (this.#ranks.earliest <= this.#rank(field)) return current
    return this.#take(field, this.#ranks.earliest, offer.explicit)
  }

  /** What a person said of tags; the latest word on each is kept. */
  tagWords(tags: readonly string[] | undefined, isSet: boolean): void {
    if (tags === undefined) return
    this.#clock.tagWords ??= new Map()
    for (const tag of tags)
      if (this.#ranks.latest >= (this.#clock.tagWords.get(tag)?.rank ?? NEVER))
        this.#clock.tagWords.set(tag, { rank: this.#ranks.latest, isSet })
  }

  metadata(text: string | undefined): void {
    if (text !== undefined) this.#clock.metadata.added.push([this.#ranks.latest, text])
  }

  #rank(field: Field): Rank {
    return this.#clock.ranks.get(field) ?? NEVER
  }

  #take<T>(field: Field, rank: Rank, value: T): T {
    this.#clock.ranks.set(field, rank)
    return value
  }
}

/** What one change has to say about a field whose earliest value stays. */
export interface Offer<T> {
  readonly explicit?: T | undefined
  readonly fallback?: T | undefined
  readonly initial?: T | undefined
}

/** The tags and those of all changes, sorted by code unit, without repeats. */
export function unionOfTags(
  current: readonly string[],
  changes: readonly { readonly tags?: readonly string[] }[],
): readonly string[] {
  const union = new Set(current)
  for (const { tags = [] } of changes) for (const tag of tags) union.add(tag)
  return union.size === current.length ? current : [...union].sort()
}

/** The tags as programs sent them, but for those of which a person has the word. */
export function tagsByWords(
  tags: readonly string[],
  words: ReadonlyMap<string, TagWord> | undefined,
): readonly string[] {
  if (!words) return tags
  const all = new Set(tags)
  for (const [tag, { isSet }] of words)
    if (isSet) all.add(tag)
    else all.delete(tag)
  return [...all].sort()
}
