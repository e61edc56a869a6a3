const RUNS = /[\p{L}\p{M}]+|\p{N}+|\s+|[^\s\p{L}\p{M}\p{N}]+/gu
const SHORT = 64

/**
 * How much work it is, at worst, to split a text into tokens: the encoder takes the square of the length
 * of every run of letters, digits, spaces or signs, so 20 000 times `a` take as long as megabytes of prose.
 * 10^8 is about 0.2 s.
 */
export function effortOf(text: string): number {
  let effort = text.length * SHORT
  for (const [run] of text.matchAll(RUNS)) {
    if (run.length > SHORT) effort += Buffer.byteLength(run) ** 2
  }
  return effort
}
