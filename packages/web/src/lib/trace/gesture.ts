/** What fingers on the time axis ask for: moved together they pan, apart or towards each other they zoom. */

/** Left edges of the fingers, in px; one or two. */
export type Fingers = readonly number[]

export interface Gesture {
  /** How far what is seen moves to the right, in px. */
  readonly panPx: number
  /** Below 1 zooms in. */
  readonly factor: number
  /** Around what, in px. */
  readonly aroundPx: number
}

/** Fingers nearer than this say nothing of a zoom. */
const LEAST_APART_PX = 16

/** From where the fingers were to where they are. Fingers that were put down or lifted in between ask for nothing. */
export function gestureOf(before: Fingers, now: Fingers): Gesture {
  const aroundPx = middleOf(now)
  if (before.length !== now.length) return { panPx: 0, factor: 1, aroundPx }
  const panPx = aroundPx - middleOf(before)
  const [was, is] = [apart(before), apart(now)]
  return { panPx, factor: was === undefined || is === undefined ? 1 : was / is, aroundPx }
}

const middleOf = (fingers: Fingers): number => fingers.reduce((sum, px) => sum + px, 0) / Math.max(1, fingers.length)

function apart([first, second]: Fingers): number | undefined {
  if (first === undefined || second === undefined) return undefined
  const px = Math.abs(first - second)
  return px < LEAST_APART_PX ? undefined : px
}
