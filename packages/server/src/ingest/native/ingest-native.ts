/**
 * xtrace's own batch (xtrace-native contract §3): at most one trace and any number of observations
 * go in, changes and a list of refused records come out. Pure. Records are upserts by id and merge
 * in the order in which they arrive, so that a later one adds to an earlier one and a repeated one
 * changes nothing.
 */
import { NativeBatchEnvelope, type NativeFailure, NativeObservation, NativeTrace } from '@xtrace/contract'
import type { Change, ObservationChange, TraceChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { IngestContext } from '#ingest/context.ts'
import { placeholderTraces } from '#ingest/placeholder.ts'
import { failure, problemOf } from './failure.ts'
import { toObservationChange } from './observation-change.ts'
import { toTraceChange } from './trace-change.ts'

export interface NativeOutcome {
  readonly changes: readonly Change[]
  readonly failed: readonly NativeFailure[]
}

/** @throws AppError `bad_request`, naming the field, when nothing in the body is usable */
export function ingestNative(body: unknown, context: IngestContext): NativeOutcome {
  const envelope = NativeBatchEnvelope.safeParse(body)
  if (!envelope.success) throw new AppError('bad_request', problemOf('', envelope.error))
  const failed: NativeFailure[] = []
  const traces = readTrace(envelope.data.trace, context, failed)
  const observations = readObservations(envelope.data.observations ?? [], context, failed)
  const [first] = failed
  if (first && traces.length + observations.length === 0) throw new AppError('bad_request', first.message)
  return { changes: [...traces, ...placeholderTraces(observations), ...observations], failed }
}

function readTrace(sent: unknown, context: IngestContext, failed: NativeFailure[]): TraceChange[] {
  if (sent === undefined || sent === null) return []
  const trace = NativeTrace.safeParse(sent)
  if (trace.success) return [toTraceChange(trace.data, context)]
  failed.push(failure(sent, null, problemOf('trace', trace.error)))
  return []
}

function readObservations(
  list: readonly unknown[],
  context: IngestContext,
  failed: NativeFailure[],
): ObservationChange[] {
  return list.flatMap((sent, index) => {
    const observation = NativeObservation.safeParse(sent)
    if (observation.success) return [toObservationChange(observation.data, context)]
    failed.push(failure(sent, index, problemOf(`observations[${index}]`, observation.error)))
    return []
  })
}
