import { expect, test } from 'vitest'
import { tuneAllocator } from '#store/chdb-memory.ts'
import { numberOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { openTestEngine } from '../support/engine.ts'

const MIB = 2 ** 20

tuneAllocator(process.env)

test.each([
  ['a small machine', 512 * MIB, 68 * MIB],
  ['a large machine', 8192 * MIB, 272 * MIB],
])('all caches that fill have a bound: %s', async (_, memoryBytes, together) => {
  const { engine, close } = await openTestEngine({ memoryBytes })
  try {
    const [row = {}] = await engine.query(
      sql`SELECT sum(toUInt64(value)) AS bytes FROM system.server_settings WHERE name IN ('uncompressed_cache_size', 'index_uncompressed_cache_size', 'mark_cache_size', 'index_mark_cache_size', 'query_condition_cache_size', 'compiled_expression_cache_size')`,
    )
    expect(numberOf(row, 'bytes')).toBe(together)
  } finally {
    await close()
  }
})

test('of its threads only some wait for work, and its allocator gives back what is free', async () => {
  const { engine, close } = await openTestEngine()
  try {
    const rows = await engine.query(
      sql`SELECT value FROM system.server_settings WHERE name = 'max_thread_pool_free_size' UNION ALL SELECT extract(stats, 'opt.dirty_decay_ms: [0-9]+') FROM system.jemalloc_stats`,
    )
    expect(rows.map(({ value }) => value).sort()).toEqual(['16', 'opt.dirty_decay_ms: 1000'])
  } finally {
    await close()
  }
})
