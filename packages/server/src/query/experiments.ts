import type { RunActivity, TimeWindow } from '#catalog/dataset-runs.ts'
import type { Filter } from '#domain/filter.ts'
import { MAX_NANOS, msFromNanos, type Nanos, nanosFromMs } from '#domain/time.ts'
import { groupBy } from '#lib/group.ts'
import type { Row } from '#store/engine.ts'
import { nanosOf, numberOf, optionalTextOf, textOf } from '#store/rows/cells.ts'
import { instant, type Sql, sql } from '#store/sql.ts'
import { holdsFor } from './experiment-filter.ts'
import { itemKey, itemKeysInSpans } from './experiment-run-items.ts'
import { type ExperimentSource, experimentSpans, isItem, latest } from './experiment-source.ts'
import { filterSql } from './filter-sql.ts'
import { experimentToken, type Place } from './page-token.ts'
import { ask, heavily, isAmong } from './reader.ts'

export interface ExperimentsQuestion {
  /** Inclusive. */
  readonly from: Nanos
  /** Exclusive. */
  readonly to: Nanos | undefined
  readonly filters: readonly Filter[]
  readonly after: Place | undefined
  readonly limit: number
  readonly withMetadata: boolean
}

/** An experiment as far as it lies in the window asked for. */
export interface ExperimentSummary {
  readonly id: string
  readonly name: string
  readonly description: string | undefined
  readonly datasetId: string | undefined
  readonly startTime: Nanos
  /** Of its latest activity. */
  readonly endTime: Nanos
  readonly itemCount: number
  /** JSON text; undefined when it was not asked for too. */
  readonly metadata: string | undefined
}

export interface Experiments {
  readonly values: readonly ExperimentSummary[]
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined
}

/**
 * The experiments that were active in the window, the latest active first. What was registered counts at
 * the instant of its registration. @throws AppError `bad_request` as `filterSql`
 */
export async function findExperiments(source: ExperimentSource, question: ExperimentsQuestion): Promise<Experiments> {
  const [seen, registered] = await Promise.all([
    inSpans(source, question),
    source.runs.activity(source.reader.projectId, windowOf(question)),
  ])
  const wanted = registered.filter(({ run: { id, name, datasetId } }) =>
    holdsFor('experiments', question.filters, { id, name, datasetId }),
  )
  const all = merged(seen, wanted)
  const rest = [...all.values()].filter(isBehind(question.after)).sort(newestFirst)
  const page = rest.slice(0, question.limit)
  const last = page.at(-1)
  const isMore = rest.length > question.limit
  return {
    values: await completed(source, question, page),
    cursor: isMore && last ? experimentToken({ time: last.summary.endTime, id: last.summary.id }) : undefined,
  }
}

/** Milliseconds for the catalogue, whose instants have no finer ones. */
export const windowOf = ({ from, to }: Pick<ExperimentsQuestion, 'from' | 'to'>): TimeWindow => ({
  from: msFromNanos(from),
  to: msFromNanos(to ?? MAX_NANOS),
})

/** The spans of the window that the filters leave. */
export async function spansWithin(
  source: ExperimentSource,
  view: 'experiments' | 'experimentItems',
  { from, to, filters }: Pick<ExperimentsQuestion, 'from' | 'to' | 'filters'>,
): Promise<Sql> {
  const spans = await experimentSpans(source)
  const wanted = filterSql(view, filters, source.reader.projectId)
  const until = to === undefined ? sql`1` : sql`start_time < ${instant(to)}`
  return sql`${spans} AND start_time >= ${instant(from)} AND ${until} AND ${wanted}`
}

interface Candidate {
  readonly summary: ExperimentSummary
  readonly isSeen: boolean
  readonly registered: RunActivity | undefined
}

function isBehind(after: Place | undefined): (candidate: Candidate) => boolean {
  return ({ summary: { endTime, id } }) => !after || endTime < after.time || (endTime === after.time && id < after.id)
}

function newestFirst({ summary: one }: Candidate, { summary: other }: Candidate): number {
  if (one.endTime !== other.endTime) return one.endTime < other.endTime ? 1 : -1
  return one.id < other.id ? 1 : -1
}

