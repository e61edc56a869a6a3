import type { Experiment } from '#domain/change.ts'
import type { Filter } from '#domain/filter.ts'
import type { Observation } from '#domain/observation.ts'
import type { Nanos } from '#domain/time.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { type Sql, sql } from '#store/sql.ts'
import { findUnseenItems } from './experiment-items-registered.ts'
import { type ExperimentSource, isItem } from './experiment-source.ts'
import { spansWithin } from './experiments.ts'
import { loadRows, OBSERVATION_TIME } from './load-rows.ts'
import { newestFirst } from './newest-first.ts'
import { experimentItemToken, type Place } from './page-token.ts'

export interface ExperimentItemsQuestion {
  /** Inclusive. */
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos | undefined
  readonly filters: readonly Filter[]
  readonly after: Place | undefined
  readonly limit: number
  /** Input, output and expected output are read only when they are asked for, as is metadata of any kind. */
  readonly parts: { readonly io: boolean; readonly metadata: boolean }
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What was done for one item in an experiment. */
export interface ExperimentItem
  extends Pick<
    Observation,
    'traceId' | 'startTime' | 'endTime' | 'level' | 'environment' | 'input' | 'output' | 'metadata'
  > {
  /** Of the observation that stands for the item; of the trace when no observation does. */
  readonly id: string
  readonly experiment: Experiment
  /** Its place in the list. */
  readonly time: Nanos
}

export interface ExperimentItems {
  readonly values: readonly ExperimentItem[]
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined
}

/**
 * The items of experiments, the newest first: by the start of their span, or for what was registered and
 * has no span by the instant of its registration. @throws AppError `bad_request` as `filterSql`
 */
export async function findExperimentItems(
  source: ExperimentSource,
  question: ExperimentItemsQuestion,
): Promise<ExperimentItems> {
  const more = { ...question, limit: question.limit + 1 }
  const [seen, registered] = await Promise.all([inSpans(source, more), findUnseenItems(source, more)])
  const found = [...seen, ...registered].sort(newestPlaceFirst)
  const values = found.slice(0, question.limit)
  const last = values.at(-1)
  const isMore = found.length > question.limit
  return {
    values,
    cursor: isMore && last ? experimentItemToken({ ...last, experimentId: last.experiment.id ?? '' }) : undefined,
  }
}

function newestPlaceFirst(one: ExperimentItem, other: ExperimentItem): number {
  if (one.time !== other.time) return one.time < other.time ? 1 : -1
  return one.id < other.id ? 1 : -1
}

async function inSpans(source: ExperimentSource, question: ExperimentItemsQuestion): Promise<ExperimentItem[]> {
  const { after, limit, now, parts } = question
  const keys = await newestFirst(source.reader, {
    from: sql`observations FINAL`,
    where: sql`${await spansWithin(source, 'experimentItems', question)} AND ${isItem}`,
    time: OBSERVATION_TIME,
    columns: sql`id, start_time`,
    after,
    limit,
    now,
  })
  const table = { table: sql`observations`, time: OBSERVATION_TIME, columns: columnsOf(parts) }
  const rows = await loadRows(source.reader, table, keys)
  return rows.map((row) => {
    const { entity } = fromObservationRow(row)
    return { ...entity, time: entity.startTime }
  })
}

const EXPERIMENT = sql`id, trace_id, project_id, start_time, end_time, level, environment, experiment_id, experiment_name, experiment_description, experiment_dataset_id, experiment_item_id, experiment_item_version`

/** The columns of an item of spans. */
function columnsOf({ io, metadata }: ExperimentItemsQuestion['parts']): Sql {
  const payloads = io ? sql`, input, output, experiment_item_expected_output` : sql``
  return metadata
    ? sql`${EXPERIMENT}${payloads}, metadata, experiment_metadata, experiment_item_metadata`
    : sql`${EXPERIMENT}${payloads}`
}
