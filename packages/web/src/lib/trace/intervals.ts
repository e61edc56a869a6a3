/** From when until when each node lasts, with what is not recorded filled in and marked. */
import { at, wordAt } from './column.ts'
import { NO_NODE } from './parents.ts'
import type { TraceSkeleton } from './skeleton.ts'

/** Bits that a node of the tree may carry. */
export const FLAG = {
  /** Its parent is its own descendant: the cycle was cut here. */
  cycle: 1,
  /** Its parent was not received. */
  orphan: 2,
  /** Starts before its parent does. */
  startsEarly: 4,
  /** Ends after its parent does. */
  endsLate: 8,
  /** No end yet, and may still be at work. */
  running: 16,
  /** No end, and none to be expected. */
  unended: 32,
  /** Not an observation: a parent that was not received. */
  missing: 64,
} as const

export interface BuildOptions {
  /** Unix ms. */
  readonly nowMs: number
  /** Observations of the trace may still arrive. */
  readonly isLive?: boolean
}

export interface Intervals {
  /** Offsets in ms, always numbers and never end < start: what has no end lasts until now, or as long as what it holds. */
  readonly start: Float64Array
  readonly end: Float64Array
  readonly flags: Uint8Array
  /** Earliest start and latest end of the trace. */
  readonly fromMs: number
  readonly toMs: number
}

/** What has no end is held to be at work for an hour. */
const OPEN_MS = 3_600_000

export function addFlag(flags: Uint8Array, node: number, flag: number): void {
  flags[node] = at(flags, node) | flag
}

export function buildIntervals(
  skeleton: TraceSkeleton,
  { parent, order }: { readonly parent: Int32Array; readonly order: Int32Array },
  { nowMs, isLive = false }: BuildOptions,
): Intervals {
  const fill = new Filling(skeleton, parent.length, { now: nowMs - skeleton.originMs, isLive })
  for (let index = order.length - 1; index >= 0; index--) fill.fromBelow(at(order, index), parent)
  for (const node of order) fill.fromAbove(node, at(parent, node))
  const { start, end, flags } = fill
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const node of order) {
    fromMs = Math.min(fromMs, at(start, node))
    toMs = Math.max(toMs, at(end, node))
  }
  return order.length === 0 ? { start, end, flags, fromMs: 0, toMs: 0 } : { start, end, flags, fromMs, toMs }
}

class Filling {
  readonly start: Float64Array
  readonly end: Float64Array
  readonly flags: Uint8Array
  /** Earliest start and latest end of what lies below a node; infinite when nothing does. */
  readonly #reachStart: Float64Array
  readonly #reachEnd: Float64Array
  readonly #skeleton: TraceSkeleton
  readonly #clock: { readonly now: number; readonly isLive: boolean }

  constructor(skeleton: TraceSkeleton, count: number, clock: { readonly now: number; readonly isLive: boolean }) {
    this.#skeleton = skeleton
    this.#clock = clock
    this.start = new Float64Array(count).fill(Number.NaN)
    this.end = new Float64Array(count).fill(Number.NaN)
    this.flags = new Uint8Array(count)
    this.#reachStart = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    this.#reachEnd = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  }

  /** Children first: a node without times takes them from below. */
  fromBelow(node: number, parent: Int32Array): void {
    const isObservation = node < this.#skeleton.ids.length
    let start = isObservation ? at(this.#skeleton.start, node) : Number.NaN
    let end = isObservation ? at(this.#skeleton.end, node) : Number.NaN
    if (Number.isNaN(start)) start = at(this.#reachStart, node)
    if (Number.isNaN(end)) end = isObservation ? this.#openEnd(node, start) : at(this.#reachEnd, node)
    this.start[node] = start
    this.end[node] = Math.max(start, end)
    const above = at(parent, node)
    if (above === NO_NODE || !Number.isFinite(start)) return
    this.#reachStart[above] = Math.min(at(this.#reachStart, above), start, at(this.#reachStart, node))
    this.#reachEnd[above] = Math.max(at(this.#reachEnd, above), at(this.end, node), at(this.#reachEnd, node))
  }

  /** Parents first: a node of which nothing is known starts and ends where its parent starts. */
  fromAbove(node: number, above: number): void {
    const parentStart = above === NO_NODE ? 0 : at(this.start, above)
    if (!Number.isFinite(at(this.start, node))) this.start[node] = parentStart
    if (!Number.isFinite(at(this.end, node))) this.end[node] = at(this.start, node)
    if (above === NO_NODE || (at(this.flags, above) & FLAG.missing) !== 0) return
    if (at(this.start, node) < parentStart) addFlag(this.flags, node, FLAG.startsEarly)
    if (at(this.end, node) > at(this.end, above)) addFlag(this.flags, node, FLAG.endsLate)
  }

  #openEnd(node: number, start: number): number {
    if (wordAt(this.#skeleton.types, node) === 'EVENT') return start
    const { now, isLive } = this.#clock
    const isRunning = isLive || now - start < OPEN_MS
    addFlag(this.flags, node, isRunning ? FLAG.running : FLAG.unended)
    return Math.max(at(this.#reachEnd, node), isRunning ? now : start)
  }
}
