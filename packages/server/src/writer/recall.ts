/**
 * What the writer knows of stored entities of one kind: the recently touched ones from memory, the
 * others from the store, asked for in one query a flush.
 */
import { LRUCache } from 'lru-cache'
import { AppError } from '#domain/errors.ts'
import type { Folded } from '#domain/folded.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { any, type Sql, sql, str, strs } from '#store/sql.ts'
import type { Known } from './evolve.ts'
import type { Kind } from './kinds.ts'
import { type EntityChange, type EntitySteps, entityKey, type StepsByEntity } from './located.ts'

export interface Recall<C extends EntityChange, T> {
  /**
   * The known states of these entities by key.
   * @throws AppError as `Engine.query`
   */
  of(entities: StepsByEntity<C>, options: RecallOptions): Promise<Map<string, Known<T>>>
  remember(key: string, known: Known<T>): void
  forget(key: string): void
}

export interface RecallOptions {
  /** Reads also what whole changes are about; without it, those are taken as the first word on it. */
  readonly readsAll: boolean
  /** Asks in several queries when one gives too much. */
  readonly splits: boolean
}

/** Beside its text, an entity takes about this much. */
const OVERHEAD_BYTES = 2_000

export function createRecall<C extends EntityChange, T extends object>(
  kind: Kind<C, T>,
  engine: Pick<Engine, 'query'>,
  maxBytes: number,
): Recall<C, T> {
  const recent = new LRUCache<string, Known<T>>({ maxSize: maxBytes, sizeCalculation: ({ folded }) => sizeOf(folded) })
  const read = async (entities: readonly EntitySteps<C>[], splits: boolean): Promise<Row[]> => {
    try {
      return await engine.query(lookup(kind, entities), { lane: 'writer' })
    } catch (error) {
      if (!splits || entities.length === 1 || !isTooLarge(error)) throw error
      const middle = Math.ceil(entities.length / 2)
      return [...(await read(entities.slice(0, middle), splits)), ...(await read(entities.slice(middle), splits))]
    }
  }
  return {
    async of(entities, { readsAll, splits }) {
      const known = new Map<string, Known<T>>()
      const missing: EntitySteps<C>[] = []
      for (const [key, entity] of entities) {
        const remembered = recent.get(key)
        if (remembered) known.set(key, remembered)
        else if (readsAll || needsRead(kind, entity)) missing.push(entity)
      }
      if (missing.length === 0) return known
      for (const row of await read(missing, splits)) {
        const key = entityKey(projectId(textOf(row, 'project_id')), textOf(row, 'id'))
        known.set(key, withRow(kind, known.get(key), row))
      }
      return known
    },
    remember: (key, known) => void recent.set(key, known),
    forget: (key) => void recent.delete(key),
  }
}

function needsRead<C extends EntityChange, T>(kind: Kind<C, T>, { steps }: EntitySteps<C>): boolean {
  return !steps.every((step) => step.does === 'change' && kind.isWhole(step.by.change))
}

/**
 * The newest row of each entity at each place of the sort key, tombstones too, newest first. Without
 * FINAL, so that the bloom index on `id` serves in every version of the engine.
 */
function lookup<C extends EntityChange, T>(kind: Kind<C, T>, entities: readonly EntitySteps<C>[]): Sql {
  const ids = new Map<ProjectId, string[]>()
  for (const { projectId, id } of entities) {
    const list = ids.get(projectId)
    if (list) list.push(id)
    else ids.set(projectId, [id])
  }
  const wanted = any([...ids].map(([project, list]) => sql`project_id = ${str(project)} AND id IN ${strs(list)}`))
  return sql`SELECT * FROM ${kind.name} WHERE ${wanted}
    ORDER BY row_version DESC, is_deleted LIMIT 1 BY project_id, id, ${kind.place}`
}

/** The first row tells the state: of the two rows of a move the living one. Others that live are strays. */
function withRow<C extends EntityChange, T>(kind: Kind<C, T>, known: Known<T> | undefined, row: Row): Known<T> {
  const folded = numberOf(row, 'is_deleted') === 1 ? undefined : kind.fromRow(row)
  if (!known) return { version: numberOf(row, 'row_version'), folded }
  return folded ? { ...known, strays: [...(known.strays ?? []), folded] } : known
}

function sizeOf(folded: Folded<object> | undefined): number {
  if (!folded) return OVERHEAD_BYTES
  const texts = Object.values(folded.entity).filter((value) => typeof value === 'string')
  return texts.reduce((sum, text) => sum + 2 * text.length, OVERHEAD_BYTES + 2 * folded.clock.length)
}

/** True for a query that would succeed if it asked for less. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'result_too_large' || error.code === 'query_too_heavy')
}
