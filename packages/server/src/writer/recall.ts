/**
 * What the writer knows of entities of one kind: those on their way to the store and the recently
 * touched ones from memory, the others from the store, asked for in one query a flush; what the store
 * never held is not asked for.
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
import type { StoredIds } from './stored-ids.ts'

export interface Recall<C extends EntityChange, T> {
  /**
   * The known states of these entities by key.
   * @throws AppError as `Engine.query`
   */
  of(entities: StepsByEntity<C>, options: RecallOptions): Promise<Map<string, Known<T>>>
  /** Notes a state that is on its way to the store, which the next flush goes on from. */
  send(key: string, known: Known<T> | Remake<T>): void
  /** What was sent is in the store, or was refused. `kept`: the state, where it is likely to be asked for again. */
  settle(key: string, state: Known<T> | Remake<T>, kept?: Known<T>): void
  forget(key: string): void
  /** Forgets everything, what is on its way too. */
  clear(): void
}

/** A state that is made again should it be asked for. */
export interface Remake<T> {
  remake(): Promise<Known<T>>
}

export interface RecallOptions {
  /** Reads everything, because what the changes say may be in the store already. */
  readonly readsAll: boolean
  /** Asks in several queries when one gives too much. */
  readonly splits: boolean
}

/** Beside its text, an entity takes about this much. */
const OVERHEAD_BYTES = 2_000

export interface RecallDeps {
  readonly engine: Pick<Engine, 'query'>
  readonly ids: StoredIds
  /** Bytes of entities kept in memory. */
  readonly maxBytes: number
}

export function createRecall<C extends EntityChange, T extends object>(
  kind: Kind<C, T>,
  { engine, ids, maxBytes }: RecallDeps,
): Recall<C, T> {
  const sent = new Map<string, Known<T> | Remake<T>>()
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
  /** While the ids of the store are still being read, whole changes are taken for the first word on what they are about. */
  const mayBeStored = (key: string, entity: EntitySteps<C>) =>
    ids.has(key) || (!ids.isComplete && !isWhole(kind, entity))
  const remembered = (key: string) => {
    const state = sent.get(key) ?? recent.get(key)
    return state && 'remake' in state ? state.remake() : state
  }
  const addRows = (known: Map<string, Known<T>>, rows: readonly Row[]) => {
    for (const row of rows) {
      const key = entityKey(projectId(textOf(row, 'project_id')), textOf(row, 'id'))
      known.set(key, withRow(kind, known.get(key), row))
    }
  }
  return {
    async of(entities, { readsAll, splits }) {
      const known = new Map<string, Known<T>>()
      const missing: EntitySteps<C>[] = []
      for (const [key, entity] of entities) {
        const state = remembered(key)
        // To wait for what is there takes as long again as to find it.
        if (state) known.set(key, state instanceof Promise ? await state : state)
        else if (readsAll || mayBeStored(key, entity)) missing.push(entity)
      }
      if (missing.length > 0) addRows(known, await read(missing, splits))
      return known
    },
    send(key, known) {
      ids.add(key)
      sent.set(key, known)
    },
    settle(key, state, kept) {
      if (sent.get(key) === state) sent.delete(key)
      if (kept) recent.set(key, kept)
      else recent.delete(key)
    },
    forget: (key) => void recent.delete(key),
    clear() {
      sent.clear()
      recent.clear()
    },
  }
}

/** Says everything, so that nothing stored has to be known. */
export function isWhole<C extends EntityChange, T>(kind: Kind<C, T>, { steps }: EntitySteps<C>): boolean {
  return steps.every((step) => step.does === 'change' && kind.isWhole(step.by.change))
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
