import { expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { watchQueries } from './slow-queries.ts'
import { sql, str } from './sql.ts'

/** An engine whose clock each query moves on by the next of `seconds`; a negative one fails. */
function engineTaking(...seconds: number[]) {
  let ms = 0
  const refuse = async () => {
    throw new Error('not for this test')
  }
  const engine: Engine = {
    query: async () => {
      const taken = seconds.shift() ?? 0
      ms += Math.abs(taken) * 1000
      if (taken < 0) throw new Error('too heavy')
      return []
    },
    insert: refuse,
    pack: (_table, row) => row,
    stream: () => {
      throw new Error('not for this test')
    },
    command: refuse,
    ping: async () => {},
    close: async () => {},
  }
  return watchQueries(engine, { count: 2, fromSeconds: 0.5, now: () => ms })
}

test('the slowest are kept, the slowest first, without their values', async () => {
  const { engine, slowest } = engineTaking(0.1, 1, 3, 2)
  for (const name of ['a', 'b', 'c', 'd']) await engine.query(sql`SELECT  ${str(name)}\n FROM t`)
  expect(slowest()).toMatchObject([
    { text: 'SELECT ? FROM t', seconds: 3, at: 1100, lane: 'read', isFailed: false },
    { seconds: 2 },
  ])
})

test('one that failed is kept as such, and fails', async () => {
  const { engine, slowest } = engineTaking(-1)
  await expect(engine.query(sql`SELECT 1`, { lane: 'heavy' })).rejects.toThrow('too heavy')
  expect(slowest()).toMatchObject([{ isFailed: true, lane: 'heavy' }])
})

test('one that was given up has not failed', async () => {
  const { engine, slowest } = engineTaking(-1)
  await expect(engine.query(sql`SELECT 1`, { signal: AbortSignal.abort() })).rejects.toThrow('too heavy')
  expect(slowest()).toMatchObject([{ isFailed: false }])
})
