/**
 * What an older xtrace wrote is read by this one: data folders as each schema of the store and each step of the
 * catalogue left them, with rows written as they were then.
 */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql as sqlite } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { catalogSteps, migrateCatalog } from '#catalog/migrate.ts'
import { openSqlite } from '#catalog/sqlite.ts'
import { projectId } from '#domain/ids.ts'
import { mediaIdOf } from '#domain/media.ts'
import { openChdb } from '#store/chdb.ts'
import { migrate, readMigrations, storeVersion } from '#store/migrate.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp } from '../support/app.ts'

const MIB = 1024 * 1024
const versions = (await readMigrations()).map(({ version }) => version)

let work: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'xtrace-upgrade-'))
})
afterAll(() => rm(work, { recursive: true, force: true }))

/** Rows with the columns of the first schema alone, the others blank as the store fills them. */
const ROWS = [
  `INSERT INTO traces (project_id, id, timestamp, name, user_id, environment, tags, input, metadata, created_at, updated_at, row_version)
   VALUES ('default', 't1', '2026-03-01 10:00:00', 'chat', 'u1', 'default', ['a'], '{"q":1}', '{}', now(), now(), 1)`,
  `INSERT INTO observations (project_id, id, trace_id, type, name, start_time, environment, level, model, output, metadata, usage, cost, total_cost, created_at, updated_at, row_version)
   VALUES ('default', 'o1', 't1', 'GENERATION', 'call', '2026-03-01 10:00:01', 'default', 'DEFAULT', 'm', '"done"', '{}',
     map('input', 3, 'output', 4, 'total', 7), map('total', 0.5), 0.5, now(), now(), 1)`,
  `INSERT INTO scores (project_id, id, timestamp, trace_id, name, data_type, value, source, environment, metadata, created_at, updated_at, row_version)
   VALUES ('default', 's1', '2026-03-01 10:00:02', 't1', 'good', 'NUMERIC', 0.5, 'API', 'default', '{}', now(), now(), 1)`,
  `INSERT INTO metric_series (project_id, name, series_id, labels) VALUES ('default', 'load', 7, map('host', 'a'))`,
  `INSERT INTO metric_points (project_id, name, series_id, timestamp, value, point_id) VALUES ('default', 'load', 7, '2026-03-01 10:00:00', 2, 1)`,
]

async function writeOldStore(path: string, version: number): Promise<void> {
  const memory = { memoryBytes: 1500 * MIB, maxQuerySeconds: 20, maxQueryMemoryBytes: 700 * MIB }
  const engine = await openChdb({ ...memory, path, logger: silentLogger })
  await migrate(engine, { upTo: version })
  expect(await storeVersion(engine)).toBe(version)
  for (const statement of ROWS) await engine.command(statement)
  await engine.close()
}

async function writeOldCatalog(path: string, step: string): Promise<void> {
  const db = await openSqlite(path)
  await migrateCatalog(db, path, step)
  await sqlite`insert into organizations (id, name, created_at) values ('old', 'Old', 1)`.execute(db)
  await sqlite`insert into projects (id, organization_id, name, metadata, retention_days, created_at, updated_at) values ('kept', 'old', 'Kept', '{"a":1}', 7, 1, 1)`.execute(
    db,
  )
  await sqlite`insert into api_keys (id, project_id, public_key, secret_hash, display_secret, created_at) values ('k', 'kept', 'pk-old', 'hash', 'sk-…', 1)`.execute(
    db,
  )
  await db.destroy()
}

/** Two stores and a program are opened, one after the other, by a machine that may be busy. */
const TIMEOUT_MS = 120_000

describe('a data folder', { timeout: TIMEOUT_MS }, () => {
  test.each(versions)('of store schema %i is read', async (version) => {
    const dataDir = join(work, `store-${version}`)
    await writeOldStore(join(dataDir, 'store'), version)
    await writeOldCatalog(join(dataDir, 'catalog.db'), catalogSteps()[0] ?? '')
    const app = await openTestApp({ dataDir })
    try {
      expect(await app.get('/api/public/traces/t1')).toMatchObject({
        name: 'chat',
        input: { q: 1 },
        tags: ['a'],
        totalCost: 0.5,
        observations: [{ id: 'o1', output: 'done', usageDetails: { input: 3, output: 4, total: 7 } }],
        scores: [{ id: 's1', value: 0.5 }],
      })
      expect(await app.get('/api/public/metrics/daily')).toMatchObject({
        data: [
          { date: '2026-03-01', countTraces: 1, usage: [{ model: 'm', inputUsage: 3, outputUsage: 4, totalUsage: 7 }] },
        ],
      })
      expect(await app.get('/api/public/metrics/names')).toEqual({ data: ['load'] })
    } finally {
      await app.close()
    }
  })
})

describe('a catalogue', () => {
  test.each(catalogSteps())('of step %s keeps its projects and keys', async (step) => {
    const path = join(work, `${step}.db`)
    await writeOldCatalog(path, step)
    const catalog = await openCatalog({ path, logger: silentLogger })
    try {
      const [project] = await catalog.projects.list()
      expect(project).toMatchObject({ id: 'kept', name: 'Kept', metadata: { a: 1 }, retentionDays: 7 })
      expect(await catalog.keys.findByPublicKey('pk-old')).toMatchObject({ projectId: projectId('kept') })
    } finally {
      await catalog.close()
    }
  })

  test('of a time when items did not keep which media they name does not lose those', async () => {
    const path = join(work, 'names.db')
    await writeOldCatalog(path, '0012-bulk-failures')
    const db = await openSqlite(path)
    const [named, other] = ['named', 'other'].map((text) => createHash('sha256').update(text).digest('base64'))
    for (const sha of [named ?? '', other ?? ''])
      await sqlite`insert into media (project_id, id, sha256, content_type, content_length, created_at, updated_at) values ('kept', ${mediaIdOf(sha)}, ${sha}, 'text/plain', 1, 1, 1)`.execute(
        db,
      )
    await sqlite`insert into datasets (id, project_id, name, last_write_at, created_at, updated_at) values ('d', 'kept', 'd', 250, 1, 1)`.execute(
      db,
    )
    for (let version = 1; version <= 250; version++) {
      const input =
        version === 249 ? `"@@@langfuseMedia:type=text/plain|id=${mediaIdOf(named ?? '')}|source=bytes@@@"` : '1'
      await sqlite`insert into dataset_item_versions (dataset_id, valid_from, valid_to, project_id, id, status, input) values ('d', ${version}, ${version + 1}, 'kept', 'i', 'ACTIVE', ${input})`.execute(
        db,
      )
    }
    await db.destroy()
    const catalog = await openCatalog({ path, logger: silentLogger })
    try {
      expect(await catalog.media.forgetUnused(projectId('kept'), 1000)).toEqual([other])
    } finally {
      await catalog.close()
    }
  })
})
