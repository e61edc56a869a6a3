import type { Route } from './route.ts'

/**
 * Orders routes so that the router, which takes the first that fits, meets `/sessions/stats` before
 * `/sessions/:id`, and a wildcard last. Routes of one shape keep their order.
 */
export function bySpecificity(left: Pick<Route, 'path'>, right: Pick<Route, 'path'>): number {
  const [ours, theirs] = [weights(left.path), weights(right.path)]
  return ours < theirs ? -1 : Number(ours > theirs)
}

/** A digit for each segment, so that weights compare as text: literal, then parameter, then wildcard. */
const weights = (path: string) =>
  path
    .split('/')
    .map((segment) => ({ ':': 1, '*': 2 })[segment.charAt(0)] ?? 0)
    .join('')
