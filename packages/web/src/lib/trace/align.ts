/** Two sequences side by side: the fewest insertions and deletions, looked for in a band around the diagonal. */

/** Indices of both sides; undefined where one has nothing. Both sides are in order. */
export type Aligned = readonly [a: number | undefined, b: number | undefined]

const HALF_BAND = 256

export function align(a: readonly string[], b: readonly string[]): Aligned[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const middle = alignMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  const pairs: Aligned[] = []
  for (let index = 0; index < head; index++) pairs.push([index, index])
  for (const [one, other] of middle)
    pairs.push([one === undefined ? undefined : one + head, other === undefined ? undefined : other + head])
  for (let index = tail; index > 0; index--) pairs.push([a.length - index, b.length - index])
  return pairs
}

function alignMiddle(a: readonly string[], b: readonly string[]): Aligned[] {
  const band = new Band(a, b)
  const pairs: Aligned[] = []
  let [row, column] = [a.length, b.length]
  while (row > 0 || column > 0) {
    const step = row === 0 ? ONLY_B : column === 0 ? ONLY_A : band.stepAt(row, column)
    if (step === BOTH) pairs.push([--row, --column])
    else if (step === ONLY_B) pairs.push([undefined, --column])
    else pairs.push([--row, undefined])
  }
  return pairs.reverse()
}

const FAR = 1e9
const BOTH = 1
const ONLY_A = 2
const ONLY_B = 3

/** The cheapest way to each pair of places near the diagonal: row by row over `a`, columns over `b`. */
class Band {
  readonly #a: readonly string[]
  readonly #b: readonly string[]
  readonly #width: number
  readonly #steps: Uint8Array

  constructor(a: readonly string[], b: readonly string[]) {
    this.#a = a
    this.#b = b
    // From one row to the next the band moves by the slope of the diagonal: it has to overlap itself.
    const slope = Math.ceil(b.length / Math.max(1, a.length))
    this.#width = 2 * Math.max(HALF_BAND, 2 * slope) + 1
    this.#steps = new Uint8Array((a.length + 1) * this.#width)
    let above = new Int32Array(this.#width).fill(FAR)
    for (let row = 0; row <= a.length; row++) above = this.#fill(row, above)
  }

  stepAt(row: number, column: number): number {
    return this.#steps[row * this.#width + column - this.#leftOf(row)] ?? ONLY_A
  }

  #leftOf(row: number): number {
    return Math.round((row * this.#b.length) / Math.max(1, this.#a.length)) - (this.#width - 1) / 2
  }

  #fill(row: number, above: Int32Array): Int32Array<ArrayBuffer> {
    const here = new Int32Array(this.#width).fill(FAR)
    const left = this.#leftOf(row)
    const shift = left - this.#leftOf(row - 1)
    const last = Math.min(this.#b.length - left, this.#width - 1)
    for (let cell = Math.max(0, -left); cell <= last; cell++) {
      const isSame = row > 0 && left + cell > 0 && this.#a[row - 1] === this.#b[left + cell - 1]
      const both = isSame ? (above[cell + shift - 1] ?? FAR) : FAR
      const onlyA = (above[cell + shift] ?? FAR) + 1
      const onlyB = (here[cell - 1] ?? FAR) + 1
      const least = row === 0 && left + cell === 0 ? 0 : Math.min(both, onlyA, onlyB)
      here[cell] = least
      this.#steps[row * this.#width + cell] = both === least ? BOTH : onlyA === least ? ONLY_A : ONLY_B
    }
    return here
  }
}
