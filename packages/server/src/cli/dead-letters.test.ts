import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDataFolder } from '#config/data-folder.ts'
import { projectId, traceId } from '#domain/ids.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openDeadLetters } from '#writer/dead-letters.ts'
import { runBeside, runOver } from './run.fixture.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-cli-'))
  await mkdir(join(root, 'log'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** Runs one command over the folder. */
const run = (...args: string[]) => runOver(root, ['dead-letters', ...args])

const keep = () =>
  openDeadLetters({ dir: join(root, 'dead-letters'), maxBytes: 1_000_000, onDiscarded: () => {} })([
    {
      next: 7,
      index: 0,
      stage: 'store',
      reason: 'the engine\nrefused it',
      change: {
        kind: 'trace',
        id: traceId('t1'),
        projectId: projectId('default'),
        at: 1,
        receivedAt: 2,
        origin: { apiKey: 'pk', sdkName: 'test', sdkVersion: '1', via: 'api' },
      },
    },
    { next: 7, index: 1, stage: 'decode', reason: 'no change', change: Buffer.from('xyz') },
  ])

test('none', async () => {
  expect(await run()).toEqual({ code: 0, err: '', out: `0 dead letters in ${join(root, 'dead-letters')}\n` })
  expect(await run('--json')).toEqual({ code: 0, err: '', out: '' })
})

test('a list for people', async () => {
  await keep()
  const { code, out } = await run()
  expect([code, out.split('\n').map((line) => line.replace(/^\S+Z /, 'TIME '))]).toEqual([
    0,
    [
      'TIME  store   trace t1 of default  the engine refused it',
      'TIME  decode  3 bytes  no change',
      `2 dead letters in ${join(root, 'dead-letters')}`,
      '',
    ],
  ])
})

test('a list for programs, also while a server holds the folder', async () => {
  await keep()
  const lock = await openDataFolder(root)
  const { out } = await run('--json')
  await lock.release()
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { stage: 'store', position: 7, change: { id: 't1' } },
    { stage: 'decode', payload: Buffer.from('xyz').toString('base64') },
  ])
})

test('replay puts all into the event log and takes the files away', async () => {
  await keep()
  const { code, out } = await run('replay')
  expect([code, out]).toEqual([0, '2 dead letters; the next start stores what can be stored\n'])
  expect(await readdir(join(root, 'dead-letters'))).toEqual([])
  const log = await openSegmentLog({
    dir: join(root, 'log'),
    maxBytes: 1e6,
    segmentBytes: 1e6,
    sync: 'always',
    syncIntervalMs: 1,
    logger: silentLogger,
  })
  const payloads: string[] = []
  for await (const batch of log.read(0, log.committed(0)))
    payloads.push(...batch.payloads.map((payload) => Buffer.from(payload).toString()))
  await log.close()
  expect(payloads).toEqual([expect.stringContaining('"t1"'), 'xyz'])
})

test('replay is refused while somebody holds the folder who can not be asked', async () => {
  await keep()
  const lock = await openDataFolder(root)
  const { code, err } = await run('replay')
  await lock.release()
  expect([code, err]).toEqual([1, expect.stringContaining('is in use by process')])
  expect(await readdir(join(root, 'dead-letters'))).toHaveLength(1)
})

test('replay is refused where there is no data', async () => {
  await rm(join(root, 'log'), { recursive: true })
  expect(await run('replay')).toMatchObject({ code: 1, err: expect.stringContaining('holds no data') })
})

describe('replay beside a server', () => {
  test.each([
    {
      name: 'tells what it did',
      answer: Response.json({ letters: 2, unreadable: 1 }),
      told: { code: 0, out: expect.stringMatching(/^2 dead letters and 1 lines .* server/) },
    },
    {
      name: 'tells why it did not',
      answer: Response.json({ message: 'The log is full' }, { status: 503 }),
      told: { code: 1, err: expect.stringMatching(/The server refused: The log is full/) },
    },
  ])('$name', async ({ answer, told }) => {
    const outcome = await runBeside(root, answer, ['dead-letters', 'replay'])
    expect(outcome).toMatchObject({ ...told, asked: ['POST /api/admin/dead-letters/replay'] })
  })
})

test('anything else is refused in one sentence', async () => {
  expect(await run('delete')).toMatchObject({ code: 1, err: expect.stringMatching(/^xtrace: 'dead-letters' takes/) })
})