async function inSpans(source: ExperimentSource, question: ExperimentsQuestion): Promise<ExperimentSummary[]> {
  const spans = await spansWithin(source, 'experiments', question)
  const rows = await ask(
    heavily(source.reader),
    sql`SELECT experiment_id, ${latest(sql`experiment_name`)} AS run_name, ${latest(sql`experiment_description`)} AS run_description, ${latest(sql`experiment_dataset_id`)} AS run_dataset_id, min(start_time) AS first, max(ifNull(end_time, start_time)) AS last, uniqExactIf((trace_id, experiment_item_id), ${isItem}) AS items FROM observations FINAL WHERE ${spans} GROUP BY experiment_id`,
  )
  return rows.map(summaryOf)
}

const summaryOf = (row: Row): ExperimentSummary => ({
  id: textOf(row, 'experiment_id'),
  name: textOf(row, 'run_name'),
  description: optionalTextOf(row, 'run_description'),
  datasetId: optionalTextOf(row, 'run_dataset_id'),
  startTime: nanosOf(row, 'first'),
  endTime: nanosOf(row, 'last'),
  itemCount: numberOf(row, 'items'),
  metadata: undefined,
})

/** What was registered of a run says more than its spans: its first description and its metadata stand. */
function merged(seen: readonly ExperimentSummary[], registered: readonly RunActivity[]): Map<string, Candidate> {
  const candidates = new Map<string, Candidate>(
    seen.map((summary) => [summary.id, { summary, isSeen: true, registered: undefined }]),
  )
  for (const activity of registered) {
    const { run, items, first, last } = activity
    const spans = candidates.get(run.id)?.summary
    const [from, to] = [nanosFromMs(first), nanosFromMs(last)]
    const summary = {
      id: run.id,
      name: run.name,
      description: run.description ?? spans?.description,
      datasetId: run.datasetId,
      startTime: spans && spans.startTime < from ? spans.startTime : from,
      endTime: spans && spans.endTime > to ? spans.endTime : to,
      itemCount: spans?.itemCount ?? items,
      metadata: run.metadata,
    }
    candidates.set(run.id, { summary, isSeen: spans !== undefined, registered: activity })
  }
  return candidates
}

/** Adds to the experiments of a page what takes a look at each. */
async function completed(
  source: ExperimentSource,
  question: ExperimentsQuestion,
  page: readonly Candidate[],
): Promise<ExperimentSummary[]> {
  const [unseen, metadata] = await Promise.all([
    countUnseen(source, question, page),
    question.withMetadata ? metadataInSpans(source, question, page) : new Map<string, string | undefined>(),
  ])
  return page.map(({ summary }) => ({
    ...summary,
    itemCount: summary.itemCount + (unseen.get(summary.id) ?? 0),
    metadata: question.withMetadata ? (summary.metadata ?? metadata.get(summary.id)) : undefined,
  }))
}

/** Run id → items that were registered in the window and that no span tells of, for runs that have spans too. */
async function countUnseen(
  source: ExperimentSource,
  question: ExperimentsQuestion,
  page: readonly Candidate[],
): Promise<ReadonlyMap<string, number>> {
  const both = page.filter(({ isSeen, registered }) => isSeen && registered)
  const runIds = both.map(({ summary }) => summary.id)
  if (runIds.length === 0) return new Map()
  const limit = both.reduce((sum, { registered }) => sum + (registered?.items ?? 0), 0)
  const [items, keys] = await Promise.all([
    source.runs.itemsWithin(source.reader.projectId, { ...windowOf(question), runIds, limit, offset: 0 }),
    itemKeysInSpans(source, runIds),
  ])
  const unseen = items.filter((item) => !keys.has(itemKey(item)))
  return new Map([...groupBy(unseen, ({ runId }) => runId)].map(([id, group]) => [id, group.length]))
}

async function metadataInSpans(
  source: ExperimentSource,
  question: ExperimentsQuestion,
  page: readonly Candidate[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const ids = page.filter(({ isSeen }) => isSeen).map(({ summary }) => summary.id)
  const spans = await spansWithin(source, 'experiments', question)
  const rows = await ask(
    source.reader,
    sql`SELECT experiment_id, ${latest(sql`experiment_metadata`)} AS run_metadata FROM observations FINAL WHERE ${spans} AND ${isAmong(sql`experiment_id`, ids)} GROUP BY experiment_id`,
  )
  return new Map(rows.map((row) => [textOf(row, 'experiment_id'), optionalTextOf(row, 'run_metadata')]))
}
