/** Chance that is the same for the same seed: demo data must not differ from run to run. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  /** A whole number from `min` to `max`, both inclusive. */
  int(min: number, max: number): number
  pick<T>(values: readonly [T, ...T[]]): T
  chance(probability: number): boolean
  /** A duration in milliseconds around `median`, skewed to long ones as latencies are. */
  latency(median: number): number
  /** So many hexadecimal digits. */
  hex(digits: number): string
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  // Mulberry32: 32 bits of state, which is plenty for demo data.
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1))
  return {
    fraction,
    int,
    pick: (values) => values[int(0, values.length - 1)] ?? values[0],
    chance: (probability) => fraction() < probability,
    latency: (median) => Math.max(1, Math.round(median * Math.exp((fraction() + fraction() + fraction() - 1.5) * 1.1))),
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
  }
}
