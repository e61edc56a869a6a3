/** What is read of the rows of a bar of the histogram, beside how many there are. */
import { CLOCK_SLACK_NS } from '#query/clock-slack.ts'
import { latencyMs, traceLatencyMs } from '#query/measures.ts'
import { ofProject, type Reader } from '#query/reader.ts'
import { EMPTY, instant, type Sql, sql } from '#store/sql.ts'
import type { ExploredRows, ExploredView } from './explored-view.ts'

/** Milliseconds that nine of ten rows do not exceed; US dollars of all rows together. */
export type HistogramFigure = 'p90' | 'cost'

interface BarQuestion extends Pick<ExploredRows, 'from'> {
  readonly view: ExploredView
  readonly figure: HistogramFigure | undefined
}

interface BarColumns {
  /** Of one row. */
  readonly isError: Sql
  /** Written behind the counts: the column `figure`, NULL where it is known of no row; nothing when not asked for. */
  readonly figure: Sql
  /** Written behind the table. */
  readonly join: Sql
}

export function barColumns(reader: Reader, { view, figure, from }: BarQuestion): BarColumns {
  if (view === 'observations') {
    const column = figure ? figureSql(figure, OF_OBSERVATION[figure]) : EMPTY
    return { isError: sql`level = 'ERROR'`, figure: column, join: EMPTY }
  }
  const observed = sql`observations FINAL WHERE ${ofProject(reader.projectId)}`
  const since = sql`start_time >= ${instant(from - CLOCK_SLACK_NS)}`
  if (!figure) {
    const failed = sql`SELECT trace_id FROM ${observed} AND level = 'ERROR' AND ${since}`
    return { isError: sql`id IN (${failed})`, figure: EMPTY, join: EMPTY }
  }
  const sums = sql`SELECT cityHash64(trace_id) AS summed, toNullable(toFloat64(${OF_TRACE[figure]})) AS measured, countIf(level = 'ERROR') AS failures FROM ${observed} AND ${since} GROUP BY summed`
  return {
    isError: sql`failures > 0`,
    figure: figureSql(figure, sql`measured`),
    join: sql` LEFT ANY JOIN (${sums}) AS sums ON cityHash64(id) = summed`,
  }
}

const OF_OBSERVATION: Readonly<Record<HistogramFigure, Sql>> = { p90: latencyMs, cost: sql`total_cost` }

/** Over the observations of one trace; of one in which nothing has ended the latency is not known. */
const OF_TRACE: Readonly<Record<HistogramFigure, Sql>> = {
  p90: sql`if(count(end_time) = 0, NULL, ${traceLatencyMs})`,
  cost: sql`sumOrNull(total_cost)`,
}

/** Over the rows of a bar. */
const figureSql = (figure: HistogramFigure, value: Sql): Sql =>
  figure === 'p90' ? sql`, quantile(0.9)(${value}) AS figure` : sql`, sumOrNull(${value}) AS figure`
