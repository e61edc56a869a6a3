import type { Filter } from '#domain/filter.ts'
import { type Nanos, parseIso } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { all, EMPTY, instant, type Sql, sql } from '#store/sql.ts'
import { askCountedUsage, countedDaysSql, findCountedUntil } from './counted-days.ts'
import { filterSql } from './filter-sql.ts'
import { inputTokens, outputTokens, totalTokens } from './measures.ts'
import type { Page, PageRequest } from './page.ts'
import { ask, heavily, ofProject, type Reader } from './reader.ts'

export interface DailyQuestion extends PageRequest {
  /** Conditions on traces: they pick the traces counted and those whose observations are. */
  readonly filters: readonly Filter[]
  /** Bounds on the traces' timestamps and on the observations' starts. */
  readonly times: readonly Extract<Filter, { type: 'datetime' }>[]
}

interface DailyUsage {
  /** As clients named it; undefined for observations without one. */
  readonly model: string | undefined
  readonly inputUsage: number
  readonly outputUsage: number
  readonly totalUsage: number
  readonly totalCost: number
  readonly countObservations: number
  readonly countTraces: number
}

export interface Day {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string
  readonly countTraces: number
  readonly countObservations: number
  /** US dollars. */
  readonly totalCost: number
  /** By model, those with the highest cost first. */
  readonly usage: readonly DailyUsage[]
}

/**
 * Counts and sums by day, newest first: traces by their timestamp, observations by their start and
 * model (public-api contract §12.3). Days without either are left out.
 */
export async function findDailyMetrics(reader: Reader, question: DailyQuestion): Promise<Page<Day>> {
  const { page, limit } = question
  const countedUntil = await findCountedUntil(reader)
  const sources = {
    traces: tracesSql(reader, withRowsFrom(question, countedUntil)),
    observations: observationsSql(reader, withRowsFrom(question, countedUntil)),
    isCounted: countedUntil !== undefined,
  }
  const days = await ask(heavily(reader), daysSql(reader, question, sources))
  const shown = days.slice((page - 1) * limit, page * limit)
  const usage = await usageOf(reader, { question, sources }, shown)
  return { values: shown.map((day) => toDay(day, usage)), totalItems: days.length }
}

/** Where the figures come from: rows, and days that were counted before their rows went. */
interface Sources {
  readonly traces: Sql
  readonly observations: Sql
  readonly isCounted: boolean
}

/** What was counted already is not asked of rows, which may not have gone yet. */
function withRowsFrom(question: DailyQuestion, from: Nanos | undefined): DailyQuestion {
  if (from === undefined) return question
  const bound = { type: 'datetime', column: 'timestamp', operator: '>=', value: from } as const
  return { ...question, times: [...question.times, bound] }
}

function daysSql(reader: Reader, question: DailyQuestion, { traces, observations, isCounted }: Sources): Sql {
  const counted = isCounted ? sql` UNION ALL ${countedDaysSql(reader, question)}` : EMPTY
  return sql`SELECT toString(day) AS date, sum(traces) AS count_traces FROM (SELECT toDate32(timestamp) AS day, count() AS traces ${traces} GROUP BY day UNION ALL SELECT toDate32(start_time) AS day, 0 AS traces ${observations} GROUP BY day${counted}) GROUP BY day ORDER BY day DESC`
}

function tracesSql(reader: Reader, { filters, times }: DailyQuestion): Sql {
  const condition = filterSql('traces', [...filters, ...times], reader.projectId)
  return sql`FROM traces FINAL WHERE ${ofProject(reader.projectId)} AND ${condition}`
}

function observationsSql(reader: Reader, { filters, times }: DailyQuestion): Sql {
  const project = ofProject(reader.projectId)
  const started = times.map((time) => ({ ...time, column: 'startTime' }))
  const conditions = [project, filterSql('observations', started, reader.projectId)]
  if (filters.length > 0)
    conditions.push(
      sql`trace_id IN (SELECT id FROM traces FINAL WHERE ${project} AND ${filterSql('traces', filters, reader.projectId)})`,
    )
  return sql`FROM observations FINAL WHERE ${all(conditions)}`
}

/** The days are neighbours in the order of days with data, so that a span of time picks just them. */
async function usageOf(
  reader: Reader,
  { question, sources }: { readonly question: DailyQuestion; readonly sources: Sources },
  days: readonly Row[],
): Promise<Row[]> {
  const [newest, oldest] = [days[0], days.at(-1)].map((day) => day && parseIso(`${textOf(day, 'date')}T00:00:00Z`))
  if (newest === undefined || oldest === undefined) return []
  const span = sql`start_time >= ${instant(oldest)} AND start_time < ${instant(newest + NS_PER_DAY)}`
  const ofRows = ask(
    heavily(reader),
    sql`SELECT toString(day) AS date, model, sum(${inputTokens}) AS input_usage, sum(${outputTokens}) AS output_usage, sum(${totalTokens}) AS total_usage, sum(ifNull(total_cost, 0)) AS summed_cost, count() AS count_observations, uniqExact(cityHash64(trace_id)) AS count_traces ${sources.observations} AND ${span} GROUP BY toDate32(start_time) AS day, model ORDER BY summed_cost DESC, count_observations DESC, model`,
  )
  const counted = sources.isCounted ? askCountedUsage(reader, question, { oldest, newest }) : []
  return (await Promise.all([ofRows, counted])).flat()
}

const NS_PER_DAY = 86_400_000_000_000n

function toDay(day: Row, rows: readonly Row[]): Day {
  const date = textOf(day, 'date')
  const usage = rows.filter((row) => textOf(row, 'date') === date).map(toUsage)
  return {
    date,
    countTraces: numberOf(day, 'count_traces'),
    countObservations: usage.reduce((sum, { countObservations }) => sum + countObservations, 0),
    totalCost: usage.reduce((sum, { totalCost }) => sum + totalCost, 0),
    usage,
  }
}

const toUsage = (row: Row): DailyUsage => ({
  model: textOf(row, 'model') || undefined,
  inputUsage: numberOf(row, 'input_usage'),
  outputUsage: numberOf(row, 'output_usage'),
  totalUsage: numberOf(row, 'total_usage'),
  totalCost: numberOf(row, 'summed_cost'),
  countObservations: numberOf(row, 'count_observations'),
  countTraces: numberOf(row, 'count_traces'),
})
