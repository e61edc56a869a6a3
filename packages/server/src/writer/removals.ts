import type { RemovalChange } from '#domain/change.ts'
import { projectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { tombstone } from '#store/rows/tombstone.ts'
import { sql, str } from '#store/sql.ts'
import type { Kind } from './kinds.ts'
import {
  type EntityChange,
  type EntitySteps,
  entityKey,
  isBefore,
  type Located,
  type Step,
  type StepsByEntity,
} from './located.ts'
import { type Parcel, stampOf } from './parcel.ts'
import type { Recall } from './recall.ts'

/** Removals of traces by the key of the trace, each list in the order of the log. */
export type RemovalsByTrace = ReadonlyMap<string, readonly Located<RemovalChange>[]>

export function removalsByTrace(removals: readonly Located<RemovalChange>[]): RemovalsByTrace {
  const byTrace = new Map<string, Located<RemovalChange>[]>()
  for (const removal of removals) {
    const key = entityKey(removal.change.projectId, removal.change.id)
    const list = byTrace.get(key)
    if (list) list.push(removal)
    else byTrace.set(key, [removal])
  }
  return byTrace
}

/**
 * The steps of an entity together with the removals of every trace that it may belong to: the one it
 * is known to be of, and those that its changes name. Which of them meet it shows when they are folded.
 */
export function withRemovals<C extends EntityChange, T>(
  { projectId: project, steps }: EntitySteps<C>,
  { kind, known, removals }: { kind: Kind<C, T>; known: T | undefined; removals: RemovalsByTrace },
): readonly Step<C>[] {
  if (removals.size === 0) return steps
  const traces = new Set(steps.map((step) => (step.does === 'change' ? kind.traceOf(step.by.change) : undefined)))
  if (known) traces.add(kind.traceOf(known))
  const added = [...traces].flatMap((id) => (id === undefined ? [] : (removals.get(entityKey(project, id)) ?? [])))
  if (added.length === 0) return steps
  const all = [...steps, ...added.map((by): Step<C> => ({ does: 'remove', by }))]
  return all.sort((a, b) => (isBefore(a.by, b.by) ? -1 : 1))
}

/**
 * Tombstones for the stored entities of a kind that go with a removed trace. Those of which the
 * flush itself speaks are left out: they go by their own steps (`withRemovals`).
 */
export async function companions<C extends EntityChange, T>(
  removal: Located<RemovalChange>,
  { kind, engine, recall, spoken }: CompanionsDeps<C, T>,
): Promise<Parcel[]> {
  const { projectId: project, id } = removal.change
  const rows = await engine.query(
    sql`SELECT ${kind.keyColumns}, row_version, is_deleted FROM ${kind.name}
      WHERE project_id = ${str(project)} AND trace_id = ${str(id)}
      ORDER BY row_version DESC, is_deleted LIMIT 1 BY id, ${kind.place}`,
    { lane: 'writer' },
  )
  const isTaken = (row: Row) => numberOf(row, 'is_deleted') === 0 && numberOf(row, 'row_version') < removal.next
  return rows.filter(isTaken).flatMap((row): Parcel[] => {
    const key = entityKey(projectId(textOf(row, 'project_id')), textOf(row, 'id'))
    if (spoken.has(key)) return []
    const folded = kind.fromRow(row)
    return [
      {
        rows: [tombstone(kind.toRow(folded, removal.next), removal.next)],
        sources: [removal],
        stamp: `${stampOf(key, removal.next)} ${kind.sortKey(folded.entity)}`,
        settle: () => recall.forget(key),
      },
    ]
  })
}

export interface CompanionsDeps<C extends EntityChange, T> {
  readonly kind: Kind<C, T>
  readonly engine: Pick<Engine, 'query'>
  readonly recall: Pick<Recall<C, T>, 'forget'>
  /** The entities of which the flush speaks. */
  readonly spoken: StepsByEntity<C>
}
