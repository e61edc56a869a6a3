/** Words and phrases anywhere in a trace or an observation, run on the engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '#domain/filter.ts'
import type { ProjectId } from '#domain/ids.ts'
import { EXPLORED_VIEWS, type ExploredView, exploredSql } from '#query/explore/explored-view.ts'
import { findHistogram } from '#query/explore/histogram.ts'
import { ask } from '#query/reader.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

let opened: TestEngine

const SPAN = { from: at('2026-01-09T00:00:00Z'), to: at('2026-01-10T00:00:00Z') }
const ID = '3b241101-e2bb-4255-b7e8-ed5ab8a5f8a1'

beforeAll(async () => {
  opened = await openTestEngine()
  const seed = createSeeder(opened.engine)
  const timestamp = at('2026-01-09T10:00:00Z')
  await seed.traces(
    { id: 'greeting', timestamp, name: 'say hello', input: 'Good morning, dear World' },
    {
      id: 'refund',
      timestamp,
      name: 'support',
      output: JSON.stringify({ text: 'He said "no refund"\nWhy?\tBecause' }),
    },
    { id: 'plain', timestamp, name: 'quiet' },
    { id: 'trace-2', timestamp },
    { id: 'old', timestamp: at('2025-01-01T00:00:00Z'), name: 'say hello' },
    { id: 'theirs', projectId: OTHER_PROJECT, timestamp, name: 'say hello', input: 'Good morning' },
  )
  const startTime = at('2026-01-09T10:00:01Z')
  await seed.observations(
    { id: ID, traceId: 'plain', startTime, name: 'look-up', input: '{"city":"Z\\u00fcrich","who":"caf\\u00e9 owner"}' },
    { id: 'o2', traceId: 'trace-2', startTime, name: 'answer', output: 'Straße nach Zürich' },
    { id: 'o3', traceId: 'old', startTime: at('2025-01-01T00:00:00Z'), name: 'answer', output: 'morning' },
    { id: 'o4', traceId: 'theirs', projectId: OTHER_PROJECT, startTime, output: 'Straße' },
  )
})
afterAll(() => opened?.close())

const question = (texts: readonly string[], more: readonly Filter[] = []) => ({
  filters: [
    ...texts.map((value): Filter => ({ type: 'string', column: 'fullText', operator: 'matches', value })),
    ...more,
  ],
  ...SPAN,
})
const readerOf = (projectId: ProjectId) => ({ engine: opened.engine, projectId })

async function found(view: ExploredView, texts: readonly string[], projectId = PROJECT): Promise<string[]> {
  const reader = readerOf(projectId)
  const where = exploredSql(reader, view, question(texts))
  const rows = await ask(reader, sql`SELECT id FROM ${EXPLORED_VIEWS[view].table} FINAL WHERE ${where} ORDER BY id`)
  return rows.map((row) => textOf(row, 'id'))
}
const foundTraces = (texts: readonly string[], projectId = PROJECT) => found('traces', texts, projectId)
const foundObservations = (texts: readonly string[], projectId = PROJECT) => found('observations', texts, projectId)

describe('traces', () => {
  test.each<[string, string[], string[]]>([
    ['a word of the name', ['hello'], ['greeting']],
    ['a word of the input, whatever the case', ['MORNING'], ['greeting']],
    ['no part of a word of a payload', ['morn'], []],
    ['a word of the output behind an escaped line end', ['why'], ['refund']],
    ['a word of the output behind an escaped tab', ['because'], ['refund']],
    ['no word that an escape only seems to begin', ['nwhy'], ['refund']],
    ['a phrase', ['dear world'], ['greeting']],
    ['no phrase whose words stand apart', ['good world'], []],
    ['a phrase with quotes, as JSON writes them', ['said "no'], ['refund']],
    ['a phrase over a line end', ['refund"\nWhy'], ['refund']],
    ['words that are all found, each where it is', ['dear', 'hello'], ['greeting']],
    ['words of which one is missing', ['dear', 'nobody'], []],
    ['the id', ['plain'], ['plain']],
    ['the id of an observation', [ID], ['plain']],
    ['a text of an observation', ['Straße'], ['trace-2']],
    ['the name of an observation', ['answer'], ['trace-2']],
    ['letters beyond ASCII, escaped or not', ['zürich'], ['plain', 'trace-2']],
    ['signs of SQL', ["'; DROP TABLE traces; --"], []],
    ['signs of patterns', ['%_*'], []],
    ['a backslash', ['\\'], ['plain', 'refund']],
  ])('%s', async (...[, texts, expected]) => {
    expect(await foundTraces(texts)).toEqual(expected)
  })

  test('of another project are not found, nor by its observations', async () => {
    expect(await foundTraces(['hello'], OTHER_PROJECT)).toEqual(['theirs'])
    expect(await foundTraces(['zürich'], OTHER_PROJECT)).toEqual([])
  })

  test('are counted alike', async () => {
    expect(await findHistogram(readerOf(PROJECT), { view: 'traces', ...question(['zürich']) })).toMatchObject({
      total: 2,
    })
  })

  test('beside another condition', async () => {
    const named: Filter = { type: 'string', column: 'name', operator: '=', value: 'quiet' }
    const found = await findHistogram(readerOf(PROJECT), { view: 'traces', ...question(['zürich'], [named]) })
    expect(found.total).toBe(1)
  })
})

describe('observations', () => {
  test.each<[string, string[], string[]]>([
    ['a word of the name', ['look'], [ID]],
    ['the id without its dashes', [ID.replaceAll('-', '')], [ID]],
    ['the id of the trace', ['trace-2'], ['o2']],
    ['a phrase of escaped letters', ['café owner'], [ID]],
    ['a phrase of letters as they are', ['nach zürich'], ['o2']],
    ['nothing outside of the time', ['answer'], ['o2']],
  ])('%s', async (...[, texts, expected]) => {
    expect(await foundObservations(texts)).toEqual(expected)
  })

  test('of another project are not found', async () => {
    expect(await foundObservations(['Straße'], OTHER_PROJECT)).toEqual(['o4'])
    expect(await foundObservations(['answer'], OTHER_PROJECT)).toEqual([])
  })
})

describe('what is left out', () => {
  test.each<[string, ExploredView, string, string[]]>([
    ['traces with a word', 'traces', 'hello', ['plain', 'refund', 'trace-2']],
    ['traces with a phrase of an observation', 'traces', 'nach zürich', ['greeting', 'plain', 'refund']],
    ['a trace by its id', 'traces', 'trace-2', ['greeting', 'plain', 'refund']],
    ['observations with a word', 'observations', 'zürich', []],
    ['observations with a phrase', 'observations', 'café owner', ['o2']],
    ['an observation by its id', 'observations', ID, ['o2']],
  ])('%s', async (...[, view, value, expected]) => {
    const filter: Filter = { type: 'string', column: 'fullText', operator: 'does not match', value }
    const where = exploredSql(readerOf(PROJECT), view, question([], [filter]))
    const rows = await ask(
      readerOf(PROJECT),
      sql`SELECT id FROM ${EXPLORED_VIEWS[view].table} FINAL WHERE ${where} ORDER BY id`,
    )
    expect(rows.map((row) => textOf(row, 'id'))).toEqual(expected)
  })
})

test.each<[string, Filter]>([
  ['full text', { type: 'string', column: 'fullText', operator: 'contains', value: 'x' }],
  ['a name', { type: 'string', column: 'name', operator: 'does not match', value: 'x' }],
])('%s can not be asked for so', async (_, filter) => {
  await expect(findHistogram(readerOf(PROJECT), { view: 'traces', ...question([], [filter]) })).rejects.toMatchObject({
    code: 'bad_request',
  })
})
