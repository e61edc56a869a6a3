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
  /** ms; undefined for an event. */
  readonly durationMs: number | undefined
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
  return group ? factsOfGroup(model, group) : factsOfNode(model, row, sums)
}

function factsOfNode(model: TraceModel, node: number, sums: Sums): RowFacts {
  const { tree } = model
  const type = typeOf(tree, node)
  const isOwn = sums === 'own'
  const cost = isOwn ? tree.skeleton.cost[node] : model.sums.cost[node]
  const durationMs = isOwn ? at(model.sums.selfTime, node) : durationOf(tree, node)
  const isTimeless = type === 'EVENT' || hasFlag(tree, node, FLAG.unended)
  return {
    type,
    title: titleOf(model, node),
    times: undefined,
    durationMs: isTimeless ? undefined : durationMs,
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

function factsOfGroup(model: TraceModel, group: SiblingGroup): RowFacts {
  const { tree, sums } = model
  const { members, kind } = group
  const total = (of: (node: number) => number) => members.reduce((sum, node) => sum + of(node), 0)
  const starts = Math.min(...members.map((node) => at(tree.start, node)))
  const extent = Math.max(...members.map((node) => at(tree.end, node))) - starts
  const costs = members.map((node) => at(sums.cost, node)).filter((cost) => !Number.isNaN(cost))
  const level = Math.max(...members.map((node) => at(tree.skeleton.levels, node)))
  return {
    type: kind === 'same' ? typeOf(tree, members[0] ?? 0) : 'SPAN',
    title: groupTitle(group),
    times: members.length,
    durationMs: kind === 'same' ? total((node) => durationOf(tree, node)) : extent,
    cost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined,
    level: kind === 'same' ? (LEVELS[level] ?? 'DEFAULT') : 'DEFAULT',
    errors: total((node) => at(sums.errors, node)),
    isRunning: members.some((node) => hasFlag(tree, node, FLAG.running)),
    notes: [],
    offsetMs: starts - tree.fromMs,
    status: '',
  }
}

function groupTitle({ kind, label }: SiblingGroup): string {
  if (kind === 'same') return label || 'no name'
  return kind === 'cycle' ? `Cycle ${label}` : `${kind} ${formatId(label)}`
}

/** The row as it is read out: type, name, duration, cost, level, offset. */
export function labelOfRow(facts: RowFacts): string {
  const { type, title, times, durationMs, cost, level, errors, isRunning, offsetMs, notes } = facts
  const own = level === 'DEFAULT' ? '' : level.toLowerCase()
  const words = [
    type.toLowerCase(),
    times === undefined ? title : `${title} ×${times}`,
    durationMs === undefined ? '' : isRunning ? formatRunning(durationMs) : formatDuration(durationMs),
    cost === undefined ? '' : formatCost(cost),
    own,
    errors > (level === 'ERROR' ? 1 : 0) ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    `at ${formatDuration(offsetMs)}`,
    ...notes,
  ]
  return words.filter((word) => word !== '').join(', ')
}
