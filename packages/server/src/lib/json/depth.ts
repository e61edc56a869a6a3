/** Deeper nesting is refused, so that recursion over parsed values can't exhaust the stack. */
const MAX_DEPTH = 512

/** @throws SyntaxError when `depth`, the number of containers around and including a value, is too large */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new SyntaxError(`JSON nests deeper than ${MAX_DEPTH} levels`)
}
