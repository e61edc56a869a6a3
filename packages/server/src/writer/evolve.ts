/** What the steps of one flush make of one entity. Pure. */
import type { Folded } from '#domain/folded.ts'
import type { Position } from '#eventlog/event-log.ts'
import { moveMark } from '#store/rows/move-mark.ts'
import { tombstone } from '#store/rows/tombstone.ts'
import type { Kind } from './kinds.ts'
import { type EntityChange, type Located, type Refusal, reasonOf, type Step } from './located.ts'

/** The state of an entity as the store has it. */
export interface Known<T> {
  /** The place in the log up to which its changes are in; what lies before changes nothing any more. */
  readonly version: Position
  /** Undefined once it was removed. */
  readonly folded: Folded<T> | undefined
  /** Rows at other places, left behind by a move that a crash cut short. */
  readonly strays?: readonly Folded<T>[]
}

export interface Evolved<T> {
  /** States whose rows the store holds. */
  readonly before: readonly Folded<T>[]
  readonly after: Folded<T> | undefined
  readonly version: Position
  /** The changes that made the difference; none when only strays are to be cleared away. */
  readonly sources: readonly Located[]
}

/**
 * Applies steps in their order. Those that the known state has taken in already are passed over,
 * which is why a replay changes nothing. Changes that do not fold are given back, the others count.
 */
export function evolve<C extends EntityChange, T>(
  kind: Kind<C, T>,
  known: Known<T> | undefined,
  steps: readonly Step<C>[],
): { evolved: Evolved<T> | undefined; refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const sources: Located[] = []
  const strays = known?.strays ?? []
  let after = known?.folded
  let run: Located<C>[] = []
  const foldRun = () => {
    const result = foldEach(kind, after, run)
    after = result.folded
    sources.push(...result.folds)
    refusals.push(...result.refusals)
    run = []
  }
  for (const step of steps) {
    if (step.by.next <= (known?.version ?? 0)) continue
    if (step.does === 'change') {
      run.push(step.by)
      continue
    }
    foldRun()
    if (after && kind.isTakenBy(after.entity, step.by.change)) {
      after = undefined
      sources.push(step.by)
    }
  }
  foldRun()
  const before = known?.folded ? [known.folded, ...strays] : strays
  const version = sources.at(-1)?.next ?? (strays.length > 0 ? known?.version : undefined)
  return { evolved: version === undefined ? undefined : { before, after, version, sources }, refusals }
}

/** All changes in one fold or, when they do not fold together, one by one without those that do not. */
function foldEach<C extends EntityChange, T>(
  kind: Kind<C, T>,
  stored: Folded<T> | undefined,
  changes: readonly Located<C>[],
): { folded: Folded<T> | undefined; folds: readonly Located<C>[]; refusals: readonly Refusal[] } {
  if (changes.length === 0) return { folded: stored, folds: [], refusals: [] }
  try {
    const folded = kind.fold(
      stored,
      changes.map(({ change }) => change),
    )
    return { folded, folds: changes, refusals: [] }
  } catch (error) {
    const [only] = changes
    if (!only || changes.length === 1) return { folded: stored, folds: [], refusals: changes.map(refusing(error)) }
  }
  const folds: Located<C>[] = []
  const refusals: Refusal[] = []
  let folded = stored
  for (const change of changes) {
    const result = foldEach(kind, folded, [change])
    folded = result.folded
    folds.push(...result.folds)
    refusals.push(...result.refusals)
  }
  return { folded, folds, refusals }
}

function refusing(error: unknown): (located: Located) => Refusal {
  return (located) => ({ ...located, stage: 'fold', reason: reasonOf(error) })
}

export interface EvolvedRows {
  /** None or the entity's, in the block of which its mark is where its time moved. */
  readonly rows: readonly object[]
  /** Tombstones of the places that the entity has left. */
  readonly tombstones: readonly object[]
}

/** The rows that bring the store from `before` to `after`. */
export function rowsOf<C extends EntityChange, T>(
  kind: Kind<C, T>,
  { before, after, version, sources }: Evolved<T>,
): EvolvedRows {
  const place = after && kind.sortKey(after.entity)
  const left = before.filter((folded) => kind.sortKey(folded.entity) !== place)
  return {
    rows: after && sources.length > 0 ? [...marksOf(kind, before, after), kind.toRow(after, version)] : [],
    tombstones: left.map((folded) => tombstone(kind.toRow(folded, version), version)),
  }
}

/** Of the times that the entity had within the same place. */
function marksOf<C extends EntityChange, T>(
  kind: Kind<C, T>,
  before: readonly Folded<T>[],
  after: Folded<T>,
): readonly object[] {
  const [place, time] = [kind.sortKey(after.entity), kind.timeOf(after.entity)]
  return before
    .filter(({ entity }) => kind.sortKey(entity) === place && kind.timeOf(entity) !== time)
    .map((folded) => moveMark(kind.toRow(folded, 0), time))
}
