import type { RemovalChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import type { Engine } from '#store/engine.ts'
import type { Breathe } from './breathe.ts'
import { type Evolved, evolve, rowsOf } from './evolve.ts'
import type { Kind } from './kinds.ts'
import {
  type EntityChange,
  type EntitySteps,
  entityKey,
  type Located,
  type Refusal,
  reasonOf,
  type StepsByEntity,
} from './located.ts'
import { type Parcel, stampOf } from './parcel.ts'
import { createRecall, isWhole, type RecallOptions } from './recall.ts'
import { companions, removalsByTrace, withRemovals } from './removals.ts'
import type { Retry } from './retry.ts'
import type { StoredIds } from './stored-ids.ts'

export interface EntityParcelsDeps<T> {
  readonly engine: Pick<Engine, 'query'>
  readonly retry: Retry
  readonly ids: StoredIds
  /** Bytes of entities kept in memory. */
  readonly maxBytes: number
  /** Fills in what is derived, before the entity becomes a row. */
  readonly finish?: (folded: Folded<T>) => Promise<Folded<T>>
}

interface ParcelsOptions extends RecallOptions {
  readonly breathe: Breathe
  /** Removed traces, whose stored entities of this kind go too. */
  readonly removals: readonly Located<RemovalChange>[]
}

export interface Made {
  readonly parcels: Parcel[]
  /**
   * Of places that were left. To be stored after the parcels: a crash in between leaves a stray,
   * which the next look-up finds, whereas a tombstone alone would be a loss.
   */
  readonly tombstones: Parcel[]
  readonly refusals: Refusal[]
}

export interface EntityParcels<C extends EntityChange> {
  /** What is made goes on from what was made before, stored or not: it MUST be stored in this order, or all be forgotten. */
  make(entities: StepsByEntity<C>, options: ParcelsOptions): Promise<Made>
  /** Forgets all states, so that the next ones are made from what the store has. */
  forget(): void
}

/** Turns what a flush says about the entities of one kind into the rows to store. */
export function createEntityParcels<C extends EntityChange, T extends object>(
  kind: Kind<C, T>,
  { engine, retry, ids, maxBytes, finish }: EntityParcelsDeps<T>,
): EntityParcels<C> {
  const recall = createRecall(kind, { engine, ids, maxBytes })

  const add = async (made: Made, entity: EntitySteps<C>, evolved: Evolved<T>) => {
    const { version, sources, before } = evolved
    const key = entityKey(entity.projectId, entity.id)
    const after = evolved.after && finish ? await finish(evolved.after) : evolved.after
    const { row, tombstones } = rowsOf(kind, { ...evolved, after })
    const stamp = stampOf(key, version)
    const known = { version, folded: after }
    const isKept = before.length > 0 || !isWhole(kind, entity)
    if (row || tombstones.length > 0) recall.send(key, known)
    let isRefused = false
    const settle = (isStored: boolean) => {
      isRefused = !isStored
      recall.settle(key, known, { isStored, isKept })
    }
    if (row) made.parcels.push({ rows: [row], sources, stamp, settle })
    if (tombstones.length > 0) {
      const isDue = () => !isRefused
      made.tombstones.push({ rows: tombstones, sources, stamp: `${stamp} left`, isDue, ...(!row && { settle }) })
    }
  }

  const make = async (entities: StepsByEntity<C>, options: ParcelsOptions): Promise<Made> => {
    const made: Made = { parcels: [], tombstones: [], refusals: [] }
    const known = await retry(`read ${kind.table}`, () => recall.of(entities, options))
    const removals = removalsByTrace(options.removals)
    for (const [key, entity] of entities) {
      const pause = options.breathe()
      if (pause !== undefined) await pause
      const state = known.get(key)
      const steps = withRemovals(entity, { kind, known: state?.folded?.entity, removals })
      const { evolved, refusals } = evolve(kind, state, steps)
      made.refusals.push(...refusals)
      if (!evolved) continue
      try {
        await add(made, entity, evolved)
      } catch (error) {
        recall.forget(key)
        made.refusals.push(...evolved.sources.map((by) => ({ ...by, stage: 'fold' as const, reason: reasonOf(error) })))
      }
    }
    for (const removal of options.removals) {
      const deps = { kind, engine, recall, spoken: entities }
      made.tombstones.push(...(await retry(`read ${kind.table}`, () => companions(removal, deps))))
    }
    return made
  }
  return { make, forget: recall.clear }
}
