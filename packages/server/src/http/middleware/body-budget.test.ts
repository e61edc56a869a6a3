import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readBody } from './body.ts'
import { createBodyBudget } from './body-budget.ts'

function post(body: Uint8Array<ArrayBuffer> | ReadableStream, headers: Record<string, string> = {}): Request {
  const init = { method: 'POST', body, headers, duplex: 'half' } as const
  return new Request('http://localhost/', init)
}

describe('a budget', () => {
  test('is shared by all, and given back', () => {
    const budget = createBodyBudget(10)
    const [first, second] = [budget.open(), budget.open()]
    first.take(6)
    expect(() => second.take(5)).toThrow(/hold 6 bytes and may hold 10/)
    second.take(4)
    first.close()
    first.close()
    expect(budget.bytes()).toBe(4)
    second.take(6)
    second.close()
    expect(budget.bytes()).toBe(0)
  })

  test('lets few inflate at a time, and the next when one has failed', async () => {
    const budget = createBodyBudget(10)
    const ends: ((error?: Error) => void)[] = []
    const work = () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))
    const all = Array.from({ length: 6 }, () => budget.inflate(work).catch(() => 'failed'))
    expect(ends).toHaveLength(4)
    ends[0]?.(new Error('bad'))
    await expect.poll(() => ends.length).toBe(5)
    ends[1]?.()
    await expect.poll(() => ends.length).toBe(6)
    for (const end of ends) end()
    expect(await Promise.all(all)).toEqual(['failed', ...Array.from({ length: 5 }, () => undefined)])
  })
})

describe('a body', () => {
  const read = async (request: Request, maxTotal: number) => {
    const budget = createBodyBudget(maxTotal)
    const share = budget.open()
    const outcome = await readBody(request, { maxBytes: 1000, budget, share }).then(
      (body) => body.length,
      (error: unknown) => Object(error).code,
    )
    return [outcome, budget.bytes()]
  }
  const chunks = () =>
    new ReadableStream({
      start(stream) {
        for (let count = 0; count < 3; count++) stream.enqueue(new Uint8Array(100))
        stream.close()
      },
    })

  test.each([
    ['announced', () => post(new Uint8Array(300), { 'content-length': '300' }), [300, 300]],
    ['in chunks', () => post(chunks()), [300, 300]],
    ['packed', () => post(gzipSync(new Uint8Array(300)), { 'content-encoding': 'gzip' }), [300, 300]],
  ])('%s counts as long as it is after inflation', async (_, request, expected) => {
    expect(await read(request(), 300)).toEqual(expected)
    const [refused] = await read(request(), 299)
    expect(refused).toBe('too_many_requests')
  })
})
