/**
 * The program dies at every point between append, insert and cursor, and finds torn and damaged files
 * when it starts again: what was acknowledged is there afterwards, whole, and once.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'rolldown'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { acceptInto } from '#ingest/accept.ts'
import { sql } from '#store/sql.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openAll, requestOf } from './fault-child.ts'
import { FAULT_POINTS, type FaultPoint } from './fault-points.ts'

const SERVER = resolve(import.meta.dirname, '..', '..')

/** fault-child.ts as one file: it is started seventeen times, and reading the sources takes longer than dying. */
let program = ''
beforeAll(async () => {
  // Under node_modules, so that it finds the packages.
  const folder = await mkdtemp(join(SERVER, '..', '..', 'node_modules', '.xtrace-faults-'))
  program = join(folder, 'fault-child.js')
  await build({
    input: join(import.meta.dirname, 'fault-child.ts'),
    platform: 'node',
    external: (id) => /^[a-z@]/.test(id) && !id.startsWith('@xtrace/'),
    logLevel: 'warn',
    output: { file: program, format: 'esm', codeSplitting: false },
  })
})
afterAll(() => rm(dirname(program), { recursive: true, force: true }))

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-fault-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** Lets the program die at a point; gives what it acknowledged before. */
async function dieAt(point: FaultPoint, round: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, dir, String(round), point, '3'], {
    env: { ...process.env, XTRACE_TEST_SCHEMA: `${join(SERVER, 'src', 'store', 'schema')}/` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = acknowledgements(child)
  await once(child, 'close')
  expect([point, child.signalCode]).toEqual([point, 'SIGKILL'])
  return lines()
}

/** The whole lines so far; half a line was not acknowledged. */
function acknowledgements({ stdout }: ChildProcess): () => string[] {
  let text = ''
  stdout?.on('data', (chunk) => {
    text += chunk
  })
  return () => text.split('\n').slice(0, -1)
}

/** Every acknowledged request is stored whole and once. */
async function expectStored(acknowledged: readonly string[]): Promise<void> {
  const { engine, barrier, close } = await openAll(dir)
  expect(await barrier.caughtUp(60_000)).toBe(0)
  const rows = await engine.query(sql`SELECT id, input, output FROM observations FINAL`)
  const scores = await engine.query(sql`SELECT id FROM scores FINAL`)
  const points = await engine.query(sql`SELECT value FROM metric_points FINAL`)
  const [shared] = await engine.query(sql`SELECT tags FROM traces FINAL`)
  await close()
  const ids = [...rows, ...scores].map((row) => row['id'])
  expect(new Set(ids).size).toBe(ids.length)
  const values = points.map((row) => Number(row['value']))
  expect(new Set(values).size).toBe(values.length)
  const wanted = acknowledged.flatMap((name) => [`span-${name}`, `call-${name}`, `score-${name}`])
  expect(missing(wanted, ids)).toEqual([])
  expect(missing(acknowledged.map(pointOf), values)).toEqual([])
  expect(missing(acknowledged, shared?.['tags'])).toEqual([])
  const calls = new Map(rows.map((row) => [row['id'], [row['input'], row['output']]]))
  expect(acknowledged.filter((name) => calls.get(`call-${name}`)?.join() !== `${name},${name}`)).toEqual([])
  await expect(readdir(join(dir, 'dead'))).rejects.toThrow('ENOENT')
}

const pointOf = (name: string) => {
  const [round, number] = name.split('-')
  return Number(round) * 1_000_000 + Number(number)
}

function missing(wanted: readonly unknown[], found: unknown): unknown[] {
  const there = new Set(Array.isArray(found) ? found : [])
  return wanted.filter((one) => !there.has(one))
}

test('one death at every point, each over what the one before it left', { timeout: 400_000 }, async () => {
  const acknowledged: string[] = []
  for (const [round, point] of FAULT_POINTS.entries()) acknowledged.push(...(await dieAt(point, round)))
  expect(acknowledged.length).toBeGreaterThan(0)
  await expectStored(acknowledged)
})

/** Requests that wait in the log, as the engine was never reached. */
async function leaveBacklog(requests: number): Promise<void> {
  const log = await openSegmentLog({
    dir: join(dir, 'log'),
    maxBytes: 1_000_000,
    segmentBytes: 1_000_000,
    sync: 'always',
    syncIntervalMs: 100,
    logger: silentLogger,
  })
  const accept = acceptInto(log)
  for (let number = 0; number < requests; number++) await accept(requestOf(0, number))
  await log.close()
}

/** The segment that holds a request: the log goes on to the next one as soon as that is made ready. */
async function segmentOf(name: string): Promise<{ path: string; bytes: Buffer; at: number }> {
  for (const file of await readdir(join(dir, 'log'))) {
    const path = join(dir, 'log', file)
    const bytes = await readFile(path)
    const at = bytes.indexOf(`"span-${name}"`)
    if (file.endsWith('.seg') && at >= 0) return { path, bytes, at }
  }
  throw new Error(`No segment holds ${name}`)
}

const names = (...numbers: readonly number[]) => numbers.map((number) => `0-${number}`)

test('a last record that is torn was never acknowledged and is cut off; all others are stored', async () => {
  await leaveBacklog(4)
  const { path, bytes } = await segmentOf('0-3')
  await truncate(path, bytes.length - 7)
  await expectStored(names(0, 1, 2))
})

test('a flipped byte in a segment is found, reported and counted, and all other requests are stored', async () => {
  await leaveBacklog(5)
  const { path, bytes, at } = await segmentOf('0-2')
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at)
  await writeFile(path, bytes)
  const errors: object[] = []
  const logger = { ...silentLogger, error: (fields: object) => errors.push(fields) }
  const { barrier, metrics, close } = await openAll(dir, { logger })
  expect(await barrier.caughtUp(60_000)).toBe(0)
  expect(errors).toEqual([{ damagedFrom: expect.any(Number), bytes: expect.any(Number) }])
  expect(await metrics.text()).toMatch(/^xtrace_eventlog_damaged_bytes_total [1-9]/m)
  await close()
  await expectStored(names(0, 1, 3, 4))
})
