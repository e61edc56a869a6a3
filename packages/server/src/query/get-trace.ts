import { AppError } from '#domain/errors.ts'
import { spellings } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import type { Score } from '#domain/score.ts'
import type { Trace } from '#domain/trace.ts'
import { numberOf } from '#store/rows/cells.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { type Sql, sql, str } from '#store/sql.ts'
import type { TraceMetrics, TraceParts } from './find-traces.ts'
import { OBSERVATION_V1, OBSERVATION_V1_FACTS, WHOLE, WITHOUT_PAYLOADS } from './load-rows.ts'
import { ask, atKeys, isAmong, ofProject, type Reader } from './reader.ts'

/** A trace with all that belongs to it. What was not asked for is empty or undefined. */
export interface WholeTrace {
  readonly trace: Trace
  /** By start, oldest first. */
  readonly observations: readonly Observation[]
  /** Newest first; corrections are left out. */
  readonly scores: readonly Score[]
  readonly metrics: TraceMetrics | undefined
}

export interface TraceQuestion {
  /** Found under either spelling of a UUID. */
  readonly id: string
  readonly parts: TraceParts
  /** Bytes of payloads that an answer may hold. */
  readonly maxBytes: number
}

/**
 * One trace by id; undefined when the project has none.
 * @throws AppError `result_too_large` when its payloads come to more than `maxBytes`
 */
export async function findTrace(reader: Reader, question: TraceQuestion): Promise<WholeTrace | undefined> {
  const { parts } = question
  const [trace, observations, scores] = await Promise.all([
    traceOf(reader, question),
    parts.observations || parts.metrics ? observationsOf(reader, question) : [],
    parts.scores ? scoresOf(reader, question) : [],
  ])
  if (!trace) return undefined
  return {
    trace,
    observations: parts.observations ? observations : [],
    scores,
    metrics: parts.metrics ? metricsOf(observations) : undefined,
  }
}

async function traceOf(reader: Reader, { id, parts }: TraceQuestion): Promise<Trace | undefined> {
  const columns = parts.io ? WHOLE : WITHOUT_PAYLOADS
  const [row] = await ask(
    reader,
    sql`SELECT ${columns} FROM traces FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
  )
  return row && fromTraceRow(row).entity
}

async function observationsOf(reader: Reader, question: TraceQuestion): Promise<Observation[]> {
  const { id, parts, maxBytes } = question
  const isWhole = parts.io && parts.observations
  const rows = await ask(
    reader,
    sql`SELECT ${columnsOf(parts)} FROM observations FINAL ${atKeys(reader, sql`trace_id`, spellings(id))} ORDER BY start_time, id`,
  ).catch(async (error: unknown) => {
    // Past the engine's limit of one result; what it would have come to is asked for only then.
    const isTooLarge = error instanceof AppError && error.code === 'result_too_large'
    throw isWhole && isTooLarge ? tooLarge(question, await payloadBytesOf(reader, question)) : error
  })
  const observations = rows.map((row) => fromObservationRow(row).entity)
  const bytes = isWhole ? observations.reduce((sum, observation) => sum + payloadBytes(observation), 0) : 0
  if (bytes > maxBytes) throw tooLarge(question, bytes)
  return observations
}

/** Sums need no more than times and costs. */
function columnsOf({ io, observations }: TraceParts): Sql {
  if (!observations) return sql`project_id, id, trace_id, start_time, end_time, total_cost`
  return io ? OBSERVATION_V1 : OBSERVATION_V1_FACTS
}

const payloadBytes = ({ input, output, metadata }: Observation): number =>
  [input, output, metadata].reduce((sum, text) => sum + (text === undefined ? 0 : Buffer.byteLength(text)), 0)

async function payloadBytesOf(reader: Reader, { id }: TraceQuestion): Promise<number> {
  const [row = {}] = await ask(
    reader,
    sql`SELECT sum(length(input) + length(output) + length(metadata)) AS bytes FROM observations FINAL ${atKeys(reader, sql`trace_id`, spellings(id))}`,
  )
  return numberOf(row, 'bytes')
}

const tooLarge = ({ id, maxBytes }: TraceQuestion, bytes: number): AppError =>
  new AppError(
    'result_too_large',
    `The observations of trace ${id} hold ${bytes} bytes of input, output and metadata, more than the ${maxBytes} that one answer may have; ask with fields=core,scores,observations,metrics, or page through /api/public/v2/observations?traceId=${id}.`,
  )

async function scoresOf(reader: Reader, { id }: TraceQuestion): Promise<Score[]> {
  const rows = await ask(
    reader,
    sql`SELECT ${WHOLE} FROM scores FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(sql`trace_id`, spellings(id))} AND data_type != 'CORRECTION' ORDER BY timestamp DESC, id DESC`,
  )
  return rows.map((row) => fromScoreRow(row).entity)
}

/**
 * Latency: last end less first start; without any end, last start less first start (public-api
 * contract §4.2). The observations are in order of start.
 */
function metricsOf(observations: readonly Observation[]): TraceMetrics {
  const totalCost = observations.reduce((sum, observation) => sum + (observation.totalCost ?? 0), 0)
  const first = observations[0]?.startTime ?? 0n
  const ends = observations.flatMap(({ endTime }) => endTime ?? [])
  const last = ends.sort(ascending).at(-1) ?? observations.at(-1)?.startTime ?? first
  return { totalCost, latency: Number(last - first) / 1e9 }
}

function ascending(a: bigint, b: bigint): number {
  return a === b ? 0 : Number(a > b) * 2 - 1
}
