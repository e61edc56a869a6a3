import type { RemovalChange } from '#domain/change.ts'
import { projectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { tombstone } from '#store/rows/tombstone.ts'
import { sql, str } from '#store/sql.ts'
import type { Kind } from './kinds.ts'
import { type EntityChange, entityKey, type Located, type StepsByEntity } from './located.ts'
import { type Parcel, stampOf } from './parcel.ts'
import type { Recall } from './recall.ts'

/**
 * Tombstones for the stored entities of a kind that go with a removed trace. Those of which the
 * flush itself speaks are left out: they go by their own steps (`sortByEntity`).
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
