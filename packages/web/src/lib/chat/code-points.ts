/** Texts counted as the server counts them: by Unicode code points, where a string counts half of some as one. */

const isLowHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
const isHighHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

/** How many units of the string its first `points` code points are; all of them when it has no more. */
export function unitsOf(text: string, points: number): number {
  let at = 0
  for (let left = points; left > 0 && at < text.length; left--)
    at += isHighHalf(text.charCodeAt(at)) && isLowHalf(text.charCodeAt(at + 1)) ? 2 : 1
  return at
}

export function countPoints(text: string): number {
  let points = text.length
  for (let at = 1; at < text.length; at++)
    if (isLowHalf(text.charCodeAt(at)) && isHighHalf(text.charCodeAt(at - 1))) points--
  return points
}
