/** What a row of the tree tells, as words and numbers; the look is the row's. */
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { formatId } from '#lib/format/id.ts'
import { at } from '#lib/trace/column.ts'
import { FLAG } from '#lib/trace/intervals.ts'
import { groupOfRow, type Outline } from '#lib/trace/outline.ts'
import type { SiblingGroup } from '#lib/trace/sibling-groups.ts'
import { LEVELS, type Level } from '#lib/trace/skeleton.ts'
import { durationOf, hasFlag, typeOf } from '#lib/trace/tree.ts'
import { statusOf, type TraceModel, titleOf } from './trace-model.ts'

/** Whether figures are a node's own, or with all below it. */
export type Sums = 'subtree' | 'own'

export interface RowFacts {
  /** In upper case; '' for a parent that was not received. */
  readonly type: string
  readonly title: string
  /** Members of a group. */
  readonly times: number | undefined
  /** ms; undefined for an event, NaN where no end was recorded. */
  readonly durationMs: number | undefined
  /** ms of the longest of a run of equals. */
  readonly longestMs: number | undefined
  /** US dollars; undefined when unknown. */
  readonly cost: number | undefined
  readonly level: Level
  /** Errors of the row and of all below it. */
  readonly errors: number
  readonly isRunning: boolean
  /** What is odd about it, each a short phrase. */
  readonly notes: readonly string[]
  /** ms after the start of the trace. */
  readonly offsetMs: number
  readonly status: string
}

export function factsOfRow(model: TraceModel, outline: Outline, { row, sums }: { row: number; sums: Sums }): RowFacts {
  const group = groupOfRow(outline, row)
  return group ? factsOfGroup(model, group, sums) : factsOfNode(model, row, sums)
}

function factsOfNode(model: TraceModel, node: number, sums: Sums): RowFacts {
  const { tree } = model
  const type = typeOf(tree, node)
  const isOwn = sums === 'own'
  const cost = isOwn ? tree.skeleton.cost[node] : model.sums.cost[node]
  return {
    type,
    title: titleOf(model, node),
    times: undefined,
    durationMs: type === 'EVENT' ? undefined : lastedMs(model, node, sums),
    longestMs: undefined,
    cost: cost === undefined || Number.isNaN(cost) ? undefined : cost,
    level: LEVELS[tree.skeleton.levels[node] ?? 1] ?? 'DEFAULT',
    errors: at(model.sums.errors, node),
    isRunning: hasFlag(tree, node, FLAG.running),
    notes: notesOf(model, node),
    offsetMs: at(tree.start, node) - tree.fromMs,
    status: statusOf(model, node),
  }
}

const NOTES: readonly (readonly [number, string])[] = [
  [FLAG.cycle, 'its parents form a cycle, which is cut here'],
  [FLAG.orphan, 'its parent was not received'],
  [FLAG.unended, 'no end was recorded'],
  [FLAG.startsEarly, 'starts before its parent'],
  [FLAG.endsLate, 'ends after its parent'],
]

function notesOf({ tree, sums }: TraceModel, node: number): string[] {
  const notes = NOTES.filter(([flag]) => hasFlag(tree, node, flag)).map(([, text]) => text)
  return sums.repeatsUsage[node] === 1 ? [...notes, 'repeats the usage of what it holds, counted once'] : notes
}

/** ms; NaN where no end was recorded. */
function lastedMs({ tree, sums }: TraceModel, node: number, how: Sums): number {
  if (hasFlag(tree, node, FLAG.unended)) return Number.NaN
  return how === 'own' ? at(sums.selfTime, node) : durationOf(tree, node)
}

function factsOfGroup(model: TraceModel, group: SiblingGroup, how: Sums): RowFacts {
  const { tree, sums } = model
  const { members, kind } = group
  const isRun = kind === 'same'
  const starts = Math.min(...members.map((node) => at(tree.start, node)))
  const extent = Math.max(...members.map((node) => at(tree.end, node))) - starts
  const times = known(members.map((node) => lastedMs(model, node, how)))
  const costs = known(members.map((node) => at(how === 'own' ? tree.skeleton.cost : sums.cost, node)))
  const level = Math.max(...members.map((node) => at(tree.skeleton.levels, node)))
  return {
    type: isRun ? typeOf(tree, members[0] ?? 0) : 'SPAN',
    title: groupTitle(group),
    times: members.length,
    durationMs: isRun || how === 'own' ? (sumOf(times) ?? Number.NaN) : extent,
    longestMs: isRun && times.length > 0 ? Math.max(...times) : undefined,
    cost: sumOf(costs),
    level: isRun ? (LEVELS[level] ?? 'DEFAULT') : 'DEFAULT',
    errors: members.reduce((sum, node) => sum + at(sums.errors, node), 0),
    isRunning: members.some((node) => hasFlag(tree, node, FLAG.running)),
    notes: [],
    offsetMs: starts - tree.fromMs,
    status: '',
  }
}

const known = (values: readonly number[]): readonly number[] => values.filter((value) => !Number.isNaN(value))

const sumOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)

/** How long a node took, as it is written: nothing for an event, `–` where no end was recorded. */
export function durationText(model: TraceModel, node: number): string {
  if (typeOf(model.tree, node) === 'EVENT') return ''
  const ms = lastedMs(model, node, 'subtree')
  return hasFlag(model.tree, node, FLAG.running) ? formatRunning(ms) : formatDuration(ms)
}

export interface Pace {
  readonly firstTokenMs: number | undefined
  /** Output tokens over the whole duration, as lists tell it. */
  readonly tokensPerSecond: number | undefined
}

export function paceOf(model: TraceModel, node: number): Pace {
  const { skeleton, start, flags } = model.tree
  const firstTokenMs = at(skeleton.firstToken, node) - at(start, node)
  const isOver = (at(flags, node) & (FLAG.running | FLAG.unended)) === 0
  const tokensPerSecond = (at(skeleton.outputTokens, node) / durationOf(model.tree, node)) * 1000
  return {
    firstTokenMs: firstTokenMs > 0 ? firstTokenMs : undefined,
    tokensPerSecond: isOver && tokensPerSecond > 0 && Number.isFinite(tokensPerSecond) ? tokensPerSecond : undefined,
  }
}

function groupTitle({ kind, label }: SiblingGroup): string {
  if (kind === 'same') return label || 'no name'
  return kind === 'cycle' ? `Cycle ${label}` : `${kind} ${formatId(label)}`
}

/** The row as it is read out: type, name, duration, cost, level, offset. */
export function labelOfRow(facts: RowFacts): string {
  const { type, title, times, durationMs, longestMs, cost, level, errors, isRunning, offsetMs, notes } = facts
  const own = level === 'DEFAULT' ? '' : level.toLowerCase()
  const words = [
    type.toLowerCase(),
    times === undefined ? title : `${title} ×${times}`,
    durationMs === undefined ? '' : isRunning ? formatRunning(durationMs) : formatDuration(durationMs),
    longestMs === undefined ? '' : `longest ${formatDuration(longestMs)}`,
    cost === undefined ? '' : formatCost(cost),
    own,
    errors > (level === 'ERROR' ? 1 : 0) ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    `at ${formatDuration(offsetMs)}`,
    ...notes,
  ]
  return words.filter((word) => word !== '').join(', ')
}
