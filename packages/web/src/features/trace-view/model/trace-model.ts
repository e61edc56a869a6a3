/** One version of a trace with all that is computed from its shape; immutable, made once for each answer of the server. */
import type { SkeletonDto } from '@xtrace/contract'
import type { TraceTime } from '#api/trace-observations.ts'
import { formatId } from '#lib/format/id.ts'
import { groupBy } from '#lib/trace/column.ts'
import { criticalPath, type PathSegment } from '#lib/trace/critical-path.ts'
import { findErrors } from '#lib/trace/find.ts'
import { findGaps, type Idleness } from '#lib/trace/gaps.ts'
import { FLAG } from '#lib/trace/intervals.ts'
import { buildOutline, groupingsOf, type Outline } from '#lib/trace/outline.ts'
import { readSkeleton } from '#lib/trace/read-skeleton.ts'
import type { GroupKey } from '#lib/trace/skeleton.ts'
import { sumTree, type TraceSums } from '#lib/trace/sums.ts'
import { buildTree, childrenOf, nameOf, type TraceTree, typeOf } from '#lib/trace/tree.ts'
import { judge, type Phrase, phrasesOf } from '#lib/trace/verdict.ts'

export interface TraceModel {
  readonly dto: SkeletonDto
  readonly tree: TraceTree
  /** Ungrouped. */
  readonly outline: Outline
  readonly sums: TraceSums
  readonly path: readonly PathSegment[]
  /** The critical path's segments of each node that is on it. */
  readonly pathOf: ReadonlyMap<number, readonly PathSegment[]>
  readonly idleness: Idleness
  readonly errors: Int32Array
  readonly isRunning: boolean
}

/** Running observations last until `nowMs` (unix ms). */
export function buildModel(dto: SkeletonDto, nowMs: number): TraceModel {
  const steps = modelSteps(dto, nowMs)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** `buildModel` in steps of some ten milliseconds for a trace of 30 000 observations. */
export function* modelSteps(dto: SkeletonDto, nowMs: number): Generator<void, TraceModel> {
  const skeleton = readSkeleton(dto)
  yield
  const tree = buildTree(skeleton, { nowMs })
  yield
  const sums = sumTree(tree)
  yield
  const path = criticalPath(tree)
  const pathOf = groupBy(path, ({ node }) => node)
  yield
  const idleness = findGaps(tree)
  yield
  const outline = buildOutline(tree)
  yield
  return {
    dto,
    tree,
    outline,
    sums,
    path,
    pathOf,
    idleness,
    errors: findErrors(tree),
    isRunning: tree.flags.some((flags) => (flags & FLAG.running) !== 0),
  }
}

/** The sentence on where time and money went. */
export const verdictOf = ({ tree, sums, path }: TraceModel): readonly Phrase[] =>
  phrasesOf(tree, judge(tree, sums, path))

/** The groupings that would change anything. */
export const groupingsOfModel = ({ tree }: TraceModel): ReadonlySet<GroupKey> => groupingsOf(tree)

/** When it is known to have been at work, in unix ms. */
export const timeOf = ({ dto, tree }: TraceModel): TraceTime => ({
  id: dto.trace.id,
  fromMs: dto.startMs,
  toMs: dto.startMs + tree.toMs,
})

/** Undefined for a parent that was not received. */
export const idOf = ({ tree }: TraceModel, node: number): string | undefined => tree.skeleton.ids[node]

/** The first `STATUS_CHARS` characters of the status message; '' when there is none. */
export const statusOf = ({ dto }: TraceModel, node: number): string => dto.strings[dto.nodes.status[node] ?? 0] ?? ''

/** The name as it is shown: what has none is called by its type, a missing parent by its id and how many name it. */
export function titleOf({ tree }: TraceModel, node: number): string {
  const missing = tree.missingIds[node - tree.skeleton.ids.length]
  if (missing !== undefined) return `parent ${formatId(missing)} not received (${childrenOf(tree, node).length})`
  return nameOf(tree, node) || typeOf(tree, node).toLowerCase() || 'no name'
}

/** How the prompt of a generation is told: `plan v7`; undefined without one. */
export function promptOf({ dto }: TraceModel, node: number): { name: string; version: number | null } | undefined {
  const name = dto.strings[dto.nodes.prompt[node] ?? 0]
  return name ? { name, version: dto.nodes.promptVersion[node] ?? null } : undefined
}
