/**
 * What the writer knows of entities of one kind: those on their way to the store and the recently
 * touched ones from memory, the others from the store, asked for together once a flush; what the store
 * never held is not asked for.
 */
import { LRUCache } from 'lru-cache'
import type { Folded } from '#domain/folded.ts'
import type { Engine } from '#store/engine.ts'
import type { Known } from './evolve.ts'
import { type Kind, minuteOf } from './kinds.ts'
import type { EntityChange, EntitySteps, StepsByEntity } from './located.ts'
import { createLookUp, type LookUpOptions } from './look-up.ts'
import type { StoredIds } from './stored-ids.ts'

export interface Recall<C extends EntityChange, T> {
  /**
   * The known states of these entities by key.
   * @throws AppError as `Engine.query`
   */
  of(entities: StepsByEntity<C>, options: LookUpOptions): Promise<Map<string, Known<T>>>
  /** Notes a state that is on its way to the store, which the next flush goes on from. `entity`: of it, unless it is removed. */
  send(key: string, known: Known<T> | Remake<T>, entity: T | undefined): void
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
  const lookUp = createLookUp(kind, { engine, ids })
  /** While the ids of the store are still being read, whole changes are taken for the first word on what they are about. */
  const mayBeStored = (key: string, entity: EntitySteps<C>) =>
    ids.has(key) || (!ids.isComplete && !isWhole(kind, entity))
  const remembered = (key: string) => {
    const state = sent.get(key) ?? recent.get(key)
    return state && 'remake' in state ? state.remake() : state
  }
  return {
    async of(entities, options) {
      const known = new Map<string, Known<T>>()
      const missing = new Map<string, EntitySteps<C>>()
      for (const [key, entity] of entities) {
        const state = remembered(key)
        // To wait for what is there takes as long again as to find it.
        if (state) known.set(key, state instanceof Promise ? await state : state)
        else if (options.readsAll || mayBeStored(key, entity)) missing.set(key, entity)
      }
      for (const [key, state] of await lookUp(missing, options)) known.set(key, state)
      return known
    },
    send(key, known, entity) {
      ids.add(key, entity && minuteOf(kind.timeOf(entity)))
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

function sizeOf(folded: Folded<object> | undefined): number {
  if (!folded) return OVERHEAD_BYTES
  const texts = Object.values(folded.entity).filter((value) => typeof value === 'string')
  return texts.reduce((sum, text) => sum + 2 * text.length, OVERHEAD_BYTES + 2 * folded.clock.length)
}
