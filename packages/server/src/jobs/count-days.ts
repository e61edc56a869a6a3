/**
 * Before days go, what they hold is counted into `daily_usage`, so that daily metrics go on to answer. Each
 * day is one insert of one block: it is there whole or not at all.
 */
import type { ProjectId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import { DAY_NS } from '#store/day-spans.ts'
import type { Engine } from '#store/engine.ts'
import { nanosFromText } from '#store/instants.ts'
import { printLiteral } from '#store/print.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { instant, type Sql, sql, str, u64 } from '#store/sql.ts'
import { inputTokens, outputTokens, totalTokens } from '#store/token-sums.ts'

export interface CountQuestion {
  readonly projectId: ProjectId
  /** A midnight. */
  readonly before: Nanos
  /** Position in the event log up to which changes are in the store. */
  readonly storedTo: number
}

/** Counts the days before `before` that hold something not counted yet, oldest first; gives how many. */
export async function countDays(
  engine: Pick<Engine, 'query' | 'command'>,
  question: CountQuestion,
  signal: AbortSignal,
): Promise<number> {
  const days = await uncountedDays(engine, question)
  for (const day of days) {
    signal.throwIfAborted()
    await engine.command(printLiteral(insertSql(question, day)).query)
  }
  return days.length
}

interface UncountedDay {
  readonly midnight: Nanos
  /** Position up to which the day is counted; 0 for not yet. */
  readonly countedTo: number
}

async function uncountedDays(engine: Pick<Engine, 'query'>, question: CountQuestion): Promise<UncountedDay[]> {
  const { projectId, before, storedTo } = question
  const newestOf = (table: Sql, time: Sql) =>
    sql`SELECT toDate32(${time}) AS day, max(row_version) AS newest FROM ${table} WHERE project_id = ${str(projectId)} AND ${time} < ${instant(before)} AND row_version <= ${u64(storedTo)} AND is_deleted = 0 GROUP BY day`
  const rows = await engine.query(
    sql`SELECT toString(day) AS date, max(newest) AS newest, max(counted) AS counted FROM (SELECT day, newest, 0 AS counted FROM (${newestOf(sql`observations`, sql`start_time`)} UNION ALL ${newestOf(sql`traces`, sql`timestamp`)}) UNION ALL SELECT day, 0 AS newest, max(counted_to) AS counted FROM daily_usage WHERE project_id = ${str(projectId)} GROUP BY day) GROUP BY day HAVING newest > counted ORDER BY day`,
    { lane: 'heavy' },
  )
  return rows.map((row) => ({
    midnight: nanosFromText(`${textOf(row, 'date')} 00:00:00.`),
    countedTo: numberOf(row, 'counted'),
  }))
}

const FACTS = sql`name, user_id, release, version, environment, tags`

/** One block, whatever its size. */
const ONE_BLOCK = sql`SETTINGS max_insert_threads = 1, min_insert_block_size_rows = 100000000, min_insert_block_size_bytes = 4294967296, session_timezone = 'UTC'`

function insertSql({ projectId, storedTo }: CountQuestion, { midnight, countedTo }: UncountedDay): Sql {
  const ofProject = sql`project_id = ${str(projectId)}`
  const isNew = sql`row_version > ${u64(countedTo)} AND row_version <= ${u64(storedTo)}`
  const within = (time: Sql, from: Nanos, to: Nanos) => sql`${time} >= ${instant(from)} AND ${time} < ${instant(to)}`
  const next = midnight + DAY_NS
  // Without names: an alias would stand for the column of that name in WHERE.
  const place = sql`${str(projectId)}, toDate32(${instant(midnight)}), ${u64(storedTo)}`
  const traces = sql`SELECT ${place}, ${FACTS}, '' AS model, count() AS traces, 0 AS observations, 0 AS observed_traces, 0 AS input_tokens, 0 AS output_tokens, 0 AS total_tokens, 0. AS cost FROM traces FINAL WHERE ${ofProject} AND ${within(sql`timestamp`, midnight, next)} AND ${isNew} GROUP BY ${FACTS}`
  // A trace begins near its observations; those whose trace began elsewhere or is gone have no facts.
  const near = within(sql`timestamp`, midnight - DAY_NS, next + DAY_NS)
  const facts = sql`SELECT id AS trace_id, ${FACTS} FROM traces FINAL WHERE ${ofProject} AND ${near}`
  const own = sql`SELECT trace_id, model, ${inputTokens} AS tokens_in, ${outputTokens} AS tokens_out, ${totalTokens} AS tokens, ifNull(total_cost, 0) AS dollars FROM observations FINAL WHERE ${ofProject} AND ${within(sql`start_time`, midnight, next)} AND ${isNew}`
  const observations = sql`SELECT ${place}, ${FACTS}, model, 0 AS traces, count() AS observations, uniqExact(trace_id) AS observed_traces, sum(tokens_in) AS input_tokens, sum(tokens_out) AS output_tokens, sum(tokens) AS total_tokens, sum(dollars) AS cost FROM (${own}) AS own LEFT ANY JOIN (${facts}) AS facts USING (trace_id) GROUP BY ${FACTS}, model`
  return sql`INSERT INTO daily_usage (project_id, day, counted_to, ${FACTS}, model, traces, observations, observed_traces, input_tokens, output_tokens, total_tokens, cost) SELECT * FROM (${traces} UNION ALL ${observations}) ${ONE_BLOCK}`
}
