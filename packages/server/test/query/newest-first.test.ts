/** How far back the newest rows are looked for, when a list is asked for again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { msFromNanos } from '#domain/time.ts'
import { TRACE_TIME } from '#query/load-rows.ts'
import { newestFirst } from '#query/newest-first.ts'
import { ofProject } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql, str } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, PROJECT } from '../support/seed.ts'

let opened: TestEngine
beforeAll(async () => {
  opened = await openTestEngine()
}, 60_000)
afterAll(() => opened.close())

const SECOND = 1_000_000_000n
const MINUTE = 60n * SECOND
const NOW = at('2026-01-31T12:00:30Z')

/** Seeds a trace at each of these times before `NOW`; asks for the newest of them, each time a while later. */
async function world(name: string, before: readonly bigint[]) {
  await createSeeder(opened.engine, name).traces(
    ...before.map((ago, index) => ({ id: `${name}-${index}`, projectId: PROJECT, timestamp: NOW - ago, name })),
  )
  const reaches: string[] = []
  const engine: Engine = {
    ...opened.engine,
    paces: new Map(),
    query: (statement, options) => {
      const [, from] = /timestamp >= _CAST\('([^']*)'/.exec(printLiteral(statement).query) ?? []
      reaches.push(from?.slice(11, 16) ?? 'all')
      return opened.engine.query(statement, options)
    },
  }
  return async (limit: number, later = 0n, after?: { time: bigint; id: string }) => {
    reaches.length = 0
    const rows = await newestFirst(
      { engine, projectId: PROJECT },
      {
        from: sql`traces FINAL`,
        where: sql`${ofProject(PROJECT)} AND name = ${str(name)} AND timestamp < ${{ type: "DateTime64(9, 'UTC')", value: NOW + later + MINUTE }}`,
        time: TRACE_TIME,
        columns: sql`id, timestamp`,
        after,
        limit,
        now: msFromNanos(NOW + later),
      },
    )
    return { ids: rows.map((row) => Number(textOf(row, 'id').split('-').at(-1))), reaches: [...reaches] }
  }
}

const everySecond = Array.from({ length: 300 }, (_, index) => BigInt(index) * SECOND)

test('where rows are dense, the hour is read once only', async () => {
  const ask = await world('dense', everySecond)
  expect(await ask(3)).toEqual({ ids: [0, 1, 2], reaches: ['11:00'] })
  expect(await ask(3)).toEqual({ ids: [0, 1, 2], reaches: ['11:59'] })
  expect((await ask(100)).reaches).toEqual(['11:57'])
  const after = { time: NOW - 4n * SECOND, id: 'dense-4' }
  expect(await ask(2, 0n, after)).toEqual({ ids: [5, 6], reaches: ['11:59'] })
})

test('what came to an end since is found all the same, and the next question reaches as far', async () => {
  const ask = await world('ended', everySecond)
  expect((await ask(3)).reaches).toEqual(['11:00'])
  expect(await ask(3, 20n * MINUTE)).toEqual({ ids: [0, 1, 2], reaches: ['12:19', '11:20'] })
  expect(await ask(3, 20n * MINUTE)).toEqual({ ids: [0, 1, 2], reaches: ['11:39'] })
})

test('where nothing has come for longer than the first step, no short one is tried again', async () => {
  const ask = await world('silent', everySecond)
  expect((await ask(3)).reaches).toEqual(['11:00'])
  expect(await ask(3, 120n * MINUTE)).toEqual({ ids: [0, 1, 2], reaches: ['13:59', '13:00', '14:00'] })
  expect(await ask(3, 120n * MINUTE)).toEqual({ ids: [0, 1, 2], reaches: ['13:00', '14:00'] })
})

test('a page that is full only with what lies further back is whole and in order', async () => {
  const ask = await world('gap', [0n, SECOND, 50n * MINUTE, 51n * MINUTE])
  expect((await ask(2)).ids).toEqual([0, 1])
  expect(await ask(3)).toEqual({ ids: [0, 1, 2], reaches: ['11:59', '11:00'] })
})

test('where an hour has too few rows, it is read as before', async () => {
  const ask = await world('sparse', [0n, 90n * MINUTE, 25n * 60n * MINUTE])
  for (let time = 0; time < 2; time++) expect(await ask(2)).toEqual({ ids: [0, 1], reaches: ['11:00', '12:00'] })
})
