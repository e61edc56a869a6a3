import type { RemovalChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import type { Engine } from '#store/engine.ts'
import type { Breathe } from './breathe.ts'
import { type Evolved, evolve, rowsOf } from './evolve.ts'
import type { Kind } from './kinds.ts'
import { type EntityChange, type Located, type Refusal, reasonOf, type StepsByEntity } from './located.ts'
import { type Parcel, stampOf } from './parcel.ts'
import { createRecall, type RecallOptions } from './recall.ts'
import { companions } from './removals.ts'
import type { Retry } from './retry.ts'

export interface EntityParcelsDeps<T> {
  readonly engine: Pick<Engine, 'query'>
  readonly retry: Retry
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

export type EntityParcels<C extends EntityChange> = (
  entities: StepsByEntity<C>,
  options: ParcelsOptions,
) => Promise<Made>

/** Turns what a flush says about the entities of one kind into the rows to store. */
export function createEntityParcels<C extends EntityChange, T extends object>(
  kind: Kind<C, T>,
  { engine, retry, maxBytes, finish }: EntityParcelsDeps<T>,
): EntityParcels<C> {
  const recall = createRecall(kind, engine, maxBytes)

  const add = async (made: Made, key: string, evolved: Evolved<T>) => {
    const { version, sources } = evolved
    const after = evolved.after && finish ? await finish(evolved.after) : evolved.after
    const { row, tombstones } = rowsOf(kind, { ...evolved, after })
    const stamp = stampOf(key, version)
    let isRefused = false
    const settle = (isStored: boolean) => {
      isRefused = !isStored
      if (isStored) recall.remember(key, { version, folded: after })
      else recall.forget(key)
    }
    if (row) made.parcels.push({ rows: [row], sources, stamp, settle })
    if (tombstones.length > 0) {
      const isDue = () => !isRefused
      made.tombstones.push({ rows: tombstones, sources, stamp: `${stamp} left`, isDue, ...(!row && { settle }) })
    }
  }

  return async (entities, options) => {
    const made: Made = { parcels: [], tombstones: [], refusals: [] }
    const known = await retry(`read ${kind.table}`, () => recall.of(entities, options))
    for (const [key, { steps }] of entities) {
      await options.breathe()
      const { evolved, refusals } = evolve(kind, known.get(key), steps)
      made.refusals.push(...refusals)
      if (!evolved) continue
      try {
        await add(made, key, evolved)
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
}
