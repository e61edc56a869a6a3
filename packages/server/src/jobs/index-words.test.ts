import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { indexWords } from './index-words.ts'

let store: TestEngine
beforeAll(async () => {
  store = await openTestEngine()
})
afterAll(async () => {
  await store.close()
})

const MONTHS = { '202601': 1_767_500_000, '202602': 1_770_500_000 }

async function write(month: keyof typeof MONTHS, { from, rows }: { from: number; rows: number }): Promise<void> {
  await store.engine.command(
    `INSERT INTO observations (project_id, id, trace_id, start_time, input, row_version)
     SELECT 'p', toString(number), toString(number), fromUnixTimestamp64Milli((${MONTHS[month]} + number) * 1000, 'UTC'), 'a Word and ' || number, 1
     FROM numbers(${from}, ${rows}) SETTINGS exclude_materialize_skip_indexes_on_insert = 'words_of_input, words_of_output'`,
  )
}

/** Bytes of the two indices, of the parts that are in use. */
async function indexBytes(): Promise<Readonly<Record<string, unknown>>> {
  const rows = await store.engine.query(sql`
    SELECT partition_id AS month, sum(secondary_indices_uncompressed_bytes) >= 65536 * sum(marks - 1) AS is_indexed
    FROM system.parts WHERE active AND database = currentDatabase() AND table = 'observations' GROUP BY month`)
  return Object.fromEntries(rows.map(({ month, is_indexed }) => [String(month), is_indexed === 1]))
}

async function untilIndexed(): Promise<void> {
  await expect
    .poll(
      () =>
        store.engine.query(
          sql`SELECT latest_fail_reason AS failed FROM system.mutations WHERE table = 'observations' AND NOT is_done`,
        ),
      { timeout: 30_000 },
    )
    .toEqual([])
}

test('neither inserts nor merges index words; the job does, where it pays, and once', async () => {
  await write('202601', { from: 0, rows: 3000 })
  await write('202601', { from: 3000, rows: 3000 })
  await write('202602', { from: 0, rows: 100 })
  await store.engine.command('OPTIMIZE TABLE observations FINAL')
  expect(await indexBytes()).toEqual({ '202601': false, '202602': false })

  expect(await indexWords(store.engine, 1000)).toEqual(['202601'])
  await untilIndexed()
  expect(await indexBytes()).toEqual({ '202601': true, '202602': false })
  expect(await indexWords(store.engine, 1000)).toEqual([])

  await write('202601', { from: 6000, rows: 2000 })
  await store.engine.command('OPTIMIZE TABLE observations FINAL')
  expect(await indexWords(store.engine, 1000)).toEqual(['202601'])
  await untilIndexed()
  expect(await indexBytes()).toEqual({ '202601': true, '202602': false })
  const found = await store.engine.query(
    sql`SELECT count() AS found FROM observations FINAL WHERE hasToken(lower(input), 'word')`,
  )
  expect(found).toEqual([{ found: '8100' }])
})
