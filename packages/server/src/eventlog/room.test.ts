import { cp, link, mkdtemp, open as openFile, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFailingDisk } from '#eventlog/disk.fake.ts'
import { batchesOf, entry, textsOf } from '#eventlog/event-log.suite.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { FRAME_HEADER_BYTES } from '#eventlog/frame.ts'
import { openSegmentLog, type SegmentLogOptions } from '#eventlog/segment-log.ts'
import { linkLog } from '#eventlog/snapshot.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'

const SEGMENT = 1000

let root: string
let dir: string
let log: EventLog
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-room-'))
  dir = join(root, 'log')
  log = await open()
})
afterEach(async () => {
  await log.close()
  await rm(root, { recursive: true })
})

const open = (options: Partial<SegmentLogOptions> = {}) =>
  openSegmentLog({
    dir,
    maxBytes: 1_000_000,
    segmentBytes: SEGMENT,
    sync: 'always',
    syncIntervalMs: 5,
    logger: silentLogger,
    ...options,
  })

const filesOf = async (kind: string) => (await readdir(dir)).filter((name) => name.endsWith(kind)).sort()
/** A text of which about eight fill a segment. */
const text = (number: number) => `${number} `.repeat(90).slice(0, 90)

/** The file that the newest frame is in. */
async function newestFile(): Promise<string> {
  const position = (await batchesOf(log)).at(-1)?.position ?? 0
  return join(dir, (await filesOf('.seg')).findLast((name) => Number(name.slice(0, 16)) <= position) ?? '')
}

const newestSize = async () => (await stat(await newestFile())).size
const append = (number: number) => log.append([entry(text(number))])
const commitAll = () => log.commit(0, log.head(0))

/** Appends until what is written goes into a file that had an earlier life; gives the number of the last append. */
async function untilRecycled(): Promise<number> {
  const names = new Set<string>()
  for (let number = 0; ; number++) {
    await append(number)
    const { ino } = await stat(await newestFile())
    const name = await newestFile()
    if (!names.has(`${ino} ${name}`) && [...names].some((known) => known.startsWith(`${ino} `))) return number
    names.add(`${ino} ${name}`)
    if (number % 12 === 11) await commitAll()
  }
}

const YES_OR_NO = [() => true, () => false] as const

/** What a start finds after the process was killed in this moment; `change` is done to the files before. */
async function afterDeath(change: (copy: string) => Promise<void> = async () => {}) {
  const copy = join(root, `copy-${Math.random()}`)
  // A file that is being renamed makes a copy fail.
  while (!(await cp(dir, copy, { recursive: true }).then(...YES_OR_NO))) await rm(copy, { recursive: true })
  await change(copy)
  const metrics = createMetrics()
  const reopened = await open({ dir: copy, metrics })
  const texts = (await textsOf(reopened)).flat()
  await reopened.close()
  const damaged = Number(/xtrace_eventlog_damaged_bytes_total (\d+)/.exec(await metrics.text())?.[1])
  return { texts, damaged }
}

describe('room made ready ahead', () => {
  test('takes the appends as soon as it is there, and none makes the file longer', async () => {
    await append(0)
    while ((await newestSize()) !== SEGMENT) await append(1)
    for (let number = 0; number < 30; number++) {
      await append(number)
      expect(await newestSize()).toBe(SEGMENT)
    }
  })

  test('is what became of segments that are stored, and never more than a few files', async () => {
    await untilRecycled()
    for (let number = 0; number < 200; number++) {
      await append(number)
      await commitAll()
    }
    expect((await filesOf('.spare')).length).toBeLessThanOrEqual(3)
    expect((await filesOf('.seg')).length).toBeLessThanOrEqual(3)
  })

  test('outlives the program, but the end of the log is cut to what it holds', async () => {
    await untilRecycled()
    await commitAll()
    await log.close()
    expect(await filesOf('.seg')).toHaveLength(1)
    const spares = await filesOf('.spare')
    expect(spares.length).toBeGreaterThan(0)
    log = await open()
    await append(1)
    expect(await textsOf(log)).toEqual([[text(1)]])
    expect(await newestSize()).toBe(SEGMENT)
  })

  test('is neither made nor kept where no append waits for a sync', async () => {
    await untilRecycled()
    await log.close()
    log = await open({ sync: 'off' })
    for (let number = 0; number < 30; number++) await append(number)
    await commitAll()
    expect(await filesOf('.spare')).toEqual([])
    expect(await filesOf('.seg')).toHaveLength(1)
  })

  test('is neither made nor kept while the disk is short of room', async () => {
    await log.close()
    const space = { isShort: () => false }
    log = await open({ space })
    for (let number = 0; number < 30; number++) await append(number)
    space.isShort = () => true
    await commitAll()
    expect(await filesOf('.spare')).toEqual([])
  })

  test('can be missing: the log goes on without, and refuses only what it can not keep', async () => {
    await log.close()
    const disk = createFailingDisk()
    disk.rename = async () => {
      throw Object.assign(new Error('no'), { code: 'EIO' })
    }
    log = await open({ disk })
    const texts = Array.from({ length: 30 }, (_, number) => text(number))
    for (const each of texts) await log.append([entry(each)])
    expect((await textsOf(log)).flat()).toEqual(texts)
  })

  test.each(['full', 'sync'] as const)('%s: a write that the disk refuses leaves nothing in it', async (failure) => {
    await untilRecycled()
    await log.close()
    const disk = createFailingDisk()
    log = await open({ disk })
    await commitAll()
    await append(1)
    disk.fails = failure
    await expect(append(2)).rejects.toThrow()
    expect((await afterDeath()).texts.slice(0, 1)).toEqual([text(1)])
    disk.fails = 'none'
    await append(3)
    expect(await afterDeath()).toEqual({ texts: [text(1), text(3)], damaged: 0 })
    while ((await newestSize()) !== SEGMENT) await append(4)
  })

  test('an append larger than a segment has one to itself', async () => {
    const large = 'x'.repeat(5 * SEGMENT)
    await append(0)
    await log.append([entry(large)])
    await append(1)
    expect((await afterDeath()).texts).toEqual([text(0), large, text(1)])
  })
})

