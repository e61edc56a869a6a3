/** What a few rounds say: the middle, and how far apart they lie. */

/** The value below which `share` of them lie (nearest rank); NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The middle one, or the mean of the two in the middle; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}

/** A figure with two or three digits that mean something: 12 345, 4.7, 0.62. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits }).replaceAll(',', ' ')
}

/** The median, and in brackets the least and the greatest where there are several. */
export function spread(values: readonly number[]): string {
  const middle = figure(median(values))
  return values.length < 2 ? middle : `${middle} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`
}

/** Growth of `y` for each 1 of `x`: the straight line with the least squares; NaN for fewer than two points. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const across = mean(({ x, y }) => (x - meanX) * (y - meanY))
  return across / mean(({ x }) => (x - meanX) ** 2)
}
