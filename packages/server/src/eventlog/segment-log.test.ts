import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFailingDisk } from '#eventlog/disk.fake.ts'
import { batchesOf, entry, eventLogCases, textsOf } from '#eventlog/event-log.suite.ts'
import { buildFrame, sealFrame } from '#eventlog/frame.ts'
import { SEGMENT_HEADER_BYTES } from '#eventlog/segment-header.ts'
import { openSegmentLog, type SegmentLogOptions } from '#eventlog/segment-log.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-eventlog-'))
})
afterEach(() => rm(dir, { recursive: true }))

const open = (options: Partial<SegmentLogOptions> = {}) =>
  openSegmentLog({
    dir,
    maxBytes: 1_000_000,
    segmentBytes: 100_000,
    sync: 'always',
    syncIntervalMs: 5,
    logger: silentLogger,
    ...options,
  })

const segmentNames = async () => (await readdir(dir)).filter((name) => name.endsWith('.seg')).sort()
const segmentPath = async (index: number) => join(dir, (await segmentNames()).at(index) ?? '')

/** Appends each text on its own, then closes. */
async function fill(texts: readonly string[], options: Partial<SegmentLogOptions> = {}): Promise<void> {
  const log = await open(options)
  for (const text of texts) await log.append([entry(text)])
  await log.close()
}

async function damage(path: string, find: string): Promise<void> {
  const bytes = await readFile(path)
  const at = bytes.indexOf(find)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  await writeFile(path, bytes)
}

describe('segment log', () => {
  eventLogCases(open)

  describe('and again with files of one batch each', () => {
    eventLogCases(({ maxBytes }) => open({ maxBytes, segmentBytes: 1 }))
  })
})

describe('after a restart', () => {
  test('what was appended is read from the cursor on, and later positions lie beyond', async () => {
    await fill(['a', 'b'])
    const log = await open()
    const before = log.head(0)
    expect(await textsOf(log)).toEqual([['a'], ['b']])
    await log.append([entry('c')])
    expect(await textsOf(log)).toEqual([['a'], ['b'], ['c']])
    expect((await batchesOf(log)).at(-1)?.position).toBeGreaterThan(before)
    await log.close()
  })

  test('the cursor stands where it was committed', async () => {
    const first = await open()
    await first.append([entry('a')])
    await first.append([entry('b')])
    const [batch] = await batchesOf(first)
    await first.commit(0, batch?.next ?? 0)
    await first.close()
    const log = await open()
    expect(log.committed(0)).toBe(batch?.next)
    expect(await textsOf(log)).toEqual([['b']])
    await log.close()
  })

  test('without its cursor file everything kept is read again', async () => {
    await fill(['a', 'b'])
    await writeFile(join(dir, 'cursor'), '12 00000000\n')
    const log = await open()
    expect(await textsOf(log)).toEqual([['a'], ['b']])
    await log.close()
  })

  test('positions stay beyond a cursor whose segments are lost', async () => {
    const first = await open()
    await first.append([entry('a')])
    await first.commit(0, first.head(0))
    const { committed } = { committed: first.committed(0) }
    await first.close()
    for (const name of await segmentNames()) await rm(join(dir, name))
    const log = await open()
    expect(log.head(0)).toBe(committed)
    await log.append([entry('b')])
    expect((await batchesOf(log))[0]?.position).toBeGreaterThan(committed)
    await log.close()
  })

  test('segments behind the cursor are gone, those before it stay', async () => {
    const first = await open({ segmentBytes: 1, sync: 'off' })
    for (const text of ['a', 'b', 'c']) await first.append([entry(text)])
    const [, second] = await batchesOf(first)
    await first.commit(0, second?.next ?? 0)
    expect(await segmentNames()).toHaveLength(1)
    await first.commit(0, first.head(0))
    await first.close()
    await (await open()).close()
    expect(await segmentNames()).toHaveLength(0)
  })

  test('a segment of format 1 is read, and what follows it too', async () => {
    const start = 1_000_000_000_000_000
    const header = Buffer.concat([Buffer.from('xtrlog\0\x01'), Buffer.alloc(8)])
    header.writeBigUInt64LE(BigInt(start), 8)
    const frame = buildFrame([Buffer.from('old')])
    sealFrame(frame, start + header.byteLength)
    await writeFile(join(dir, `${start}.seg`), Buffer.concat([header, frame, frame.subarray(0, 9)]))
    await fill(['new'])
    const log = await open()
    expect(await textsOf(log)).toEqual([['old'], ['new']])
    await log.close()
  })

  test('a segment of a later format is refused with a sentence', async () => {
    await fill(['a'])
    const path = await segmentPath(0)
    const bytes = await readFile(path)
    bytes.writeUInt8(9, 7)
    await writeFile(path, bytes)
    await expect(open()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('format 9') })
  })
})

