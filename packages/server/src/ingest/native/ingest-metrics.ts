/**
 * Points of metrics (xtrace-native contract §4): appended, never merged. Pure. The points that are
 * valid are kept beside those that are not.
 */
import { type NativeFailure, NativeMetricPoint, NativeMetricsEnvelope } from '@xtrace/contract'
import type { MetricPoint, MetricsChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { nanosFromMs } from '#domain/time.ts'
import type { IngestContext } from '#ingest/context.ts'
import { changeBase, instant } from '#ingest/sent.ts'
import { failure, problemOf } from './failure.ts'

export interface MetricsOutcome {
  readonly changes: readonly MetricsChange[]
  readonly failed: readonly NativeFailure[]
}

/**
 * A point without a timestamp gets `context.receivedAt`: with an idempotency key that MUST be the
 * instant at which the key was first taken, so that a repeated request makes the same points.
 * @throws AppError `bad_request`, naming the field, when nothing in the body is usable
 */
export function ingestMetrics(body: unknown, context: IngestContext, idempotencyKey?: string): MetricsOutcome {
  const envelope = NativeMetricsEnvelope.safeParse(body)
  if (!envelope.success) throw new AppError('bad_request', problemOf('', envelope.error))
  const failed: NativeFailure[] = []
  const points = readPoints(envelope.data.metrics, context, failed)
  const [first] = failed
  if (points.length === 0) {
    if (first) throw new AppError('bad_request', first.message)
    return { changes: [], failed }
  }
  const key = idempotencyKey === undefined ? {} : { idempotencyKey }
  const base = changeBase(context, context.receivedAt)
  return { changes: [{ ...base, kind: 'metrics', ...key, points }], failed }
}

function readPoints(list: readonly unknown[], context: IngestContext, failed: NativeFailure[]): MetricPoint[] {
  return list.flatMap((sent, index) => {
    const point = NativeMetricPoint.safeParse(sent)
    if (point.success) return [toPoint(point.data, context.receivedAt)]
    failed.push(failure(sent, index, problemOf(`metrics[${index}]`, point.error)))
    return []
  })
}

function toPoint({ name, labels, value, timestamp }: NativeMetricPoint, receivedAt: number): MetricPoint {
  return { name, labels: labelTexts(labels ?? {}), value, timestamp: instant(timestamp) ?? nanosFromMs(receivedAt) }
}

function labelTexts(labels: NonNullable<NativeMetricPoint['labels']>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, label]) => (label === null ? [] : [[key, String(label)]])),
  )
}
