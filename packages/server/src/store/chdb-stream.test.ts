import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { numberOf } from './rows/cells.ts'
import { sql } from './sql.ts'

let path: string
let store: TestEngine
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'xtrace-stream-'))
  store = await openTestEngine({ path, threads: 1 })
})
afterAll(async () => {
  await store?.close()
  await rm(path, { recursive: true, force: true })
})

/** Hours of work for one row. */
const ENDLESS = sql`SELECT sum(sipHash64(number)) AS total FROM numbers(1000000000000000)`
const SHORT = sql`SELECT number FROM numbers(3)`

async function running(): Promise<number> {
  const [row = {}] = await store.engine.query(
    sql`SELECT count() AS queries FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%system.processes%'`,
  )
  return numberOf(row, 'queries')
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

const leftFiles = async () => (await readdir(join(path, 'shadow'))).filter((name) => name.startsWith('export'))

describe('a Parquet file', () => {
  test('is whole, and leaves nothing behind', async () => {
    const text = await textOf(store.engine.stream(SHORT, 'Parquet'))
    expect([text.slice(0, 4), text.slice(-4)]).toEqual(['PAR1', 'PAR1'])
    expect(await leftFiles()).toEqual([])
  })

  test('is not written on when nobody waits for it any more', async () => {
    const leaving = new AbortController()
    const first = store.engine.stream(ENDLESS, 'Parquet', leaving.signal)[Symbol.asyncIterator]().next()
    const failed = expect(first).rejects.toThrow()
    await expect.poll(running, { timeout: 10_000 }).toBe(1)
    leaving.abort()
    await failed
    expect([await running(), await leftFiles()]).toEqual([0, []])
    expect(await textOf(store.engine.stream(SHORT, 'Parquet'))).toMatch(/^PAR1/)
  })
})

test.each(['Parquet', 'JSONEachRow', 'CSV'] as const)('%s is not begun for who has left already', async (format) => {
  const bytes = store.engine.stream(ENDLESS, format, AbortSignal.abort())
  await expect(textOf(bytes)).rejects.toMatchObject({ name: 'AbortError' })
  expect(await running()).toBe(0)
})