describe('a damaged file', () => {
  test.each([1, 10, 24, 30])('a tail torn by %i bytes is cut, what lies before it stays', async (bytes) => {
    await fill(['first', 'second'])
    const path = await segmentPath(0)
    const { byteLength } = await readFile(path)
    await truncate(path, byteLength - bytes)
    const log = await open()
    expect(await textsOf(log)).toEqual([['first']])
    await log.append([entry('third')])
    expect(await textsOf(log)).toEqual([['first'], ['third']])
    await log.close()
  })

  test.each([
    ['the first byte of a frame', '\u{f7}xtr'],
    ['a payload', 'second'],
  ])('a flipped byte in %s costs that append only', async (_, find) => {
    await fill(['first', 'second', 'third'])
    const path = await segmentPath(0)
    const bytes = await readFile(path)
    const at =
      find === 'second' ? bytes.indexOf(find) : bytes.lastIndexOf(Buffer.from([0xf7, 0x78]), bytes.indexOf('second'))
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    await writeFile(path, bytes)
    const metrics = createMetrics()
    const log = await open({ metrics })
    expect(await textsOf(log)).toEqual([['first'], ['third']])
    expect(await metrics.text()).toMatch(/xtrace_eventlog_damaged_bytes_total [1-9]/)
    await log.close()
  })

  test.each([0, 9, 17, 24, 30])('byte %i of the only append flipped is noticed', async (byte) => {
    await fill(['only'])
    const path = await segmentPath(0)
    const bytes = await readFile(path)
    const at = SEGMENT_HEADER_BYTES + byte
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    await writeFile(path, bytes)
    const metrics = createMetrics()
    const log = await open({ metrics })
    expect(await textsOf(log)).toEqual([])
    expect(await metrics.text()).toMatch(/xtrace_eventlog_damaged_bytes_total [1-9]/)
    await log.close()
  })

  test('a payload that holds the bytes of a frame is not taken for one', async () => {
    await fill(['inner'])
    const inner = (await readFile(await segmentPath(0))).subarray(SEGMENT_HEADER_BYTES)
    await rm(await segmentPath(0))
    await rm(join(dir, 'cursor'), { force: true })
    const first = await open()
    await first.append([{ key: 'k', payload: Buffer.concat([Buffer.from('outer'), inner]) }])
    await first.append([entry('after')])
    await first.close()
    const path = await segmentPath(0)
    const bytes = await readFile(path)
    bytes.writeUInt8(0, SEGMENT_HEADER_BYTES)
    await writeFile(path, bytes)
    const log = await open()
    expect(await textsOf(log)).toEqual([['after']])
    await log.close()
  })

  test('a file without a header is no obstacle', async () => {
    await fill(['a'])
    await writeFile(join(dir, '9999999999999999.seg'), 'xtr')
    const log = await open()
    expect(await textsOf(log)).toEqual([['a']])
    await log.close()
  })

  test('a damaged segment before the last is read past', async () => {
    await fill(['first', 'second', 'third'], { segmentBytes: 1 })
    await damage(await segmentPath(1), 'second')
    const log = await open()
    expect(await textsOf(log)).toEqual([['first'], ['third']])
    await log.close()
  })
})

describe('a disk that refuses', () => {
  test.each([
    ['full', { code: 'log_full', retryAfter: 5, message: expect.stringContaining('disk of the event log is full') }],
    ['sync', { code: 'unavailable', retryAfter: 1 }],
  ] as const)('%s: the append is refused and leaves nothing, and service resumes', async (failure, refusal) => {
    const disk = createFailingDisk()
    const log = await open({ disk })
    await log.append([entry('before')])
    disk.fails = failure
    await expect(log.append([entry('lost'.repeat(100))])).rejects.toMatchObject(refusal)
    await expect(log.append([entry('lost too')])).rejects.toMatchObject(refusal)
    expect(await textsOf(log)).toEqual([['before']])
    disk.fails = 'none'
    await log.append([entry('after')])
    expect(await textsOf(log)).toEqual([['before'], ['after']])
    await log.close()
    const again = await open()
    expect(await textsOf(again)).toEqual([['before'], ['after']])
    await again.close()
  })

  test('short of room: nothing is taken, and service resumes', async () => {
    const space = { isShort: () => true }
    const log = await open({ space })
    await expect(log.append([entry('lost')])).rejects.toMatchObject({ code: 'log_full', retryAfter: 5 })
    space.isShort = () => false
    await log.append([entry('after')])
    expect(await textsOf(log)).toEqual([['after']])
    await log.close()
  })

  test('full from the first append on', async () => {
    const disk = createFailingDisk()
    const log = await open({ disk })
    disk.fails = 'full'
    await expect(log.append([entry('lost')])).rejects.toMatchObject({ code: 'log_full' })
    disk.fails = 'none'
    await log.append([entry('after')])
    expect(await textsOf(log)).toEqual([['after']])
    await log.close()
  })
})

describe('syncing', () => {
  test('appends that come while the disk is busy share a sync', async () => {
    const disk = createFailingDisk()
    const log = await open({ disk })
    await Promise.all(Array.from({ length: 50 }, () => log.append([entry('a')])))
    expect(disk.syncs).toBeLessThanOrEqual(3)
    await log.close()
  })

  test('interval: an append does not wait for the sync that follows', async () => {
    const disk = createFailingDisk()
    const log = await open({ disk, sync: 'interval', syncIntervalMs: 2000 })
    await log.append([entry('a')])
    expect(disk.syncs).toBe(0)
    await expect.poll(() => disk.syncs, { timeout: 20_000 }).toBe(1)
    await log.close()
  })

  test('off: the file is synced when the log closes', async () => {
    const disk = createFailingDisk()
    const log = await open({ disk, sync: 'off' })
    await log.append([entry('a')])
    expect(disk.syncs).toBe(0)
    await log.close()
    expect(disk.syncs).toBe(1)
  })
})

describe('reading from disk and from memory', () => {
  test('both give the same batches', async () => {
    const texts = Array.from({ length: 500 }, (_, n) => `${n}`.repeat(n))
    await fill(texts, { segmentBytes: 20_000 })
    const log = await open()
    await log.append([entry('new')])
    expect((await textsOf(log)).flat()).toEqual([...texts, 'new'])
    await log.close()
  })
})
