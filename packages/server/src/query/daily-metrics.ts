import type { Filter } from '#domain/filter.ts'
import { parseIso } from '#domain/time.ts'
import { groupBy } from '#lib/group.ts'
import { DAY_NS, overlap } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { countByDay, type DatedRows, type DayFigures, filteredRows, findByDay } from './by-day.ts'
import { askCountedDays, askCountedUsage, findCountedUntil } from './counted-days.ts'
import { filterSql } from './filter-sql.ts'
import { inputTokens, outputTokens, totalTokens } from './measures.ts'
import type { Page, PageRequest } from './page.ts'
import { heavily, ofProject, type Reader } from './reader.ts'

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
  const sources = await sourcesOf(reader, question)
  const days = await findDays(reader, question, sources)
  const shown = days.slice((page - 1) * limit, page * limit)
  const usage = await usageOf(reader, { question, sources }, shown)
  return { values: shown.map((day) => toDay(day, usage.get(day.date) ?? [])), totalItems: days.length }
}

/** Where the figures come from: rows, and days that were counted before their rows went. */
interface Sources {
  readonly traces: DatedRows
  readonly observations: DatedRows
  readonly isCounted: boolean
}

/** What was counted already is not asked of rows, which may not have gone yet. */
async function sourcesOf(reader: Reader, { filters, times }: DailyQuestion): Promise<Sources> {
  const countedUntil = await findCountedUntil(reader)
  const bounds =
    countedUntil === undefined
      ? times
      : [...times, { type: 'datetime', column: 'timestamp', operator: '>=', value: countedUntil } as const]
  const started = bounds.map((bound) => ({ ...bound, column: 'startTime' }))
  const observations = filteredRows(reader, 'observations', started)
  return {
    traces: filteredRows(reader, 'traces', [...filters, ...bounds]),
    observations: filters.length === 0 ? observations : ofTraces(reader, observations, filters),
    isCounted: countedUntil !== undefined,
  }
}

function ofTraces(reader: Reader, observations: DatedRows, filters: readonly Filter[]): DatedRows {
  const { projectId } = reader
  const where = sql`trace_id IN (SELECT id FROM traces FINAL WHERE ${ofProject(projectId)} AND ${filterSql('traces', filters, projectId)})`
  return { ...observations, where, isKept: false }
}

interface CountedDay {
  readonly date: string
  readonly traces: number
}

/** Days with traces or observations, newest first. */
async function findDays(reader: Reader, question: DailyQuestion, sources: Sources): Promise<CountedDay[]> {
  const [traces, observations, counted] = await Promise.all([
    countByDay(heavily(reader), sources.traces),
    countByDay(heavily(reader), sources.observations),
    sources.isCounted ? askCountedDays(reader, question) : [],
  ])
  const days = new Map(observations.map((row) => [textOf(row, 'date'), 0]))
  for (const row of [...traces, ...counted]) {
    const date = textOf(row, 'date')
    days.set(date, (days.get(date) ?? 0) + numberOf(row, 'rows'))
  }
  return [...days].map(([date, count]) => ({ date, traces: count })).sort((a, b) => (a.date < b.date ? 1 : -1))
}

const USAGE: DayFigures = {
  columns: sql`model, sum(${inputTokens}) AS input_usage, sum(${outputTokens}) AS output_usage, sum(${totalTokens}) AS total_usage, sum(ifNull(total_cost, 0)) AS summed_cost, count() AS count_observations`,
  by: sql`, model`,
  distinct: { hash: sql`cityHash64(trace_id)`, name: sql`count_traces` },
  merging: {
    by: ['model'],
    columns: {
      input_usage: 'sum',
      output_usage: 'sum',
      total_usage: 'sum',
      summed_cost: 'sum',
      count_observations: 'sum',
      count_traces: 'distinct',
    },
  },
}

/** By date. The days are neighbours in the order of days with data, so that a span of time picks just them. */
async function usageOf(
  reader: Reader,
  { question, sources }: { readonly question: DailyQuestion; readonly sources: Sources },
  days: readonly CountedDay[],
): Promise<ReadonlyMap<string, Row[]>> {
  const [newest, oldest] = [days[0], days.at(-1)].map((day) => day && parseIso(`${day.date}T00:00:00Z`))
  if (newest === undefined || oldest === undefined) return new Map()
  const span = overlap(sources.observations.span, { from: oldest, to: newest + DAY_NS })
  const [ofRows, counted] = await Promise.all([
    findByDay(heavily(reader), { ...sources.observations, span }, USAGE),
    sources.isCounted ? askCountedUsage(reader, question, { oldest, newest }) : [],
  ])
  return groupBy([...ofRows, ...counted], (row) => textOf(row, 'date'))
}

function toDay({ date, traces }: CountedDay, rows: readonly Row[]): Day {
  const usage = rows.map(toUsage).sort(byCost)
  return {
    date,
    countTraces: traces,
    countObservations: usage.reduce((sum, { countObservations }) => sum + countObservations, 0),
    totalCost: usage.reduce((sum, { totalCost }) => sum + totalCost, 0),
    usage,
  }
}

/** Then by count, then by model in the order of the store. */
const byCost = (one: DailyUsage, other: DailyUsage): number =>
  other.totalCost - one.totalCost ||
  other.countObservations - one.countObservations ||
  Buffer.compare(Buffer.from(one.model ?? ''), Buffer.from(other.model ?? ''))

const toUsage = (row: Row): DailyUsage => ({
  model: textOf(row, 'model') || undefined,
  inputUsage: numberOf(row, 'input_usage'),
  outputUsage: numberOf(row, 'output_usage'),
  totalUsage: numberOf(row, 'total_usage'),
  totalCost: numberOf(row, 'summed_cost'),
  countObservations: numberOf(row, 'count_observations'),
  countTraces: numberOf(row, 'count_traces'),
})
