/** What every event log must do; each implementation runs these cases. */
import { expect, test } from 'vitest'
import type { Entry, EventLog, LogBatch, Position } from '#eventlog/event-log.ts'

export type OpenLog = (options: { readonly maxBytes: number }) => Promise<EventLog>

export const entry = (text: string, key = 'k'): Entry => ({ key, payload: Buffer.from(text) })

export async function batchesOf(log: EventLog, from: Position = log.committed(0)): Promise<LogBatch[]> {
  const batches: LogBatch[] = []
  for await (const batch of log.read(0, from)) batches.push(batch)
  return batches
}

export async function textsOf(log: EventLog, from?: Position): Promise<string[][]> {
  const batches = await batchesOf(log, from)
  return batches.map((batch) => batch.payloads.map((payload) => Buffer.from(payload).toString()))
}

export function eventLogCases(open: OpenLog): void {
  appendAndReadCases(() => open({ maxBytes: 1_000_000 }))
  boundCases(open)
}

function appendAndReadCases(roomy: () => Promise<EventLog>): void {
  test('entries of one append stay together and in order', async () => {
    const log = await roomy()
    await log.append([entry('a'), entry('b', 'other')])
    await log.append([entry('c')])
    expect(await textsOf(log)).toEqual([['a', 'b'], ['c']])
    await log.close()
  })

  test('an append without entries adds nothing', async () => {
    const log = await roomy()
    await log.append([])
    expect(await textsOf(log)).toEqual([])
    expect(log.head(0)).toBe(log.committed(0))
    await log.close()
  })

  test('an empty payload is kept', async () => {
    const log = await roomy()
    await log.append([entry(''), entry('x')])
    expect(await textsOf(log)).toEqual([['', 'x']])
    await log.close()
  })

  test('positions grow and end at the head', async () => {
    const log = await roomy()
    for (const text of ['a', 'b', 'c']) await log.append([entry(text)])
    const batches = await batchesOf(log)
    for (const [index, batch] of batches.entries()) {
      expect(batch.next).toBeGreaterThan(batch.position)
      if (index > 0) expect(batch.position).toBeGreaterThanOrEqual(batches[index - 1]?.next ?? 0)
    }
    expect(batches.at(-1)?.next).toBe(log.head(0))
    expect(log.head(0)).toBeLessThan(Number.MAX_SAFE_INTEGER)
    await log.close()
  })

  test('reading consumes nothing, and may start behind any batch', async () => {
    const log = await roomy()
    for (const text of ['a', 'b', 'c']) await log.append([entry(text)])
    const [first] = await batchesOf(log)
    expect(await textsOf(log)).toEqual([['a'], ['b'], ['c']])
    expect(await textsOf(log, first?.next)).toEqual([['b'], ['c']])
    expect(await textsOf(log, log.head(0))).toEqual([])
    await log.close()
  })

  test('appends at once are all kept, each whole', async () => {
    const log = await roomy()
    await Promise.all(Array.from({ length: 200 }, (_, n) => log.append([entry(`${n}`), entry(`${n}'`)])))
    const texts = await textsOf(log)
    expect(new Set(texts.map((batch) => batch.join()))).toEqual(
      new Set(Array.from({ length: 200 }, (_, n) => `${n},${n}'`)),
    )
    expect(texts).toHaveLength(200)
    await log.close()
  })
}

function boundCases(open: OpenLog): void {
  const roomy = () => open({ maxBytes: 1_000_000 })

  test('a commit moves the cursor and the backlog, never backwards', async () => {
    const log = await roomy()
    await log.append([entry('a')])
    await log.append([entry('b')])
    const [first] = await batchesOf(log)
    const whole = log.backlogBytes()
    await log.commit(0, first?.next ?? 0)
    expect(log.committed(0)).toBe(first?.next)
    expect(log.backlogBytes()).toBeLessThan(whole)
    await log.commit(0, first?.position ?? 0)
    expect(log.committed(0)).toBe(first?.next)
    await log.commit(0, log.head(0))
    expect(log.backlogBytes()).toBe(0)
    await log.close()
  })

  test('past its bound it refuses, names the knob, and takes more once room was made', async () => {
    const log = await open({ maxBytes: 300 })
    await log.append([entry('x'.repeat(200))])
    await expect(log.append([entry('y'.repeat(200))])).rejects.toMatchObject({
      code: 'log_full',
      retryAfter: 1,
      message: expect.stringContaining('XTRACE_EVENT_LOG_MAX_BYTES'),
    })
    expect(() => log.checkRoom(200)).toThrow('XTRACE_EVENT_LOG_MAX_BYTES')
    log.checkRoom(1)
    await log.commit(0, log.head(0))
    log.checkRoom(200)
    await log.append([entry('z'.repeat(200))])
    expect(await textsOf(log)).toEqual([['z'.repeat(200)]])
    await log.close()
  })

  test('waiting ends at once, at the next append, or at the signal', async () => {
    const log = await roomy()
    const abort = new AbortController()
    const start = log.head(0)
    const next = log.waitBeyond(0, start, abort.signal)
    await log.append([entry('a')])
    await next
    await log.waitBeyond(0, start, abort.signal)
    const never = log.waitBeyond(0, log.head(0), abort.signal)
    abort.abort()
    await never
    await log.waitBeyond(0, log.head(0), abort.signal)
    await log.close()
  })

  test('a closed log refuses', async () => {
    const log = await roomy()
    await log.close()
    await log.close()
    await expect(log.append([entry('a')])).rejects.toMatchObject({ code: 'unavailable' })
    await expect(log.commit(0, 1)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(batchesOf(log, 0)).rejects.toMatchObject({ code: 'unavailable' })
  })
}
