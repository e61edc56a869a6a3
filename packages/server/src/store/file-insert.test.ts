import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { openTestEngine } from '../../test/support/engine.ts'
import { toMetricSeriesRow } from './rows/metric.ts'
import { sql } from './sql.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-folders-'))
})
afterAll(() => rm(root, { recursive: true }))

const row = toMetricSeriesRow(projectId('p'), { name: 'a', labels: {}, value: 1, timestamp: 1n })

test.each(['{a,b}', '{1..3}', '}{', "*?[a]'"])('rows are stored in a folder named %s', async (name) => {
  const store = await openTestEngine({ path: join(root, name) })
  try {
    await store.engine.insert('metric_series', [row], 'token')
    expect(await store.engine.query(sql`SELECT name FROM metric_series`)).toEqual([{ name: 'a' }])
  } finally {
    await store.close()
  }
})
