import { describe, expect, test } from 'vitest'
import { eventStream, type StreamEvent } from './event-stream.ts'

type Next = (wait: AbortSignal) => Promise<readonly StreamEvent[]>

function open(next: Next, leaving = new AbortController()) {
  const told = { isClosed: false }
  const close = () => {
    told.isClosed = true
  }
  const { body } = eventStream(leaving.signal, { id: '0', next, close })
  if (!(body instanceof ReadableStream)) throw new Error('should be a stream')
  const reader = body.getReader()
  const read = async () => {
    const { done, value } = await reader.read()
    return done ? undefined : new TextDecoder().decode(value)
  }
  return { leaving, told, reader, read }
}

describe('a stream of events', () => {
  test('tells them one after the other', async () => {
    let count = 0
    const { read, reader } = open(async () => [{ event: 'rows', data: ++count, id: `${count}` }])
    expect([await read(), await read(), await read()]).toEqual([
      'retry: 2000\nid: 0\n\n',
      'id: 1\nevent: rows\ndata: 1\n\n',
      'id: 2\nevent: rows\ndata: 2\n\n',
    ])
    await reader.cancel()
  })

  test.each([
    ['the client leaves', 'leave'],
    ['its reader lets go', 'cancel'],
  ] as const)('ends what waits when %s, and closes', async (_, how) => {
    const waits: AbortSignal[] = []
    const { leaving, told, read, reader } = open(async (wait) => {
      waits.push(wait)
      await new Promise((resume) => wait.addEventListener('abort', resume))
      return []
    })
    await read()
    await expect.poll(() => waits.length, { timeout: 30_000 }).toBe(1)
    const last = read()
    if (how === 'leave') leaving.abort()
    else await reader.cancel()
    expect(await last).toBeUndefined()
    expect({ ...told, waits: waits.map(({ aborted }) => aborted) }).toEqual({ isClosed: true, waits: [true] })
  })

  test('asks nothing for a client who left before it began, and closes', async () => {
    const leaving = new AbortController()
    leaving.abort()
    const { told, read } = open(() => Promise.reject(new Error('should not be asked')), leaving)
    expect(told).toEqual({ isClosed: true })
    expect([await read(), await read()]).toEqual(['retry: 2000\nid: 0\n\n', undefined])
  })
})
