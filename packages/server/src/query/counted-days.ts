/**
 * Days whose traces and observations retention has taken away, as they were counted before (`daily_usage`). A
 * day is answered from there or from rows, never from both: the newest counted day is the border.
 */
import type { Filter } from '#domain/filter.ts'
import type { Nanos } from '#domain/time.ts'
import { DAY_NS } from '#store/day-spans.ts'
import type { Row } from '#store/engine.ts'
import { nanosFromText } from '#store/instants.ts'
import { textOf } from '#store/rows/cells.ts'
import { all, instant, type Sql, sql } from '#store/sql.ts'
import { filterSql } from './filter-sql.ts'
import { ask, ofProject, type Reader } from './reader.ts'

type TimeFilter = Extract<Filter, { type: 'datetime' }>

interface CountedQuestion {
  /** Conditions on facts of traces that are kept: name, user, version, release, tags, environment. */
  readonly filters: readonly Filter[]
  /** Whole days are counted: a bound within a day takes the day in. */
  readonly times: readonly TimeFilter[]
}

/** The midnight that ends the newest counted day; undefined when no day was counted. */
export async function findCountedUntil(reader: Reader): Promise<Nanos | undefined> {
  const rows = await ask(
    reader,
    sql`SELECT toString(max(day)) AS date FROM daily_usage WHERE ${ofProject(reader.projectId)} HAVING count() > 0`,
  )
  const [row] = rows
  return row && nanosFromText(`${textOf(row, 'date')} 00:00:00.`) + DAY_NS
}

/** One row a counted day, with its `date` and its traces as `rows`. */
export function askCountedDays(reader: Reader, question: CountedQuestion): Promise<Row[]> {
  return ask(
    reader,
    sql`SELECT toString(day) AS date, sum(traces) AS rows FROM daily_usage WHERE ${conditions(reader, question)} GROUP BY day`,
  )
}

/** Usage by day and model of the counted days from `oldest` to `newest`. */
export function askCountedUsage(
  reader: Reader,
  question: CountedQuestion,
  { oldest, newest }: { readonly oldest: Nanos; readonly newest: Nanos },
): Promise<Row[]> {
  return ask(
    reader,
    sql`SELECT toString(day) AS date, model, sum(input_tokens) AS input_usage, sum(output_tokens) AS output_usage, sum(total_tokens) AS total_usage, sum(cost) AS summed_cost, sum(observations) AS count_observations, sum(observed_traces) AS count_traces FROM daily_usage WHERE ${conditions(reader, question)} AND day >= toDate32(${instant(oldest)}) AND day <= toDate32(${instant(newest)}) AND observations > 0 GROUP BY day, model`,
  )
}

function conditions(reader: Reader, { filters, times }: CountedQuestion): Sql {
  return all([
    ofProject(reader.projectId),
    filterSql('traces', filters, reader.projectId),
    ...times.map(({ operator, value }) => dayBound(operator, value)),
  ])
}

function dayBound(operator: TimeFilter['operator'], value: Nanos): Sql {
  if (operator === '>' || operator === '>=') return sql`day >= toDate32(${instant(value)})`
  // Before midnight is the day before.
  return sql`day <= toDate32(${instant(operator === '<' && value > 0n ? value - 1n : value)})`
}
