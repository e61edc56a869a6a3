import type { IdHash } from './id-hash.ts'

/**
 * A set of hashes that may say yes by mistake, never no: Bloom filters, each twice the size of the one
 * before, added as it fills. Within its bound it errs about once in 10 000 times; past it, more often.
 */
export interface Bloom {
  add(hash: IdHash): void
  has(hash: IdHash): boolean
  readonly bytes: number
}

const BITS_A_KEY = 20
const PROBES = 12
const FIRST_BYTES = 256 * 1024

interface Layer {
  readonly words: Uint32Array
  /** Bits less one; their number is a power of two. */
  readonly mask: number
  room: number
}

export function createBloom(maxBytes: number): Bloom {
  const layers: Layer[] = []
  let bytes = 0
  const newest = (): Layer => {
    const last = layers.at(-1)
    const size = last ? last.words.byteLength * 2 : FIRST_BYTES
    if (last && (last.room > 0 || bytes + size > maxBytes)) return last
    const layer = { words: new Uint32Array(size / 4), mask: size * 8 - 1, room: Math.floor((size * 8) / BITS_A_KEY) }
    layers.push(layer)
    bytes += size
    return layer
  }
  return {
    add(hash) {
      const layer = newest()
      layer.room--
      for (let probe = 0, bit = hash.murmur; probe < PROBES; probe++, bit = nextBit(bit, hash, probe)) {
        const at = (bit & layer.mask) >>> 5
        layer.words[at] = (layer.words[at] ?? 0) | (1 << (bit & 31))
      }
    },
    has: (hash) => layers.some((layer) => holds(layer, hash)),
    get bytes() {
      return bytes
    },
  }
}

function holds({ words, mask }: Layer, hash: IdHash): boolean {
  for (let probe = 0, bit = hash.murmur; probe < PROBES; probe++, bit = nextBit(bit, hash, probe)) {
    if (((words[(bit & mask) >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
  }
  return true
}

/** Enhanced double hashing, which a fixed step would spoil for steps that share factors with the size. */
const nextBit = (bit: number, { xx }: IdHash, probe: number) => (bit + (xx | 1) + probe * (probe + 1)) >>> 0
