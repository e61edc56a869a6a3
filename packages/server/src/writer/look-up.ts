/**
 * Asks the store for entities of one kind by their ids. Those whose minute is known are sought there first, since the
 * index of ids is tested for every part of the store and takes longer the more it holds (docs/adr/006-write-path.md).
 */
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { all, any, join, type Sql, sql, str, strs, u32 } from '#store/sql.ts'
import type { Known } from './evolve.ts'
import type { Kind } from './kinds.ts'
import { type EntityChange, type EntitySteps, entityKey, type StepsByEntity } from './located.ts'
import type { StoredIds } from './stored-ids.ts'

export interface LookUpOptions {
  /** Reads everything, because what the changes say may be in the store already. */
  readonly readsAll: boolean
  /** Asks in several queries when one gives too much. */
  readonly splits: boolean
}

/**
 * The stored states of these entities by key.
 * @throws AppError as `Engine.query`
 */
export type LookUp<C extends EntityChange, T> = (
  entities: StepsByEntity<C>,
  options: LookUpOptions,
) => Promise<Map<string, Known<T>>>

interface LookUpDeps {
  readonly engine: Pick<Engine, 'query'>
  readonly ids: Pick<StoredIds, 'minuteOf'>
}

/** Named in one query; who lies in others is sought anywhere. */
const MAX_MINUTES = 100

export function createLookUp<C extends EntityChange, T>(kind: Kind<C, T>, { engine, ids }: LookUpDeps): LookUp<C, T> {
  const rowsOf = async (sought: Sought, splits: boolean): Promise<Row[]> => {
    const { entities } = sought
    try {
      return await engine.query(newestRows(kind, sought), { lane: 'writer' })
    } catch (error) {
      if (!splits || entities.length === 1 || !isTooLarge(error)) throw error
      const middle = Math.ceil(entities.length / 2)
      const first = await rowsOf({ ...sought, entities: entities.slice(0, middle) }, splits)
      return [...first, ...(await rowsOf({ ...sought, entities: entities.slice(middle) }, splits))]
    }
  }
  const statesOf = async (sought: Sought, splits: boolean): Promise<Map<string, Known<T>>> => {
    const states = new Map<string, Known<T>>()
    if (sought.entities.length === 0) return states
    for (const row of await rowsOf(sought, splits)) {
      const key = entityKey(projectId(textOf(row, 'project_id')), textOf(row, 'id'))
      states.set(key, withRow(kind, states.get(key), row))
    }
    return states
  }
  /** A minute may be wrong, and a tombstone there tell of a place that was left: only what lives there is found. */
  const livingOf = async (entities: StepsByEntity<C>, splits: boolean): Promise<Map<string, Known<T>>> => {
    const states = await statesOf(withMinutes(entities, ids), splits)
    return new Map([...states].filter(([, { folded }]) => folded !== undefined))
  }
  return async (entities, { readsAll, splits }) => {
    const found = readsAll ? new Map<string, Known<T>>() : await livingOf(entities, splits)
    const others = [...entities].filter(([key]) => !found.has(key)).map(([, entity]) => entity)
    for (const [key, state] of await statesOf({ entities: others }, splits)) found.set(key, state)
    return found
  }
}

interface Sought {
  readonly entities: readonly Pick<EntitySteps<never>, 'projectId' | 'id'>[]
  /** Where they are sought; anywhere when absent. */
  readonly minutes?: readonly number[]
}

/** Those whose minute is known. */
function withMinutes(entities: StepsByEntity<EntityChange>, ids: LookUpDeps['ids']): Sought {
  const minutes = new Set<number>()
  const located = [...entities].filter(([key]) => {
    const minute = ids.minuteOf(key)
    if (minute === undefined || (minutes.size >= MAX_MINUTES && !minutes.has(minute))) return false
    minutes.add(minute)
    return true
  })
  return { entities: located.map(([, entity]) => entity), minutes: [...minutes] }
}

/**
 * The newest row of each entity at each place of the sort key, tombstones too, newest first. Without
 * FINAL, so that the bloom index on `id` serves in every version of the engine.
 */
function newestRows<C extends EntityChange, T>(kind: Kind<C, T>, { entities, minutes }: Sought): Sql {
  const ids = new Map<ProjectId, string[]>()
  for (const { projectId, id } of entities) {
    const list = ids.get(projectId)
    if (list) list.push(id)
    else ids.set(projectId, [id])
  }
  const wanted = any([...ids].map(([project, list]) => sql`project_id = ${str(project)} AND id IN ${strs(list)}`))
  return sql`SELECT * FROM ${kind.name} WHERE ${minutes ? all([isIn(kind, minutes), wanted]) : wanted}
    ORDER BY row_version DESC, is_deleted LIMIT 1 BY project_id, id, ${kind.place}`
}

/** A list of constants, since the sort key serves no array. */
function isIn<C extends EntityChange, T>({ instant }: Kind<C, T>, minutes: readonly number[]): Sql {
  const times = minutes.map((minute) => sql`toDateTime(${u32(minute * 60)}, 'UTC')`)
  return sql`toStartOfMinute(${instant}) IN (${join(times, ', ')})`
}

/** The first row tells the state: of the two rows of a move the living one. Others that live are strays. */
function withRow<C extends EntityChange, T>(kind: Kind<C, T>, known: Known<T> | undefined, row: Row): Known<T> {
  const folded = numberOf(row, 'is_deleted') === 1 ? undefined : kind.fromRow(row)
  if (!known) return { version: numberOf(row, 'row_version'), folded }
  return folded ? { ...known, strays: [...(known.strays ?? []), folded] } : known
}

/** True for a query that would succeed if it asked for less. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'result_too_large' || error.code === 'query_too_heavy')
}
