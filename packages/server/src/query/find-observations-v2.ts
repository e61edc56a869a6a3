import type { Filter } from '#domain/filter.ts'
import type { Observation } from '#domain/observation.ts'
import type { Trace } from '#domain/trace.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { type Sql, sql } from '#store/sql.ts'
import { filterSql } from './filter-sql.ts'
import { HIDDEN, loadRows, OBSERVATION_TIME, WHOLE, WITHOUT_PAYLOADS } from './load-rows.ts'
import { newestFirst } from './newest-first.ts'
import { observationToken, type Place } from './page-token.ts'
import { ofProject, type Reader } from './reader.ts'
import { rootNames, tracesById } from './trace-facts.ts'

/** Parts of an observation that cost something to read. */
interface ObservationParts {
  readonly io: boolean
  readonly metadata: boolean
  /** What its trace says: user, session, tags, release, flags. */
  readonly trace: boolean
  readonly traceName: boolean
}

export interface ObservationsV2Question {
  readonly filters: readonly Filter[]
  readonly after: Place | undefined
  /** 0 gives no rows. */
  readonly limit: number
  readonly parts: ObservationParts
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface ListedObservation {
  readonly observation: Observation
  /** Undefined when it was not asked for or when there is none. */
  readonly trace: Trace | undefined
  /** The span's own word, the trace's name, or the name of the trace's root observation. */
  readonly traceName: string | undefined
}

export interface ObservationsV2 {
  readonly values: readonly ListedObservation[]
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined
}

/** The observations that fulfil all filters, newest start first. @throws AppError `bad_request` as `filterSql` */
export async function findObservationsV2(reader: Reader, question: ObservationsV2Question): Promise<ObservationsV2> {
  const { limit, parts } = question
  const where = sql`${ofProject(reader.projectId)} AND ${filterSql('observationsV2', question.filters, reader.projectId)}`
  if (limit === 0) return { values: [], cursor: undefined }
  const keys = await newestFirst(reader, {
    from: sql`observations FINAL`,
    where,
    time: OBSERVATION_TIME,
    columns: sql`id, start_time`,
    after: question.after,
    limit: limit + 1,
    now: question.now,
  })
  const source = { table: sql`observations`, time: OBSERVATION_TIME, columns: columnsOf(parts) }
  const rows = await loadRows(reader, source, keys.slice(0, limit))
  const observations = rows.map((row) => fromObservationRow(row).entity)
  const last = observations.at(-1)
  return {
    values: await withTraces(reader, observations, parts),
    cursor: keys.length > limit && last ? observationToken({ ...last, time: last.startTime }) : undefined,
  }
}

function columnsOf({ io, metadata }: ObservationParts): Sql {
  if (io) return metadata ? WHOLE : sql`* EXCEPT (${HIDDEN}, metadata)`
  return metadata ? sql`* EXCEPT (${HIDDEN}, input, output)` : WITHOUT_PAYLOADS
}

async function withTraces(
  reader: Reader,
  observations: readonly Observation[],
  parts: ObservationParts,
): Promise<ListedObservation[]> {
  const traces =
    parts.trace || parts.traceName ? await tracesById(reader, traceIdsOf(observations)) : new Map<string, Trace>()
  const nameless = observations.filter(({ traceId, traceName }) => !traceName && !traces.get(traceId)?.name)
  const roots = parts.traceName ? await rootNames(reader, traceIdsOf(nameless)) : new Map<string, string>()
  return observations.map((observation) => {
    const trace = traces.get(observation.traceId)
    const traceName = observation.traceName ?? trace?.name ?? (roots.get(observation.traceId) || undefined)
    return { observation, trace, traceName: parts.traceName ? traceName : undefined }
  })
}

const traceIdsOf = (observations: readonly Observation[]) => [...new Set(observations.map(({ traceId }) => traceId))]
