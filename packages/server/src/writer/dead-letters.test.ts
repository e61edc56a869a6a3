import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import { decodeChange } from '#domain/change-codec.ts'
import { projectId, traceId } from '#domain/ids.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { deadLetterFiles, readDeadLetters, replayDeadLetters } from './dead-letter-files.ts'
import { type DeadLetterOptions, openDeadLetters } from './dead-letters.ts'
import type { Refusal } from './located.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-letters-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const open = (over: Partial<DeadLetterOptions> = {}) =>
  openDeadLetters({ dir, maxBytes: 1_000_000, onDiscarded: () => {}, ...over })

const change = (id: string): Change => ({
  kind: 'trace',
  id: traceId(id),
  projectId: projectId('p'),
  at: 1,
  receivedAt: 2,
  origin: { apiKey: 'pk', sdkName: 'test', sdkVersion: '1', via: 'api' },
  timestamp: 1_700_000_000_123_456_789n,
  name: '"quoted"\n中',
})

const refusal = (id: string, over: Partial<Refusal> = {}): Refusal => ({
  next: 7,
  index: 0,
  stage: 'store',
  reason: 'refused',
  change: change(id),
  ...over,
})

const pathOf = async () => join(dir, (await deadLetterFiles(dir))[0] ?? '')

async function readAll(): Promise<unknown[]> {
  const letters: unknown[] = []
  for (const name of await deadLetterFiles(dir))
    for await (const { letter } of readDeadLetters(join(dir, name))) letters.push(letter)
  return letters
}

/** What the log holds, each payload as a change or as it is. */
async function logged(log: ReturnType<typeof createMemoryLog>): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const { payloads } of log.read(0, log.committed(0)))
    for (const payload of payloads) found.push(payload[0] === 1 ? decodeChange(payload) : Buffer.from(payload))
  return found
}

describe('keeping', () => {
  test('no letter, no folder', async () => {
    await rm(dir, { recursive: true })
    await open()([])
    expect(await deadLetterFiles(dir)).toEqual([])
  })

  test('a change is read back as it was, and so are bytes', async () => {
    await open()([refusal('a'), refusal('b', { change: Buffer.from([9, 0, 255]), stage: 'decode', index: 3 })])
    expect(await readAll()).toEqual([
      { time: expect.any(String), stage: 'store', reason: 'refused', position: 7, index: 0, content: change('a') },
      expect.objectContaining({ stage: 'decode', index: 3, content: Buffer.from([9, 0, 255]) }),
    ])
  })

  test('what was written twice is read once', async () => {
    const keep = open()
    await keep([refusal('a'), refusal('b')])
    await keep([refusal('a')])
    expect(await readAll()).toHaveLength(2)
  })

  test('a line that a crash cut off takes no other one along', async () => {
    const keep = open()
    await keep([refusal('a')])
    await appendFile(await pathOf(), '{"time":"2026')
    await keep([refusal('b')])
    expect(await readAll()).toMatchObject([{ content: { id: 'a' } }, undefined, { content: { id: 'b' } }])
  })
})

describe('the bound', () => {
  test('full files are followed by new ones, and the oldest go', async () => {
    const discarded: [string, number][] = []
    const keep = open({ maxBytes: 4000, onDiscarded: (file, bytes) => discarded.push([file, bytes]) })
    for (let number = 0; number < 40; number++) await keep([refusal(`t${number}`)])
    const texts = await Promise.all((await deadLetterFiles(dir)).map((name) => readFile(join(dir, name), 'utf8')))
    expect(texts.length).toBeGreaterThan(2)
    expect(texts.join('').length).toBeLessThanOrEqual(4000)
    expect(texts.at(-1)).toContain('"t39"')
    expect(discarded.length).toBeGreaterThan(0)
    expect(await readdir(dir)).not.toContain(discarded[0]?.[0])
    expect(discarded[0]?.[1]).toBeGreaterThan(0)
  })

  test('one letter beyond the bound is kept', async () => {
    await open({ maxBytes: 10 })([refusal('a')])
    expect(await readAll()).toHaveLength(1)
  })
})

describe('replaying', () => {
  test('sends everything through the log and takes the file away', async () => {
    const log = createMemoryLog()
    await open()([refusal('a'), refusal('b'), refusal('c', { change: Buffer.from([9]) })])
    expect(await replayDeadLetters(await pathOf(), log)).toEqual({ letters: 3, unreadable: 0 })
    expect(await logged(log)).toEqual([change('a'), change('b'), Buffer.from([9])])
    expect(await deadLetterFiles(dir)).toEqual([])
  })

  test('leaves lines that say nothing', async () => {
    const log = createMemoryLog()
    const path = join(dir, '2026-01-02-000000.jsonl')
    await writeFile(path, '{"time":\n{"change":{"kind":"nonsense"}}\n')
    expect(await replayDeadLetters(path, log)).toEqual({ letters: 0, unreadable: 2 })
    expect(await readFile(path, 'utf8')).toBe('{"time":\n{"change":{"kind":"nonsense"}}\n')
    expect(await logged(log)).toEqual([])
  })

  test('keeps the file when the log takes nothing', async () => {
    await open()([refusal('a')])
    const log = { append: () => Promise.reject(new Error('full')) }
    await expect(replayDeadLetters(await pathOf(), log)).rejects.toThrow('full')
    expect(await readAll()).toHaveLength(1)
  })
})
