/** Two 32-bit hashes of text, the same as the store's functions of these names make of it. */

export interface IdHash {
  readonly murmur: number
  readonly xx: number
}

/** Hashes the UTF-8 bytes of a text. */
export type HashId = (text: string) => IdHash

const SCRATCH_BYTES = 2048

/** Nearly all ids are short and ASCII; theirs are written into one buffer again and again. */
export function createHashId(): HashId {
  const scratch = new Uint8Array(SCRATCH_BYTES)
  const bytesOf = (text: string) => {
    if (text.length > SCRATCH_BYTES) return Buffer.from(text)
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 127) return Buffer.from(text)
      scratch[index] = code
    }
    return scratch.subarray(0, text.length)
  }
  return (text) => {
    const bytes = bytesOf(text)
    return { murmur: murmurHash3(bytes), xx: xxHash32(bytes) }
  }
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by))
const word = (bytes: Uint8Array, at: number) =>
  byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24)
const byte = (bytes: Uint8Array, at: number) => bytes[at] ?? 0

/** MurmurHash3_x86_32 with seed 0 (A. Appleby, public domain). */
function murmurHash3(bytes: Uint8Array): number {
  const { length } = bytes
  const whole = length & ~3
  let hash = 0
  for (let at = 0; at < whole; at += 4) {
    hash = rotate(hash ^ murmurWord(word(bytes, at)), 13)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let at = length - 1; at >= whole; at--) tail = (tail << 8) | byte(bytes, at)
  hash ^= murmurWord(tail) ^ length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const murmurWord = (value: number) => Math.imul(rotate(Math.imul(value, 0xcc9e2d51), 15), 0x1b873593)

const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

/** XXH32 with seed 0 (xxHash specification 0.1.1). */
function xxHash32(bytes: Uint8Array): number {
  const { length } = bytes
  let at = 0
  let hash = PRIME_5
  if (length >= 16) {
    let [a, b, c, d] = [(PRIME_1 + PRIME_2) | 0, PRIME_2, 0, -PRIME_1 | 0]
    for (; at <= length - 16; at += 16) {
      a = xxRound(a, word(bytes, at))
      b = xxRound(b, word(bytes, at + 4))
      c = xxRound(c, word(bytes, at + 8))
      d = xxRound(d, word(bytes, at + 12))
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)
  }
  hash = (hash + length) | 0
  for (; at + 4 <= length; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(word(bytes, at), PRIME_3)) | 0, 17), PRIME_4)
  }
  for (; at < length; at++) hash = Math.imul(rotate((hash + Math.imul(byte(bytes, at), PRIME_5)) | 0, 11), PRIME_1)
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

const xxRound = (lane: number, value: number) => Math.imul(rotate((lane + Math.imul(value, PRIME_2)) | 0, 13), PRIME_1)
