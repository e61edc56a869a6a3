/** Which rows of the real store a look-up finds, and how it asks for them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foldScore } from '#domain/fold/score.ts'
import { projectId } from '#domain/ids.ts'
import { toScoreRow } from '#store/rows/score.ts'
import { tombstone } from '#store/rows/tombstone.ts'
import type { Sql } from '#store/sql.ts'
import { SCORES } from '#writer/kinds.ts'
import { entityKey } from '#writer/located.ts'
import { createLookUp } from '#writer/look-up.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { score, T0 } from './bench.ts'

let store: TestEngine
beforeAll(async () => {
  store = await openTestEngine()
})
afterAll(() => store.close())
beforeEach(() => store.engine.command('TRUNCATE TABLE scores'))

const MINUTE_MS = 60_000
const FIRST = T0 / MINUTE_MS

interface Stored {
  readonly id: string
  /** After the first one. */
  readonly minute: number
  readonly version: number
  readonly isGone?: boolean
}

function rowOf({ id, minute, version, isGone }: Stored) {
  const row = toScoreRow(foldScore(undefined, [score(id, { at: T0 + minute * MINUTE_MS })]), version)
  return isGone ? tombstone(row, version) : row
}

async function lookUp(ids: readonly string[], minutes: Readonly<Record<string, number>>, readsAll = false) {
  const asked: string[] = []
  const engine = {
    query: (question: Sql) => {
      asked.push(question.parts.filter((part) => typeof part === 'string').join(''))
      return store.engine.query(question)
    },
  }
  const known = { minuteOf: (key: string) => minutes[key.split('\0')[1] ?? ''] }
  const entities = ids.map((id) => {
    const entity = { projectId: projectId('p'), id, steps: [] }
    return [entityKey(entity.projectId, id), entity] as const
  })
  const found = await createLookUp(SCORES, { engine, ids: known })(new Map(entities), { readsAll, splits: false })
  const states = [...found].map(([key, { version, folded, strays = [] }]) => [
    key.split('\0')[1],
    { version, lives: folded !== undefined, strays: strays.length },
  ])
  const where = asked.map((text) => (text.includes('toStartOfMinute(timestamp) IN') ? 'in minutes' : 'anywhere'))
  return { states: Object.fromEntries(states), where }
}

const living = (version: number, strays = 0) => ({ version, lives: true, strays })

test.each([
  {
    name: 'what lies in its minute is sought there alone',
    stored: [{ id: 'a', minute: 0, version: 1 }],
    minutes: { a: FIRST },
    states: { a: living(1) },
    where: ['in minutes'],
  },
  {
    name: 'those of other minutes are found by the same question',
    stored: [
      { id: 'a', minute: 0, version: 1 },
      { id: 'b', minute: 5, version: 2 },
    ],
    minutes: { a: FIRST, b: FIRST + 5 },
    states: { a: living(1), b: living(2) },
    where: ['in minutes'],
  },
  {
    name: 'those without a minute are sought anywhere',
    stored: [
      { id: 'a', minute: 0, version: 1 },
      { id: 'b', minute: 5, version: 2 },
    ],
    minutes: { a: FIRST },
    states: { a: living(1), b: living(2) },
    where: ['in minutes', 'anywhere'],
  },
  {
    name: 'one that does not lie in its minute is found all the same',
    stored: [{ id: 'a', minute: 7, version: 1 }],
    minutes: { a: FIRST },
    states: { a: living(1) },
    where: ['in minutes', 'anywhere'],
  },
  {
    name: 'a tombstone in its minute may tell of a place that was left',
    stored: [
      { id: 'a', minute: 0, version: 2, isGone: true },
      { id: 'a', minute: 7, version: 2 },
    ],
    minutes: { a: FIRST },
    states: { a: living(2) },
    where: ['in minutes', 'anywhere'],
  },
  {
    name: 'one that is gone is known as gone',
    stored: [{ id: 'a', minute: 0, version: 2, isGone: true }],
    minutes: { a: FIRST },
    states: { a: { version: 2, lives: false, strays: 0 } },
    where: ['in minutes', 'anywhere'],
  },
  {
    name: 'one that was never stored is not found',
    stored: [],
    minutes: { a: FIRST },
    states: {},
    where: ['in minutes', 'anywhere'],
  },
  {
    name: 'when everything is to be read, what a move has left behind is found too',
    stored: [
      { id: 'a', minute: 0, version: 1 },
      { id: 'a', minute: 7, version: 2 },
    ],
    minutes: { a: FIRST + 7 },
    readsAll: true,
    states: { a: living(2, 1) },
    where: ['anywhere'],
  },
])('$name', async ({ stored, minutes, readsAll, states, where }) => {
  await store.engine.insert('scores', stored.map(rowOf), 'rows')
  expect(await lookUp(['a', ...(stored.some(({ id }) => id === 'b') ? ['b'] : [])], minutes, readsAll)).toEqual({
    states,
    where,
  })
})

test('too many minutes for one question: the others are sought anywhere', async () => {
  const ids = Array.from({ length: 150 }, (_, index) => `s-${index}`)
  await store.engine.insert(
    'scores',
    ids.map((id, minute) => rowOf({ id, minute, version: 1 })),
    'many',
  )
  const minutes = Object.fromEntries(ids.map((id, minute) => [id, FIRST + minute]))
  const { states, where } = await lookUp(ids, minutes)
  expect(Object.keys(states).sort()).toEqual([...ids].sort())
  expect(where).toEqual(['in minutes', 'anywhere'])
})