describe('frames of an earlier life of a file', () => {
  test('are never read, wherever the process dies, and are no damage', async () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 700 }), fc.constant('commit' as const)), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (chosen) => {
        let expected: string[] = []
        await commitAll()
        for (const step of chosen) {
          if (step === 'commit') {
            await commitAll()
            expected = []
          } else {
            const payload = `${step}`.repeat(step).slice(0, step)
            await log.append([entry(payload)])
            expected.push(payload)
          }
        }
        expect(await afterDeath()).toEqual({ texts: expected, damaged: 0 })
      }),
      { numRuns: 30 },
    )
  })

  test('do not complete one that was torn', async () => {
    await untilRecycled()
    await commitAll()
    await append(1)
    const file = await newestFile()
    const before = await readFile(file)
    await append(2)
    const [last] = (await batchesOf(log)).slice(-1)
    expect(await newestFile()).toBe(file)
    const at = (last?.position ?? 0) - Number(file.slice(-20, -4))
    for (const kept of [1, FRAME_HEADER_BYTES - 1, FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + 40]) {
      const { texts } = await afterDeath((copy) =>
        overwrite(file.replace(dir, copy), before.subarray(at + kept), at + kept),
      )
      expect(texts).toEqual([text(1)])
    }
  })
})

describe('after a death, with room behind the last frame', () => {
  test.each([0, 5, 9, 17, 21, FRAME_HEADER_BYTES + 20])(
    'byte %i of the last frame flipped is noticed',
    async (byte) => {
      await untilRecycled()
      await commitAll()
      await append(1)
      await append(2)
      const file = await newestFile()
      const [last] = (await batchesOf(log)).slice(-1)
      const at = (last?.position ?? 0) - Number(file.slice(-20, -4)) + byte
      const { texts, damaged } = await afterDeath(async (copy) => {
        const bytes = await readFile(file)
        await overwrite(file.replace(dir, copy), Buffer.from([bytes.readUInt8(at) ^ 1]), at)
      })
      expect(texts).toEqual([text(1)])
      expect(damaged).toBeGreaterThan(0)
    },
  )

  test('a full segment whose follower lost its header is read, and the rest of it reported', async () => {
    for (let number = 0; number < 30; number++) await append(number)
    const [, ...later] = (await filesOf('.seg')).filter((name) => Number(name.slice(0, 16)) < log.head(0))
    const { texts, damaged } = await afterDeath(async (copy) => {
      for (const name of later) await overwrite(join(copy, name), Buffer.from([0]), 0)
    })
    expect(texts).toEqual(Array.from({ length: 30 }, (_, number) => text(number)))
    expect(damaged).toBeGreaterThan(0)
  })
})

async function overwrite(path: string, bytes: Buffer, at: number): Promise<void> {
  const file = await openFile(path, 'r+')
  await file.write(bytes, 0, bytes.byteLength, at)
  await file.close()
}

describe('a snapshot', () => {
  test('has the frames alone, and what has a second name is not written to again', async () => {
    await untilRecycled()
    await commitAll()
    await append(1)
    const links = join(root, 'links')
    const files = await linkLog(dir, links)
    const copies = new Map<string, Buffer>()
    for (const { name, bytes } of files) copies.set(name, (await readFile(join(links, name))).subarray(0, bytes))
    expect(Math.max(...files.map(({ bytes }) => bytes))).toBeLessThan(SEGMENT)
    for (let number = 0; number < 100; number++) {
      await append(number)
      await commitAll()
    }
    for (const { name, bytes } of files)
      expect((await readFile(join(links, name))).subarray(0, bytes)).toEqual(copies.get(name))
  })

  test('of a file that somebody else has a link to: it is removed instead of kept as room', async () => {
    for (let number = 0; number < 30; number++) await append(number)
    for (const name of await filesOf('.seg')) await link(join(dir, name), join(root, name))
    await commitAll()
    expect(await filesOf('.spare')).toEqual([])
  })
})
