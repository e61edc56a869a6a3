/** Spans that say everything are rows as soon as they are read; whatever else a flush says of them is still told together. */
import { expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { traceId } from '#domain/ids.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { createStoredFeed } from '#eventlog/stored-feed.ts'
import { createFakeEngine } from '../fakes/engine.ts'
import { observation, removalOf, span, startBench, trace } from './bench.ts'

const PATIENCE = { timeout: 20_000 }

/** What one flush of these requests inserts, and which rows were made at once. */
async function flushed(...requests: Change[][]) {
  const engine = createFakeEngine()
  const packed: unknown[] = []
  const waiting: (() => void)[] = []
  const { insert } = engine
  engine.insert = async (table, rows, token) => {
    if (engine.inserts.length === 0) await new Promise<void>((resume) => waiting.push(resume))
    await insert(table, rows, token)
  }
  engine.refuses = (row) => row['id'] === 'bad'
  engine.pack = (_table, row) => {
    const id = Reflect.get(row, 'id')
    if (id === 'bad') throw new AppError('bad_request', 'The fake engine refuses a row')
    packed.push(id)
    return row
  }
  const feed = createStoredFeed('e', () => 0)
  const heard: string[] = []
  feed.subscribe(span('o').projectId, ({ observationIds }) => heard.push(...observationIds))
  const bench = await startBench({ engine, log: createMemoryLog(), feed })
  await bench.append(span('start', { traceId: traceId('elsewhere') }))
  await expect.poll(() => waiting.length, PATIENCE).toBe(1)
  for (const request of requests) await bench.append(...request)
  for (const resume of waiting) resume()
  expect(await bench.caughtUp()).toBe(0)
  const rows = engine.rowsOf('observations').filter((row) => row['id'] !== 'start')
  const outcome = { rows, packed: packed.slice(1), heard: heard.slice(1), deadLetters: await bench.deadLetters() }
  await bench.stop()
  return outcome
}

const update = (says: Parameters<typeof observation>[1]) => observation('o', { at: span('o').at + 1, ...says })

test('are told of as all others', async () => {
  const { rows, packed, heard } = await flushed([span('o'), span('p'), trace('t')], [span('q')])
  expect(rows).toMatchObject([{ id: 'o' }, { id: 'p' }, { id: 'q' }])
  expect(packed).toEqual(['o', 'p', 'q'])
  expect(heard.sort()).toEqual(['o', 'p', 'q'])
})

test.each<[string, Change[][], object[]]>([
  [
    'a later request changes one',
    [[span('o', { input: 'a' })], [update({ output: 'b' })]],
    [{ input: 'a', output: 'b' }],
  ],
  [
    'an earlier request changes one',
    [[update({ output: 'b' })], [span('o', { input: 'a' })]],
    [{ input: 'a', output: 'b' }],
  ],
  ['one request says both', [[span('o', { input: 'a' }), update({ output: 'b' })]], [{ input: 'a', output: 'b' }]],
  ['one is sent twice', [[span('o', { input: 'a' })], [span('o', { input: 'a' })]], [{ input: 'a' }]],
  ['one is sent three times', [[span('o'), span('o')], [span('o', { input: 'a' })]], [{ input: 'a' }]],
  ['its trace is removed after it', [[span('o')], [removalOf('trace', 't')]], []],
  ['its trace is removed before it', [[removalOf('trace', 't')], [span('o')]], [{ is_deleted: 0 }]],
])('%s', async (_name, requests, expected) => {
  const { rows } = await flushed(...requests)
  expect(rows).toHaveLength(expected.length)
  expect(rows).toMatchObject(expected)
})

test('one whose row can not be made stands alone among the dead letters', async () => {
  const { rows, deadLetters } = await flushed([span('o'), span('bad'), span('p')])
  expect(rows).toMatchObject([{ id: 'o' }, { id: 'p' }])
  expect(deadLetters).toMatchObject([{ stage: 'store', index: 1, change: { id: 'bad' } }])
})
