import type { Nanos } from '#domain/time.ts'
import { CLOCK_SLACK_NS } from '#query/clock-slack.ts'
import { inputTokens, outputTokens, totalTokens } from '#query/measures.ts'
import { ask, heavily, isAmong, ofProject, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { nanosOf, numberOf, optionalNumberOf, textOf, textsOf } from '#store/rows/cells.ts'
import { instant, type Sql, sql, u64 } from '#store/sql.ts'
import { type ExploredRows, exploredSql } from './explored-view.ts'

/** What traces are gathered by. */
export type GroupKind = 'session' | 'user'

/** Of which traces. */
export interface GroupsQuestion extends ExploredRows {
  readonly kind: GroupKind
  readonly skip: number
  readonly limit: number
}

/** The traces of one session or user within the time asked for, summed up. */
export interface TraceGroup {
  readonly id: string
  readonly traces: number
  /** Users of a session, sessions of a user: the first few. */
  readonly others: readonly string[]
  readonly otherCount: number
  readonly first: Nanos
  readonly last: Nanos
  readonly environments: readonly string[]
  readonly errors: number
  /** US dollars; undefined when no price is known. */
  readonly cost: number | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
}

export interface TraceGroups {
  /** The one with the newest trace first. */
  readonly groups: readonly TraceGroup[]
  readonly total: number
}

/** Sessions or users with a trace that fulfils the filters. @throws AppError `bad_request` as `filterSql` */
export async function listGroups(reader: Reader, question: GroupsQuestion): Promise<TraceGroups> {
  const { key, other } = KINDS[question.kind]
  const traces = tracesOf(reader, question)
  const [counted, rows] = await Promise.all([
    ask(reader, sql`SELECT uniqExact(${key}) AS total FROM ${traces}`),
    ask(
      reader,
      sql`SELECT ${key} AS key, count() AS traces, groupUniqArrayIf(4)(${other}, ${other} != '') AS others, uniqExactIf(${other}, ${other} != '') AS other_count, min(timestamp) AS first, max(timestamp) AS last, groupUniqArray(4)(toString(environment)) AS environments FROM ${traces} GROUP BY key ORDER BY last DESC, key LIMIT ${u64(question.limit)} OFFSET ${u64(question.skip)}`,
    ),
  ])
  const sums = await sumsOf(reader, question, rows)
  return {
    groups: rows.map((row) => toGroup(row, sums.get(textOf(row, 'key')) ?? {})),
    total: counted[0] ? numberOf(counted[0], 'total') : 0,
  }
}

const KINDS: Readonly<Record<GroupKind, { readonly key: Sql; readonly other: Sql }>> = {
  session: { key: sql`session_id`, other: sql`user_id` },
  user: { key: sql`user_id`, other: sql`session_id` },
}

function tracesOf(reader: Reader, question: GroupsQuestion): Sql {
  const { key } = KINDS[question.kind]
  return sql`traces FINAL WHERE ${exploredSql(reader, 'traces', question)} AND ${key} != ''`
}

/** What the observations of the groups of a page come to, by group. */
async function sumsOf(
  reader: Reader,
  question: GroupsQuestion,
  groups: readonly Row[],
): Promise<ReadonlyMap<string, Row>> {
  if (groups.length === 0) return new Map()
  const { key } = KINDS[question.kind]
  const keys = groups.map((row) => textOf(row, 'key'))
  const traces = sql`SELECT id AS joined_id, ${key} AS key FROM ${tracesOf(reader, question)} AND ${isAmong(key, keys)}`
  const rows = await ask(
    heavily(reader),
    sql`SELECT key, sumOrNull(total_cost) AS cost, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(total_tokens) AS total_tokens, countIf(level = 'ERROR') AS errors FROM (SELECT trace_id, total_cost, level, ${inputTokens} AS input_tokens, ${outputTokens} AS output_tokens, ${totalTokens} AS total_tokens FROM observations FINAL WHERE ${ofProject(reader.projectId)} AND start_time >= ${instant(question.from - CLOCK_SLACK_NS)} AND trace_id IN (SELECT joined_id FROM (${traces}))) AS observed INNER JOIN (${traces}) AS joined ON trace_id = joined_id GROUP BY key`,
  )
  return new Map(rows.map((row) => [textOf(row, 'key'), row]))
}

function toGroup(row: Row, sums: Row): TraceGroup {
  return {
    id: textOf(row, 'key'),
    traces: numberOf(row, 'traces'),
    others: textsOf(row, 'others'),
    otherCount: numberOf(row, 'other_count'),
    first: nanosOf(row, 'first'),
    last: nanosOf(row, 'last'),
    environments: textsOf(row, 'environments'),
    errors: numberOf(sums, 'errors'),
    cost: optionalNumberOf(sums, 'cost'),
    inputTokens: numberOf(sums, 'input_tokens'),
    outputTokens: numberOf(sums, 'output_tokens'),
    totalTokens: numberOf(sums, 'total_tokens'),
  }
}
