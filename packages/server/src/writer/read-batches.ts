import type { LogBatch } from '#eventlog/event-log.ts'
import { decodeBatches, type Refusal, type Sorted, sortByEntity } from './located.ts'
import { createWholeSpans, type WholeSpan, type WholeSpansDeps } from './whole-spans.ts'

interface ReadOptions extends WholeSpansDeps {
  /** The batches may have been stored before. */
  readonly isReplay: boolean
}

interface ReadBatches {
  readonly sorted: Sorted
  readonly refusals: readonly Refusal[]
  /** Rows already. */
  readonly spans: readonly WholeSpan[]
}

/**
 * What the batches of a flush say. A removed trace takes along what stands before it in the log: where there is one, no
 * span is made into a row before the rest is known. Nor is one that the store may hold.
 */
export async function readBatches(
  batches: readonly LogBatch[],
  { isReplay, ...deps }: ReadOptions,
): Promise<ReadBatches> {
  const { breathe } = deps
  const spans = createWholeSpans(deps)
  const { changes, refusals } = await decodeBatches(batches, { breathe, sift: isReplay ? undefined : spans.take })
  const sorted = sortByEntity(changes)
  if (isReplay || sorted.traceRemovals.length === 0) return { sorted, refusals, spans: spans.parcels() }
  spans.undo()
  const all = await decodeBatches(batches, { breathe })
  return { sorted: sortByEntity(all.changes), refusals: all.refusals, spans: [] }
}
