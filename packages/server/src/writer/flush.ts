/**
 * One flush: some batches of the log become rows in the store. What a trace consists of is stored
 * before the trace itself, so that a trace that is visible is whole.
 */
import type { ModelFinder, TokenCounter } from '#domain/model.ts'
import type { PromptFinder } from '#domain/prompt.ts'
import type { LogBatch } from '#eventlog/event-log.ts'
import type { Engine } from '#store/engine.ts'
import { createBreathe } from './breathe.ts'
import type { DeadLetters } from './dead-letters.ts'
import { type DeliveryDeps, deliver } from './delivery.ts'
import { createEnricher } from './enricher.ts'
import { createEntityParcels, type Made } from './entity-parcels.ts'
import { type EntityTable, OBSERVATIONS, SCORES, TRACES } from './kinds.ts'
import { decodeBatches, type Refusal, sortByEntity } from './located.ts'
import { createMetricParcels } from './metric-parcels.ts'
import { isTooLarge } from './recall.ts'
import type { Retry } from './retry.ts'

export interface FlushDeps {
  readonly engine: Engine
  readonly models: ModelFinder
  readonly prompts: PromptFinder
  readonly tokens: TokenCounter
  readonly retry: Retry
  readonly deadLetters: DeadLetters
  readonly onStored: DeliveryDeps['onStored']
  readonly onRefused: (refusals: readonly Refusal[]) => void
}

interface FlushOptions {
  /** The batches may have been stored before. */
  readonly isReplay: boolean
}

/**
 * Stores what the batches say. Resolves once all of it is in the store or among the dead letters;
 * may be repeated with the same batches. Rejects when it was aborted, or when the store is too
 * slow to be asked about a single batch.
 */
export type Flush = (batches: readonly LogBatch[], options: FlushOptions) => Promise<void>

const MIB = 1024 * 1024

export function createFlush(deps: FlushDeps): Flush {
  const { engine, retry } = deps
  const finish = createEnricher(deps)
  const observations = createEntityParcels(OBSERVATIONS, { engine, retry, finish, maxBytes: 64 * MIB })
  const traces = createEntityParcels(TRACES, { engine, retry, maxBytes: 32 * MIB })
  const scores = createEntityParcels(SCORES, { engine, retry, maxBytes: 8 * MIB })
  const metrics = createMetricParcels()

  const flushOnce: Flush = async (batches, { isReplay }) => {
    const breathe = createBreathe()
    const { changes, refusals } = await decodeBatches(batches, breathe)
    const sorted = sortByEntity(changes)
    const options = {
      breathe,
      readsAll: isReplay || sorted.traceRemovals.length > 0,
      splits: batches.length === 1,
      removals: sorted.traceRemovals,
    }
    const [observed, scored, traced] = await Promise.all([
      observations(sorted.observations, options),
      scores(sorted.scores, options),
      traces(sorted.traces, { ...options, removals: [] }),
    ])
    const { series, points } = metrics(sorted.metrics)
    const refused = await Promise.all([
      deliverEntities('observations', observed),
      deliverEntities('scores', scored),
      deliver('metric_series', series, deps),
    ])
    refused.push(await deliver('metric_points', points, deps), await deliverEntities('traces', traced))
    await bury([...refusals, ...observed.refusals, ...scored.refusals, ...traced.refusals, ...refused.flat()])
  }

  const deliverEntities = async (table: EntityTable, { parcels, tombstones }: Made) => {
    const refused = await deliver(table, parcels, deps)
    const due = tombstones.filter((parcel) => parcel.isDue?.() ?? true)
    return [...refused, ...(await deliver(table, due, deps))]
  }

  const bury = async (refusals: readonly Refusal[]) => {
    if (refusals.length === 0) return
    await retry('keep dead letters', () => deps.deadLetters(refusals))
    deps.onRefused(refusals)
  }

  const flush: Flush = async (batches, options) => {
    try {
      await flushOnce(batches, options)
    } catch (error) {
      if (batches.length < 2 || !isTooLarge(error)) throw error
      const middle = Math.ceil(batches.length / 2)
      await flush(batches.slice(0, middle), options)
      await flush(batches.slice(middle), options)
    }
  }
  return flush
}
