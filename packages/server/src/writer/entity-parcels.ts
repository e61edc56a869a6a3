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
import type { LookUpOptions } from './look-up.ts'
import { type Parcel, stampOf } from './parcel.ts'
import { isWhole, type Recall } from './recall.ts'
import { companions, removalsByTrace, withRemovals } from './removals.ts'
import type { Retry } from './retry.ts'

export interface EntityParcelsDeps<C extends EntityChange, T> {
  readonly engine: Pick<Engine, 'query'>
  readonly retry: Retry
  readonly recall: Recall<C, T>
}

/** Fills in what is derived, before the entity becomes a row. */
type Finish<T> = (folded: Folded<T>) => Folded<T> | Promise<Folded<T>>

interface ParcelsOptions<T> extends LookUpOptions {
  readonly breathe: Breathe
  readonly finish?: Finish<T> | undefined
  /** Removed traces, whose stored entities of this kind go too. */
  readonly removals: readonly Located<RemovalChange>[]
}

interface Unfinished<T> {
  readonly evolved: Evolved<T>
  readonly finish: Finish<T> | undefined
}

interface Failure {
  readonly sources: Evolved<unknown>['sources']
  readonly error: unknown
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

export interface EntityParcels<C extends EntityChange, T> {
  /** What is made goes on from what was made before, stored or not: it MUST be stored in this order, or all be forgotten. */
  make(entities: StepsByEntity<C>, options: ParcelsOptions<T>): Promise<Made>
  /** Forgets all states, so that the next ones are made from what the store has. */
  forget(): void
}

/** Turns what a flush says about the entities of one kind into the rows to store. */
export function createEntityParcels<C extends EntityChange, T extends object>(
  kind: Kind<C, T>,
  { engine, retry, recall }: EntityParcelsDeps<C, T>,
): EntityParcels<C, T> {
  const add = (made: Made, entity: EntitySteps<C>, evolved: Evolved<T>) => {
    const { version, sources, before, after } = evolved
    const key = entityKey(entity.projectId, entity.id)
    const { rows, tombstones } = rowsOf(kind, evolved)
    const stamp = stampOf(key, version)
    const known = { version, folded: after }
    const isKept = before.length > 0 || !isWhole(kind, entity)
    if (rows.length > 0 || tombstones.length > 0) recall.send(key, known, after?.entity)
    let isRefused = false
    const settle = (isStored: boolean) => {
      isRefused = !isStored
      recall.settle(key, known, isStored && isKept ? known : undefined)
    }
    if (rows.length > 0) made.parcels.push({ rows, sources, stamp, settle })
    if (tombstones.length > 0) {
      const isDue = () => !isRefused
      made.tombstones.push({
        rows: tombstones,
        sources,
        stamp: `${stamp} left`,
        isDue,
        ...(rows.length === 0 && { settle }),
      })
    }
  }

  const refuse = (made: Made, entity: EntitySteps<C>, { sources, error }: Failure) => {
    recall.forget(entityKey(entity.projectId, entity.id))
    made.refusals.push(...sources.map((by) => ({ ...by, stage: 'fold' as const, reason: reasonOf(error) })))
  }

  /** At once where it can be: to wait for nothing takes longer than to fold. */
  const addFinished = (made: Made, entity: EntitySteps<C>, { evolved, finish }: Unfinished<T>) => {
    const { sources } = evolved
    try {
      const after = evolved.after && finish ? finish(evolved.after) : evolved.after
      if (!(after instanceof Promise)) return add(made, entity, { ...evolved, after })
      return after
        .then((late) => add(made, entity, { ...evolved, after: late }))
        .catch((error: unknown) => refuse(made, entity, { sources, error }))
    } catch (error) {
      return refuse(made, entity, { sources, error })
    }
  }

  const make = async (entities: StepsByEntity<C>, options: ParcelsOptions<T>): Promise<Made> => {
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
      const adding = evolved && addFinished(made, entity, { evolved, finish: options.finish })
      if (adding instanceof Promise) await adding
    }
    for (const removal of options.removals) {
      const deps = { kind, engine, recall, spoken: entities }
      made.tombstones.push(...(await retry(`read ${kind.table}`, () => companions(removal, deps))))
    }
    return made
  }
  return { make, forget: recall.clear }
}
