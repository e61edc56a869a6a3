import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '#app.ts'
import { runCli } from '#cli/cli.ts'
import { openTestApp, TEST_KEYS, TEST_TOKEN, type TestApp } from '../support/app.ts'

let app: TestApp
let work: string

beforeAll(async () => {
  app = await openTestApp()
  work = await mkdtemp(join(tmpdir(), 'xtrace-backup-'))
  await record(app)
})

afterAll(async () => {
  await app?.close()
  await rm(work, { recursive: true, force: true })
})

async function record(to: TestApp): Promise<void> {
  const timestamp = '2026-03-01T10:00:00.000Z'
  const event = (type: string, id: string, body: object) => ({ id: `e-${id}`, type, timestamp, body: { id, ...body } })
  const answer = await to.send('POST', '/api/public/ingestion', {
    body: {
      batch: [
        event('trace-create', 't1', { name: 'chat', userId: 'u', input: { q: 'why' }, timestamp }),
        event('generation-create', 'o1', {
          traceId: 't1',
          model: 'gpt-4o',
          usage: { input: 3, output: 4 },
          startTime: timestamp,
        }),
        event('score-create', 's1', { traceId: 't1', name: 'good', value: 1 }),
      ],
    },
  })
  expect(answer.status).toBe(207)
  const points = [{ name: 'load', labels: { host: 'a' }, value: 2, timestamp }]
  expect((await to.send('POST', '/v1/metrics/batch', { body: { metrics: points } })).status).toBeLessThan(300)
  const prompt = { name: 'greeting', prompt: 'Hello', labels: ['production'] }
  expect((await to.send('POST', '/api/public/v2/prompts', { body: prompt })).status).toBeLessThan(300)
}

const READS = [
  '/api/public/traces/t1',
  '/api/public/observations/o1',
  '/api/public/traces?limit=10',
  '/api/public/v2/scores',
  '/api/public/metrics/daily',
  '/api/public/metrics/names',
  '/api/public/v2/prompts/greeting',
]

const bearer = { authorization: `Bearer ${TEST_TOKEN}` }

async function back(target: string, body: object = {}) {
  const answer = await app.send('POST', '/api/admin/backups', { headers: bearer, body: { target, ...body } })
  const lines = (await answer.text()).trim().split('\n')
  return { status: answer.status, last: JSON.parse(lines.at(-1) ?? '') }
}

describe('POST /api/admin/backups', () => {
  test.each([
    ['a relative path', () => 'somewhere', /absolute/],
    ['a folder that is not empty', () => work, /not empty/],
    ['the data folder', () => app.dataDir, /outside/],
    ['a folder in it', () => join(app.dataDir, 'store', 'copy'), /outside/],
  ])('refuses %s', async (_name, target, message) => {
    await writeFile(join(work, 'something'), '')
    expect(await back(target())).toMatchObject({ status: 400, last: { message: expect.stringMatching(message) } })
  })

  test('fails where a folder can not be read, rather than leave it out', async () => {
    const letters = join(app.dataDir, 'dead-letters')
    await writeFile(letters, 'no folder')
    expect(await back(join(work, 'unreadable'))).toMatchObject({ status: 200, last: { status: 'failed' } })
    await rm(letters)
  })

  test('is for the token alone', async () => {
    const answer = await app.send('POST', '/api/admin/backups', { body: { target: join(work, 'never') } })
    expect(answer.status).toBe(403)
  })
})

