import type { Filter } from '#domain/filter.ts'
import type { Score } from '#domain/score.ts'
import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { optionalTextOf, textOf } from '#store/rows/cells.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { all, f64, type Sql, sql } from '#store/sql.ts'
import { countRows, type DatedRows, filteredRows } from './by-day.ts'
import { filterSql } from './filter-sql.ts'
import { loadRows, TRACE_TIME, WHOLE } from './load-rows.ts'
import { newestFirst } from './newest-first.ts'
import { findNewest, type Page, type PageRequest } from './page.ts'
import { ofProject, type Reader } from './reader.ts'
import { tracesById } from './trace-facts.ts'

export interface ScoresQuestion extends PageRequest {
  readonly filters: readonly Filter[]
  /** `value` compared with a number; `!=` is not in the filter language. */
  readonly unequalTo?: number | undefined
  /** Only scores of traces, and no corrections: what v1 knows. */
  readonly isTraceOnly: boolean
  /**
   * Give each score its trace. A score whose trace does not exist is then left out of the list
   * (public-api contract §7.4).
   */
  readonly withTrace: boolean
  /** Milliseconds since the epoch: where the newest scores are looked for. */
  readonly now?: number
}

export interface ListedScore {
  readonly score: Score
  readonly trace: Trace | undefined
}

/** One page of scores, newest first, with an exact total. @throws AppError `bad_request` as `filterSql` */
export async function findScores(reader: Reader, question: ScoresQuestion): Promise<Page<ListedScore>> {
  const where = await conditionOf(reader, question)
  const isOfTime = question.filters.every(({ type }) => type === 'datetime')
  const listing = {
    from: sql`scores FINAL`,
    where,
    rows: countedRows(reader, question, where),
    time: TRACE_TIME,
    columns: sql`id, timestamp, trace_id`,
    now: isOfTime ? question.now : undefined,
  }
  if (!question.withTrace) return shown(reader, await findNewest(reader, listing, question))
  const { now } = listing
  return (
    (now !== undefined && (await findNearWithTraces(reader, { question, now, rows: listing.rows }))) ||
    withTraces(reader, await findNewest(reader, { ...listing, now: undefined }, question))
  )
}

type Traces = ReadonlyMap<string, Trace>

/** The scores of a page's keys. */
async function shown(reader: Reader, page: Page<Row>, traces?: Traces): Promise<Page<ListedScore>> {
  const rows = await loadRows(reader, { table: sql`scores`, time: TRACE_TIME, columns: WHOLE }, page.values)
  const values = rows.map((row): ListedScore => {
    const { entity: score } = fromScoreRow(row)
    return { score, trace: traces?.get(score.traceId ?? '') }
  })
  return { ...page, values }
}

const withTraces = async (reader: Reader, page: Page<Row>): Promise<Page<ListedScore>> =>
  shown(reader, page, await tracesOf(reader, page.values))

function tracesOf(reader: Reader, keys: readonly Row[]): Promise<Traces> {
  return tracesById(reader, [...new Set(keys.flatMap((key) => optionalTextOf(key, 'trace_id') ?? []))])
}

/** Up to here the rows before a page are found along with it. */
const MAX_NEAR = 500

interface NearQuestion {
  readonly question: ScoresQuestion
  readonly now: number
  readonly rows: DatedRows
}

/**
 * The page from the newest scores with and without a trace, beside the count. Undefined where so many of them have
 * lost theirs that the page is not full.
 */
async function findNearWithTraces(
  reader: Reader,
  { question, now, rows }: NearQuestion,
): Promise<Page<ListedScore> | undefined> {
  const { page, limit } = question
  const reach = page * limit
  if (reach > MAX_NEAR) return undefined
  const [totalItems, found] = await Promise.all([countRows(reader, rows), newestScores(reader, question, now)])
  const { traces } = found
  const keys = found.keys.filter((key) => textOf(key, 'trace_id') === '' || traces.has(textOf(key, 'trace_id')))
  if (keys.length < reach && found.keys.length === 2 * reach) return undefined
  return shown(reader, { values: keys.slice(reach - limit, reach), totalItems }, traces)
}

/** Twice as many as the page and those before it have, and their traces. */
async function newestScores(reader: Reader, question: ScoresQuestion, now: number) {
  const keys = await newestFirst(reader, {
    from: sql`scores FINAL`,
    where: all(ownConditions(reader, question)),
    time: TRACE_TIME,
    columns: sql`id, timestamp, trace_id`,
    after: undefined,
    limit: 2 * question.page * question.limit,
    now,
  })
  return { keys, traces: await tracesOf(reader, keys) }
}

function countedRows(reader: Reader, question: ScoresQuestion, where: Sql): DatedRows {
  const rows = ownRows(reader, question)
  return question.withTrace ? { ...rows, where, isKept: false } : rows
}

/** Without a look at traces. */
function ownRows(reader: Reader, question: ScoresQuestion): DatedRows {
  const rows = filteredRows(reader, 'scores', question.filters)
  return { ...rows, where: all([rows.where, ...plainConditions(question)]) }
}

function plainConditions({ unequalTo, isTraceOnly }: ScoresQuestion): Sql[] {
  const conditions: Sql[] = []
  if (unequalTo !== undefined) conditions.push(sql`value != ${f64(unequalTo)}`)
  if (isTraceOnly) conditions.push(sql`trace_id != '' AND data_type != 'CORRECTION'`)
  return conditions
}

const ownConditions = (reader: Reader, question: ScoresQuestion): Sql[] => [
  ofProject(reader.projectId),
  filterSql('scores', question.filters, reader.projectId),
  ...plainConditions(question),
]

async function conditionOf(reader: Reader, question: ScoresQuestion): Promise<Sql> {
  const conditions = ownConditions(reader, question)
  if (!question.withTrace) return all(conditions)
  return all([...conditions, sql`trace_id = '' OR ${await hasTrace(reader, question)}`])
}

/** Ids of the traces of so many scores take about 40 MB, twice. */
const FEW_SCORES = 100_000

/** Of few scores by the ids of their traces, which have an index; of many by 64-bit hashes, a quarter of the memory. */
async function hasTrace(reader: Reader, question: ScoresQuestion): Promise<Sql> {
  const project = ofProject(reader.projectId)
  if (question.filters.length === 0)
    return sql`cityHash64(trace_id) IN (SELECT cityHash64(id) FROM traces FINAL WHERE ${project})`
  const own = all(ownConditions(reader, question))
  if ((await countRows(reader, ownRows(reader, question))) <= FEW_SCORES)
    return sql`trace_id IN (SELECT id FROM traces FINAL WHERE ${project} AND id IN (SELECT trace_id FROM scores WHERE ${own}))`
  return sql`cityHash64(trace_id) IN (SELECT cityHash64(id) FROM traces FINAL WHERE ${project} AND cityHash64(id) IN (SELECT cityHash64(trace_id) FROM scores WHERE ${own}))`
}
