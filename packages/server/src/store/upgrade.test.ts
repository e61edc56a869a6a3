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

test('rows written before the fine grains are there after them, with what is computed of them', async () => {
  await migrateTo(3)
  await engine.command(
    "INSERT INTO observations (project_id, id, trace_id, start_time, usage, cost, input, row_version) SELECT 'p', toString(number), toString(intDiv(number, 8)), fromUnixTimestamp64Nano(1760000000000000000 + number * 60000000000, 'UTC'), map('input', 2, 'input_cached', 3, 'output', 4, 'total', 9), map('input', 0.5), 'some Needle here', 1 FROM numbers(20000)",
  )
  await engine.command(
    "INSERT INTO traces (project_id, id, timestamp, user_id, row_version) SELECT 'p', toString(number), fromUnixTimestamp64Nano(1760000000000000000 + number, 'UTC'), 'u', 1 FROM numbers(2500)",
  )
  await migrate(engine)
  // A start that ended in the middle does it all again.
  await engine.command('TRUNCATE TABLE schema_versions')
  await engine.command('INSERT INTO schema_versions VALUES (3, now())')
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
