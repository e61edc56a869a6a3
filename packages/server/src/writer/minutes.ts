import type { IdHash } from './id-hash.ts'

/**
 * The minutes in which the entities written last lie, so that a look-up of one reads its minute and not the whole
 * store. A hint: an entry may be of another entity with the same hash, or of a row that the store refused.
 */
export interface Minutes {
  /** `minute`: since the epoch, less than 2^32. */
  set(hash: IdHash, minute: number): void
  get(hash: IdHash): number | undefined
}

/** Entries of one bucket, newest first; the oldest makes room. */
const WAYS = 4
/** Of an entry: the hash that the bucket does not tell, and the minute plus one, since zero is none. */
const WORDS = 2
const BUCKET = WAYS * WORDS

/** `bytes`, a power of two: eight an entity. Pages that nothing was written to take no memory. */
export function createMinutes(bytes: number): Minutes {
  const words = new Uint32Array(bytes / Uint32Array.BYTES_PER_ELEMENT)
  const buckets = words.length / BUCKET
  const bucketOf = ({ murmur }: IdHash) => (murmur & (buckets - 1)) * BUCKET
  const placeOf = (bucket: number, { xx }: IdHash) => {
    for (let at = bucket; at < bucket + BUCKET; at += WORDS) if (words[at] === xx && words[at + 1] !== 0) return at
    return undefined
  }
  return {
    set(hash, minute) {
      const bucket = bucketOf(hash)
      const replaced = placeOf(bucket, hash) ?? bucket + BUCKET - WORDS
      words.copyWithin(bucket + WORDS, bucket, replaced)
      words[bucket] = hash.xx
      words[bucket + 1] = minute + 1
    },
    get(hash) {
      const at = placeOf(bucketOf(hash), hash)
      return at === undefined ? undefined : (words[at + 1] ?? 0) - 1
    },
  }
}
