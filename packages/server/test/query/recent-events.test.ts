import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasRecentEvents } from '#query/recent-events.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'

let path: string
let opened: TestEngine
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'xtrace-recent-'))
  opened = await openTestEngine({ path })
})
afterEach(async () => {
  await opened?.close()
  await rm(path, { recursive: true, force: true })
})

const observation = (started: string, written: string) =>
  `INSERT INTO observations (project_id, id, trace_id, start_time, updated_at, row_version) SELECT 'p', 'o', 't', now() - INTERVAL ${started}, now() - INTERVAL ${written}, 1`
const trace = (started: string, written: string) =>
  `INSERT INTO traces (project_id, id, timestamp, updated_at, row_version) SELECT 'p', 't', now() - INTERVAL ${started}, now() - INTERVAL ${written}, 1`

test.each([
  ['nothing', [], false],
  ['an observation of a minute ago', [observation('1 MINUTE', '1 MINUTE')], true],
  ['a trace of a minute ago', [trace('1 MINUTE', '1 MINUTE')], true],
  ['what began hours ago and was written now', [trace('20 HOUR', '1 SECOND')], true],
  ['what was written earlier', [observation('1 MINUTE', '4 MINUTE'), trace('1 MINUTE', '4 MINUTE')], false],
  ['what began days ago', [observation('3 DAY', '1 SECOND')], false],
])('after %s', async (_name, statements, expected) => {
  for (const statement of statements) await opened.engine.command(statement)
  expect(await hasRecentEvents(opened.engine)).toBe(expected)
})

test('parts that were not written lately are not read', async () => {
  await opened.engine.command(observation('1 MINUTE', '1 SECOND'))
  await opened.close()
  const anHourAgo = Date.now() / 1000 - 3600
  const names = await readdir(path, { recursive: true })
  for (const name of names.filter((each) => /_\d+_\d+_\d+$/.test(each)))
    await utimes(join(path, name), anHourAgo, anHourAgo)
  opened = await openTestEngine({ path })
  expect(await hasRecentEvents(opened.engine)).toBe(false)
})
