import { expect, test } from 'vitest'
import { type ClickHouseOptions, openClickHouse } from '#store/clickhouse.ts'
import { TABLES } from '#store/engine.ts'
import { migrate } from '#store/migrate.ts'
import { sql } from '#store/sql.ts'
import { engineSuite } from './suite.ts'

const options = (url: string): ClickHouseOptions => ({
  url,
  maxQuerySeconds: 20,
  maxQueryMemoryBytes: 300_000_000,
  maxResultBytes: 50_000_000,
})

const url = process.env['CLICKHOUSE_TEST_URL']
if (url) {
  engineSuite('a ClickHouse server', async () => {
    const engine = await openClickHouse(options(url))
    for (const table of [...TABLES, 'schema_versions']) await engine.command(`DROP TABLE IF EXISTS ${table} SYNC`)
    await migrate(engine)
    return { engine, close: () => engine.close() }
  })
}

test('a server that does not answer is unavailable', async () => {
  const engine = await openClickHouse(options('http://127.0.0.1:1'))
  await expect(engine.ping()).rejects.toMatchObject({ code: 'unavailable' })
  await expect(engine.query(sql`SELECT 1`)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(engine.insert('traces', [{ id: 'a' }], 'token')).rejects.toMatchObject({ code: 'unavailable' })
  await engine.close()
})
