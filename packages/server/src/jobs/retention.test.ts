import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { findDailyMetrics } from '#query/daily-metrics.ts'
import { type Sql, sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT, type Seeder } from '../../test/support/seed.ts'
import { type RetentionOptions, runRetention } from './retention.ts'

const signal = new AbortController().signal
const NOW = Date.parse('2026-03-10T15:00:00Z')
const GONE = projectId('gone')

let store: TestEngine
let seed: Seeder
let folder: string

beforeAll(async () => {
  store = await openTestEngine()
  seed = createSeeder(store.engine)
  folder = await mkdtemp(join(tmpdir(), 'xtrace-retention-'))
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const project = (id: ProjectId, retentionDays: number | undefined) => ({
  id,
  name: id,
  organization: { id: 'o', name: 'o' },
  metadata: {},
  retentionDays,
  imageHosts: [],
  createdAt: 0,
  updatedAt: 0,
})

const removedMedia: string[] = []

const run = (change: Partial<RetentionOptions> = {}) =>
  runRetention(
    {
      engine: store.engine,
      projects: {
        list: async () => [project(PROJECT, 30), project(OTHER_PROJECT, undefined)],
        listDeleted: async () => [],
      },
      media: { byIds: async () => [], forgetUnused: async () => [] },
      mediaStore: {
        remove: async ({ projectId: id, sha256 }) => void removedMedia.push(`${id}/${sha256}`),
        removeProject: async (id) => void removedMedia.push(id),
      },
      deadLetterDir: folder,
      storedTo: () => 10,
      maxAgeDays: undefined,
      maxProjectBytes: undefined,
      now: () => NOW,
      ...change,
    },
    signal,
  )

const daily = (filters: Parameters<typeof findDailyMetrics>[1]['filters'] = [], id = PROJECT) =>
  findDailyMetrics({ engine: store.engine, projectId: id }, { page: 1, limit: 50, filters, times: [] })

const ask = async (statement: Sql) => await store.engine.query(statement)

async function seedDays(id: ProjectId): Promise<void> {
  const days = ['2025-12-30', '2026-01-15', '2026-02-07', '2026-02-08', '2026-03-10']
  for (const day of days) {
    const ids = { trace: `${id}-${day}`, first: `${id}-${day}-1`, second: `${id}-${day}-2` }
    const place = { projectId: id, traceId: ids.trace, input: '"in"', output: '"out"' }
    await seed.traces(
      { id: ids.trace, projectId: id, timestamp: at(`${day}T10:00:00Z`), name: 'chat', userId: day, tags: ['a', 'b'] },
      { id: `${ids.trace}-empty`, projectId: id, timestamp: at(`${day}T11:00:00Z`), name: 'empty' },
    )
    const usage = { usage: { input: 10, output: 5, total: 15 }, totalCost: 0.25, model: 'm1' }
    await seed.observations(
      { ...place, ...usage, id: ids.first, startTime: at(`${day}T10:00:01Z`) },
      { ...place, id: ids.second, startTime: at(`${day}T10:00:02Z`) },
    )
    await seed.scores({ id: ids.trace, projectId: id, traceId: ids.trace, timestamp: at(`${day}T12:00:00Z`) })
    await seed.points({ name: 'speed', value: 1, time: at(`${day}T12:00:00Z`), projectId: id })
  }
}

describe('retention by age', () => {
  test('takes what is older, of the projects that say so, and leaves the daily metrics as they were', async () => {
    await seedDays(PROJECT)
    await seedDays(OTHER_PROJECT)
    const name = [{ type: 'string', column: 'name', operator: '=', value: 'chat' } as const]
    const tags = [{ type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['b'] } as const]
    const user = [{ type: 'string', column: 'userId', operator: '=', value: '2026-01-15' } as const]
    const questions = [[], name, tags, user]
    const before = await Promise.all(questions.map((filters) => daily(filters)))
    expect(before.map(({ totalItems }) => totalItems)).toEqual([5, 5, 5, 1])

    const outcome = await run()

    expect(outcome).toMatchObject({
      daysCounted: 3,
      rowsRemoved: { observations: 6, traces: 6, scores: 3, metric_points: 3 },
    })
    expect(await Promise.all(questions.map((filters) => daily(filters)))).toEqual(before)
    const left = await ask(sql`SELECT project_id, count() AS rows FROM traces GROUP BY project_id ORDER BY project_id`)
    expect(left.map((row) => [row['project_id'], Number(row['rows'])])).toEqual([
      [PROJECT, 4],
      [OTHER_PROJECT, 10],
    ])
    expect((await daily([], OTHER_PROJECT)).totalItems).toBe(5)
  })

  test('has nothing to do a second time', async () => {
    const before = await daily()
    const outcome = await run()
    expect(outcome.daysCounted).toBe(0)
    expect(outcome.rowsRemoved).toEqual({ observations: 0, traces: 0, scores: 0, metric_points: 0 })
    expect(await daily()).toEqual(before)
  })

  test('counts a day once, though a run ended between counting and removing', async () => {
    const before = await daily([], OTHER_PROJECT)
    const only = {
      projects: { list: async () => [project(OTHER_PROJECT, 30)], listDeleted: async () => [] },
    }
    const engine: RetentionOptions['engine'] = {
      query: (statement, options) => store.engine.query(statement, options),
      command: async (statement) => {
        if (statement.startsWith('ALTER')) throw new Error('the process ends here')
        await store.engine.command(statement)
      },
    }
    await expect(run({ ...only, engine })).rejects.toThrow('ends here')
    expect(await daily([], OTHER_PROJECT)).toEqual(before)
    expect(await run(only)).toMatchObject({ daysCounted: 0, rowsRemoved: { traces: 6 } })
    expect(await daily([], OTHER_PROJECT)).toEqual(before)
  })

  test('adds what came late to a day that was counted', async () => {
    const late = { projectId: OTHER_PROJECT, timestamp: at('2026-01-15T09:00:00Z'), name: 'late' }
    await seed.traces({ id: 'late', ...late })
    const rows = await ask(sql`SELECT max(counted_to) AS counted FROM daily_usage WHERE project_id = 'p2'`)
    expect(Number(rows[0]?.['counted'])).toBe(10)
    await store.engine.command(
      "INSERT INTO traces SELECT * REPLACE('later' AS id, toUInt64(12) AS row_version) FROM (SELECT * FROM traces WHERE id = 'late')",
    )
    const projects = { list: async () => [project(OTHER_PROJECT, 30)], listDeleted: async () => [] }
    const outcome = await run({ projects, storedTo: () => 20 })
    expect(outcome).toMatchObject({ daysCounted: 1, rowsRemoved: { traces: 2 } })
    const day = (await daily([], OTHER_PROJECT)).values.find(({ date }) => date === '2026-01-15')
    expect(day?.countTraces).toBe(3)
  })

  test('leaves what a flush may be storing', async () => {
    await seed.traces({ id: 'flying', timestamp: at('2026-01-01T00:00:00Z') })
    expect((await run({ storedTo: () => 0 })).rowsRemoved).toMatchObject({ traces: 0 })
    expect((await run()).rowsRemoved).toMatchObject({ traces: 1 })
  })

  test('takes the age of the installation where a project has none of its own', async () => {
    const projects = { list: async () => [project(OTHER_PROJECT, undefined)], listDeleted: async () => [] }
    const outcome = await run({ projects, maxAgeDays: 1 })
    expect(outcome.rowsRemoved).toMatchObject({ traces: 2, observations: 2 })
    expect((await daily([], OTHER_PROJECT)).totalItems).toBe(5)
  })
})

describe('retention by size', () => {
  const big = projectId('big')
  const projects = { list: async () => [project(big, undefined)], listDeleted: async () => [] }

  test('takes payloads first, then rows, and never today', async () => {
    const text = JSON.stringify('word '.repeat(2000))
    for (const day of ['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-10'])
      await seed.observations({
        id: `big-${day}`,
        traceId: 'big',
        projectId: big,
        startTime: at(`${day}T10:00:00Z`),
        input: text,
        toolCalls: ['{}'],
      })
    // Payloads count half until the engine knows better: 5 kB a day, and 300 bytes a row.
    const outcome = await run({ projects, maxProjectBytes: 17_000 })
    expect(outcome).toMatchObject({ rowsRemoved: {}, rowsStripped: { observations: 2 } })
    const sizes = () =>
      ask(
        sql`SELECT length(input) > 0 AND length(tool_calls) > 0 AS whole FROM observations FINAL WHERE project_id = 'big' ORDER BY start_time`,
      )
    expect((await sizes()).map((row) => Boolean(row['whole']))).toEqual([false, false, true, true])
    const tight = await run({ projects, maxProjectBytes: 1_400 })
    expect(tight).toMatchObject({ rowsRemoved: { observations: 2 }, rowsStripped: { observations: 1 } })
    expect((await sizes()).map((row) => Boolean(row['whole']))).toEqual([false, true])
  })
})

describe('what else goes', () => {
  test('all that a deleted project left, and nothing of one that is there again', async () => {
    await seedDays(GONE)
    const projects = (present: readonly ProjectId[]) => ({
      list: async () => present.map((id) => project(id, undefined)),
      listDeleted: async () => [GONE],
    })
    expect((await run({ projects: projects([GONE]) })).rowsRemoved).toEqual({})
    const outcome = await run({ projects: projects([]) })
    expect(outcome.rowsRemoved).toMatchObject({
      traces: 10,
      observations: 10,
      scores: 5,
      metric_points: 5,
      metric_series: 1,
    })
    expect(removedMedia).toEqual([GONE])
    for (const table of [sql`traces`, sql`observations`, sql`scores`, sql`metric_points`, sql`metric_series`])
      expect(await ask(sql`SELECT 1 FROM ${table} WHERE project_id = 'gone'`)).toEqual([])
  })

  test('media that are not used any more', async () => {
    const asked: unknown[] = []
    const media = {
      byIds: async () => [],
      forgetUnused: async (id: ProjectId, before: number) => {
        asked.push([id, new Date(before).toISOString()])
        return ['digest']
      },
    }
    removedMedia.length = 0
    expect((await run({ media })).mediaRemoved).toBe(1)
    expect(asked).toEqual([[PROJECT, '2026-02-08T00:00:00.000Z']])
    expect(removedMedia).toEqual([`${PROJECT}/digest`])
  })

  test('dead letters older than the age of the installation', async () => {
    const files = ['2026-02-07.jsonl', '2026-02-08.jsonl', '2026-03-10.jsonl', 'notes.txt']
    for (const name of files) await writeFile(join(folder, name), '')
    await run()
    expect(await readdir(folder)).toHaveLength(4)
    await run({ maxAgeDays: 30 })
    expect((await readdir(folder)).sort()).toEqual(files.slice(1))
  })
})
