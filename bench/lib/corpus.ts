/**
 * Text like what programs send to language models, as far as a store can tell: words of a large vocabulary
 * in sentences, the frequent ones more often. Compresses about threefold; the same for the same seed.
 */
const VOCABULARY = 4096
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zen bra cle dri fro glu sta tre vin wor'

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** About that many characters: lower-case letters, spaces and full stops only. */
export function corpus(length: number, seed = 1): string {
  const random = randomOf(seed)
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]
  const syllables = SYLLABLES.split(' ')
  const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) =>
    Array.from({ length: 1 + Math.floor(Math.log10(rank + 2)) }, () => pick(syllables)).join(''),
  )
  const words: string[] = []
  for (let size = 0; size < length; ) {
    const word = vocabulary[Math.floor(random() ** 3 * VOCABULARY)] ?? ''
    words.push(random() < 0.08 ? `${word}.` : word)
    size += word.length + 1
  }
  return words.join(' ').slice(0, length)
}

/** Pieces of a text at places that differ: `next(400)` gives 400 characters; the same ones for the same seed. */
export function passagesOf(text: string, seed: number): (length: number) => string {
  const random = randomOf(seed)
  return (length) => {
    const start = Math.floor(random() * (text.length - length))
    return text.slice(start, start + length)
  }
}
