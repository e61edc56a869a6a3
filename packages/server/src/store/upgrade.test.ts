import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '#telemetry/logger.ts'
import { openChdb } from './chdb.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { Sql } from './sql.ts'

let folder: string
let engine: Engine
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xtrace-upgrade-'))
  const limits = { memoryBytes: 1_500_000_000, maxQuerySeconds: 20, maxQueryMemoryBytes: 700_000_000 }
  engine = await openChdb({ path: join(folder, 'store'), ...limits, queryConnections: 1, logger: silentLogger })
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (text: string) => engine.query(new Sql([text]))

/** Applies the first files alone, as a program of that time did. */
async function migrateTo(version: number): Promise<void> {
  const own = new URL('./schema/', import.meta.url)
  const directory = join(folder, `schema-${version}`)
  await mkdir(directory)
  const names = (await readdir(own)).filter((name) => Number(name.slice(0, 4)) <= version)
  await Promise.all(names.map((name) => cp(new URL(name, own), join(directory, name))))
  await migrate(engine, { directory: pathToFileURL(`${directory}/`) })
}

/** As after a start that ended in the middle of the next version. */
async function startAgainFrom(version: number): Promise<void> {
  await engine.command('TRUNCATE TABLE schema_versions')
  await engine.command(`INSERT INTO schema_versions VALUES (${version}, now())`)
}

test('rows written before the fine grains are there after them, with what is computed of them', async () => {
  await migrateTo(3)
  await engine.command(
    "INSERT INTO observations (project_id, id, trace_id, start_time, usage, cost, input, row_version) SELECT 'p', toString(number), toString(intDiv(number, 8)), fromUnixTimestamp64Nano(1760000000000000000 + number * 60000000000, 'UTC'), map('input', 2, 'input_cached', 3, 'output', 4, 'total', 9), map('input', 0.5), 'some Needle here', 1 FROM numbers(20000)",
  )
  await engine.command(
    "INSERT INTO traces (project_id, id, timestamp, user_id, row_version) SELECT 'p', toString(number), fromUnixTimestamp64Nano(1760000000000000000 + number, 'UTC'), 'u', 1 FROM numbers(2500)",
  )
  await migrate(engine, { upTo: 4 })
  await startAgainFrom(3)
  await migrate(engine, { upTo: 4 })
  await migrate(engine)

  expect(await ask('SELECT count() AS rows, uniqExact(id) AS ids FROM observations')).toEqual([
    { rows: '20000', ids: '20000' },
  ])
  expect(await ask("SELECT count() AS rows FROM traces FINAL WHERE user_id = 'u'")).toEqual([{ rows: '2500' }])
  expect(
    await ask(
      "SELECT usage_input, usage_output, usage_total, cost_input, cost_output FROM observations FINAL PREWHERE trace_id = '77' WHERE hasToken(lower(input), 'needle') LIMIT 1",
    ),
  ).toEqual([{ usage_input: '5', usage_output: '4', usage_total: '9', cost_input: 0.5, cost_output: 0 }])
  expect(await ask("SHOW TABLES LIKE '%_fine'")).toEqual([])
})

const DATED = [
  { table: 'observations', time: 'start_time' },
  { table: 'traces', time: 'timestamp' },
  { table: 'scores', time: 'timestamp' },
]

test('rows written in the order of hours are there once in that of minutes, also after a start that ended in the middle', async () => {
  await startAgainFrom(8)
  for (const { table, time } of DATED) {
    await engine.command(`DROP TABLE ${table} SYNC`)
    await engine.command(
      `CREATE TABLE ${table} (project_id LowCardinality(String), id String, trace_id String, ${time} DateTime64(9, 'UTC'), input String, output String, row_version UInt64, is_deleted UInt8, INDEX words_of_input lower(input) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1, INDEX words_of_output lower(output) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1) ENGINE = ReplacingMergeTree(row_version, is_deleted) PARTITION BY toYYYYMM(${time}) ORDER BY (project_id, toStartOfHour(${time}), id)`,
    )
    const insert = `INSERT INTO ${table} (project_id, id, ${time}, row_version, is_deleted) VALUES`
    await engine.command(
      `${insert} ('p', 'moved', '2026-11-30 10:05:00', 1, 0), ('p', 'removed', '2026-11-30 10:06:00', 1, 0)`,
    )
    await engine.command(
      `${insert} ('p', 'moved', '2026-11-30 10:40:00', 2, 0), ('p', 'removed', '2026-11-30 10:06:00', 3, 1)`,
    )
    await engine.command(`CREATE TABLE ${table}_by_minute AS ${table}`)
    await engine.command(`INSERT INTO ${table}_by_minute SELECT * FROM ${table}`)
  }
  await migrate(engine)
  await startAgainFrom(8)
  await migrate(engine)

  for (const { table, time } of DATED) {
    expect(await ask(`SELECT id, toString(${time}) AS time, row_version AS version FROM ${table}`), table).toEqual([
      { id: 'moved', time: '2026-11-30 10:40:00.000000000', version: '2' },
    ])
  }
  expect(await ask("SHOW TABLES LIKE '%_by_minute'")).toEqual([])
})