describe('a backup', () => {
  let copy: string
  let reads: unknown[]
  beforeAll(async () => {
    copy = join(work, 'copy')
    reads = await Promise.all(READS.map((path) => app.get(path)))
    expect(await back(copy, { withCredentials: true })).toMatchObject({ status: 200, last: { status: 'done' } })
  })

  test('leaves no links behind', async () => {
    expect(await readdir(join(app.dataDir, 'store', 'shadow')).catch(() => [])).not.toContainEqual(
      expect.stringMatching(/^backup/),
    )
  })

  test('once restored, answers as before, and goes on', async () => {
    const dataDir = join(work, 'restored')
    await app.close()
    expect(await cli(dataDir, 'restore', copy)).toMatchObject({ code: 0 })
    const restored = await openTestApp({ dataDir })
    try {
      expect(await Promise.all(READS.map((path) => restored.get(path)))).toEqual(reads)
      await record(restored)
      expect(await restored.get('/api/public/traces?limit=10')).toMatchObject({ meta: { totalItems: 1 } })
    } finally {
      await restored.close()
    }
  })

  test('is taken by the command itself when no server runs', async () => {
    const dataDir = join(work, 'stopped')
    expect(await cli(dataDir, 'restore', copy)).toMatchObject({ code: 0 })
    const again = join(work, 'again')
    expect(await cli(dataDir, 'backup', again)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/without the keys/),
    })
    expect(await readdir(again)).toContain('manifest.json')
    expect(await cli(join(work, 'stopped-twice'), 'restore', again)).toMatchObject({ code: 0 })
  })

  test('taken while clients write holds all that was acknowledged before, and no half of a trace', async () => {
    const busy = await openTestApp({ dataDir: join(work, 'busy') })
    const target = join(work, 'busy-copy')
    const writing = { count: 0, isOver: false }
    const write = async () => {
      while (!writing.isOver) {
        const id = `w${writing.count}`
        const timestamp = '2026-03-01T10:00:00.000Z'
        const batch = [
          { id: `${id}-1`, type: 'span-create', timestamp, body: { id: `${id}-o`, traceId: id, startTime: timestamp } },
          { id: `${id}-2`, type: 'trace-create', timestamp, body: { id, name: 'busy', timestamp } },
        ]
        const answer = await busy.send('POST', '/api/public/ingestion', { body: { batch } })
        expect(answer.status).toBe(207)
        writing.count++
      }
    }
    const writer = write()
    while (writing.count < 10) await new Promise((resolve) => setImmediate(resolve))
    const before = writing.count
    const answer = await busy.send('POST', '/api/admin/backups', { headers: bearer, body: { target } })
    expect(await answer.text()).toContain('"done"')
    writing.isOver = true
    await writer
    await busy.close()
    const dataDir = join(work, 'busy-restored')
    expect(await cli(dataDir, 'restore', target)).toMatchObject({ code: 0 })
    const restored = await openTestApp({ dataDir })
    try {
      const count = async (of: string) => (await restored.send('GET', `/api/public/x/export?of=${of}`)).text()
      const ids = (text: string) =>
        text
          .split('\n')
          .filter(Boolean)
          .map((line): { id: string } => JSON.parse(line).id)
      await restored.get('/api/public/traces?limit=1')
      const [traces, observations] = [ids(await count('traces')), ids(await count('observations'))]
      expect(traces.length).toBeGreaterThanOrEqual(before)
      expect(observations).toHaveLength(traces.length)
    } finally {
      await restored.close()
    }
  })

  describe('that is damaged', () => {
    let damaged: string
    let count = 0
    beforeEach(async () => {
      damaged = join(work, `damaged-${count++}`)
      await cp(copy, damaged, { recursive: true })
    })

    test.each([
      [
        'a file that has changed',
        () => appendFile(join(damaged, 'catalog.db'), 'x'),
        /catalog\.db of the backup is damaged/,
      ],
      ['a file that is missing', () => rm(join(damaged, 'catalog.db')), /catalog\.db of the backup can not be copied/],
      ['no manifest', () => rm(join(damaged, 'manifest.json')), /holds no manifest/],
      ['half a manifest', () => writeFile(join(damaged, 'manifest.json'), '{'), /manifest\.json .* is damaged/],
      ['another format', () => change({ format: 9 }), /has format 9/],
      ['a newer store', () => change({ storeVersion: 9999 }), /schema version 9999/],
      ['a path that leads out', () => change({ files: { '../out': { bytes: 0, sha256: '' } } }), /outside/],
    ])('is refused for %s, and nothing stays', async (_name, harm, message) => {
      await harm()
      const dataDir = join(work, `into-${count}`)
      expect(await cli(dataDir, 'restore', damaged)).toMatchObject({ code: 1, err: expect.stringMatching(message) })
      expect(await readdir(dataDir)).toEqual([])
    })

    async function change(fields: object): Promise<void> {
      const file = join(damaged, 'manifest.json')
      const manifest: object = JSON.parse(await readFile(file, 'utf8'))
      await writeFile(file, JSON.stringify({ ...manifest, ...fields }))
    }
  })

  test.each([
    ['a file of someone', 'notes.txt', /not empty \(notes\.txt\)/],
    ['a restore that did not end', 'restoring', /unfinished restore/],
  ])('is not restored over %s', async (_name, name, message) => {
    const dataDir = join(work, `holds-${name}`)
    await mkdir(dataDir)
    await writeFile(join(dataDir, name), 'mine')
    expect(await cli(dataDir, 'restore', copy)).toMatchObject({ code: 1, err: expect.stringMatching(message) })
    expect(await readdir(dataDir)).toEqual([name])
  })
})

async function cli(dataDir: string, ...args: string[]) {
  const said = { out: '', err: '' }
  const code = await runCli({
    args,
    env: { XTRACE_DATA_DIR: dataDir, XTRACE_LOG_LEVEL: 'silent', ...keysOfApp },
    platform: process.platform,
    home: work,
    version: '0.0.0-test',
    webDir: join(work, 'no-page'),
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    onSignal: () => {},
    stopWithinMs: 9000,
    exit: () => {},
    createApp,
  })
  return { code, ...said }
}

const keysOfApp = { XTRACE_PUBLIC_KEY: TEST_KEYS.publicKey, XTRACE_SECRET_KEY: TEST_KEYS.secretKey }
