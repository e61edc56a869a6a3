/**
 * One flush: some batches of the log become rows in the store, in two steps, so that the next one can
 * be made ready while the store takes this one. The tables take their rows side by side: each row may
 * be stored again and changes nothing, so that a crash in between is mended by the replay, and a read
 * that is to see them waits for all.
 */
import type { ModelFinder, TokenCounter } from '#domain/model.ts'
import type { PromptFinder } from '#domain/prompt.ts'
import type { LogBatch } from '#eventlog/event-log.ts'
import type { StoredFeed } from '#eventlog/stored-feed.ts'
import type { Engine } from '#store/engine.ts'
import { createBreathe } from './breathe.ts'
import type { DeadLetters } from './dead-letters.ts'
import { type DeliveryDeps, deliver } from './delivery.ts'
import { createEnricher } from './enricher.ts'
import { createEntityParcels, type Made } from './entity-parcels.ts'
import { type EntityTable, OBSERVATIONS, SCORES, TRACES } from './kinds.ts'
import type { Refusal } from './located.ts'
import { createMetricParcels, type MetricParcels } from './metric-parcels.ts'
import { readBatches } from './read-batches.ts'
import { createRecall } from './recall.ts'
import type { Retry } from './retry.ts'
import { createStoredIds } from './stored-ids.ts'
import { gatherNews } from './stored-news.ts'

export interface FlushDeps {
  readonly engine: Engine
  readonly models: ModelFinder
  readonly prompts: PromptFinder
  readonly tokens: TokenCounter
  readonly retry: Retry
  readonly deadLetters: DeadLetters
  /** Where those who watch learn of what is stored; nobody watches when absent. */
  readonly feed?: StoredFeed
  readonly onStored: DeliveryDeps['onStored']
  readonly onRefused: (refusals: readonly Refusal[]) => void
}

interface PrepareOptions {
  /** The batches may have been stored before. */
  readonly isReplay: boolean
  /** The delivery of what was prepared before, if it is under way. */
  readonly before?: Promise<unknown> | undefined
}

/** A flush made ready. */
export interface Prepared {
  /**
   * Resolves once all of it is in the store or among the dead letters, to whether the store refused
   * none: then what was prepared on top of it holds. Rejects when it was aborted.
   */
  deliver(): Promise<boolean>
}

export interface Flush {
  /**
   * Makes rows of what the batches say, on top of what was prepared before. What was prepared MUST be
   * delivered in this order; if it is not, or its delivery fails, `forget` comes before the next one.
   * Rejects when it was aborted, or when the store is asked for too much at once (`isTooLarge`).
   */
  prepare(batches: readonly LogBatch[], options: PrepareOptions): Promise<Prepared>
  /** Forgets what was prepared and what is known of the store. */
  forget(): void
  /** Reads which ids the store holds; until then it is asked for more than need be. */
  learnIds(signal: AbortSignal): Promise<void>
}

const MIB = 1024 * 1024

export function createFlush(deps: FlushDeps): Flush {
  const { engine, retry } = deps
  const observationIds = createStoredIds({ kind: OBSERVATIONS, engine, maxBytes: 64 * MIB, minuteBytes: 8 * MIB })
  const traceIds = createStoredIds({ kind: TRACES, engine, maxBytes: 16 * MIB, minuteBytes: 2 * MIB })
  const scoreIds = createStoredIds({ kind: SCORES, engine, maxBytes: 16 * MIB, minuteBytes: MIB })
  const observationRecall = createRecall(OBSERVATIONS, { engine, ids: observationIds.ids, maxBytes: 64 * MIB })
  const spanDeps = { engine, ids: observationIds.ids, recall: observationRecall }
  const traceRecall = createRecall(TRACES, { engine, ids: traceIds.ids, maxBytes: 32 * MIB })
  const scoreRecall = createRecall(SCORES, { engine, ids: scoreIds.ids, maxBytes: 8 * MIB })
  const observations = createEntityParcels(OBSERVATIONS, { engine, retry, recall: observationRecall })
  const traces = createEntityParcels(TRACES, { engine, retry, recall: traceRecall })
  const scores = createEntityParcels(SCORES, { engine, retry, recall: scoreRecall })
  const metrics = createMetricParcels()

  const deliverEntities = async (table: EntityTable, { parcels, tombstones }: Made) => {
    const refused = await deliver(table, parcels, deps)
    const due = tombstones.filter((parcel) => parcel.isDue?.() ?? true)
    return [...refused, ...(await deliver(table, due, deps))]
  }

  const deliverMetrics = async ({ series, points }: MetricParcels) => {
    const refused = await deliver('metric_series', series, deps)
    return [...refused, ...(await deliver('metric_points', points, deps))]
  }

  const bury = async (refusals: readonly Refusal[]) => {
    if (refusals.length === 0) return
    await retry('keep dead letters', () => deps.deadLetters(refusals))
    deps.onRefused(refusals)
  }

  return {
    async prepare(batches, { isReplay, before }) {
      const breathe = createBreathe()
      const enrich = createEnricher(deps)
      const { sorted, refusals, spans } = await readBatches(batches, { ...spanDeps, isReplay, enrich, breathe })
      const removals = sorted.traceRemovals
      // What goes with a trace is looked for in the store, where it must have arrived.
      if (removals.length > 0) await before
      const options = { breathe, readsAll: isReplay || removals.length > 0, splits: batches.length === 1, removals }
      const [observed, scored, traced] = await Promise.all([
        observations.make(sorted.observations, { ...options, finish: enrich }),
        scores.make(sorted.scores, options),
        traces.make(sorted.traces, { ...options, removals: [] }),
      ])
      const metered = metrics(sorted.metrics)
      const news = deps.feed ? gatherNews({ sorted, spans }, deps.feed) : []
      const unusable = [...refusals, ...observed.refusals, ...scored.refusals, ...traced.refusals]
      return {
        async deliver() {
          const refused = await Promise.all([
            deliverEntities('observations', { ...observed, parcels: [...spans, ...observed.parcels] }),
            deliverEntities('traces', traced),
            deliverEntities('scores', scored),
            deliverMetrics(metered),
          ])
          await bury([...unusable, ...refused.flat()])
          for (const [projectId, told] of news) deps.feed?.publish(projectId, told)
          return refused.every((refusals) => refusals.length === 0)
        },
      }
    },
    forget() {
      observations.forget()
      traces.forget()
      scores.forget()
    },
    async learnIds(signal) {
      for (const { fill } of [traceIds, scoreIds, observationIds]) {
        await retry('read the ids of the store', () => fill(createBreathe(), signal))
      }
    },
  }
}
