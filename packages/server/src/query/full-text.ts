/**
 * Full text: one word or phrase, wherever it stands in a row. Texts are looked at by their words, which have indices
 * in the table of observations. Most payloads are JSON, whose text is stored escaped, so that a phrase is looked for
 * as it is typed and as JSON writes it.
 */
import type { Filter } from '#domain/filter.ts'
import { spellings } from '#domain/ids.ts'
import { all, instant, join, type Sql, sql } from '#store/sql.ts'
import { CLOCK_SLACK_NS } from './clock-slack.ts'
import { type Column, type FilterScope, mismatch } from './filter-column.ts'
import { testText, wordsOf, wordsSql } from './filter-condition.ts'
import { isAmong, ofProject } from './reader.ts'

/** The column that stands for all texts of a row; it takes `matches` and its opposite alone. */
export const FULL_TEXT = 'fullText'

/** A trace is found by its name, id, input or output, or by those of one of its observations. */
export const fullTextOfTraces: Column = fullText((value, scope) => {
  const rows = [ofProject(scope.projectId)]
  if (scope.since > CLOCK_SLACK_NS) rows.push(sql`start_time >= ${instant(scope.since - CLOCK_SLACK_NS)}`)
  if (scope.narrow) rows.push(sql`trace_id IN (${scope.narrow})`)
  const found = (condition: Sql) => sql`SELECT trace_id FROM observations FINAL WHERE ${all([...rows, condition])}`
  const observed = isIdLike(value)
    ? sql`${found(inTexts(value))} UNION ALL ${found(idIs(sql`id`, value))}`
    : found(inTexts(value))
  return sql`(${idIs(sql`id`, value)} OR ${inTexts(value)} OR id IN (${observed}))`
})

/**
 * An observation is found by its name, id, input or output, or by the id of its trace. What could be an id is
 * rare: its rows are gathered first. Beside the others a condition on ids, whose indices have entries of another
 * width, would have all payloads read.
 */
export const fullTextOfObservations: Column = fullText((value, { projectId, since }) => {
  if (!isIdLike(value)) return sql`(${inTexts(value)})`
  const found = (condition: Sql) =>
    sql`SELECT id FROM observations FINAL WHERE ${ofProject(projectId)} AND start_time >= ${instant(since)} AND (${condition})`
  const ways = [inTexts(value), idIs(sql`id`, value), idIs(sql`trace_id`, value)]
  return sql`id IN (${join(ways.map(found), ' UNION ALL ')})`
})

/** Ids that programs make hold a digit, and no blank. */
const isIdLike = (value: string): boolean => /^\S*\d\S*$/.test(value)

function fullText(found: (value: string, scope: FilterScope) => Sql): Column {
  return {
    names: [FULL_TEXT],
    type: 'string',
    isOwn: false,
    isSearchable: true,
    condition: (filter: Filter, scope) => {
      if (filter.type !== 'string') throw mismatch(filter, 'fullText')
      if (filter.operator === 'matches') return found(filter.value, scope)
      if (filter.operator === 'does not match') return sql`NOT (${found(filter.value, scope)})`
      throw mismatch(filter, 'fullText')
    },
  }
}

const idIs = (expression: Sql, value: string): Sql => isAmong(expression, spellings(value))
const inTexts = (value: string): Sql =>
  join(
    [sql`name`, sql`input`, sql`output`].map((text) => phraseSql(text, value)),
    ' OR ',
  )

/** Whether a text holds the phrase as one piece that begins and ends with whole words, whatever the case. */
function phraseSql(expression: Sql, phrase: string): Sql {
  const asWords = (value: string): Sql => {
    const words = wordsSql(expression, value)
    const isEnough = wordsOf(value)?.every((word) => word.length === value.length) ?? true
    return isEnough ? words : sql`(${words} AND ${testText(expression, 'matches', value)})`
  }
  return sql`(${join(writtenAs(phrase).map(asWords), ' OR ')})`
}

/** A text as it stands, within JSON, and within JSON of ASCII alone, which some clients write. */
function writtenAs(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [...new Set([text, json, ascii])]
}
