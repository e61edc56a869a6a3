import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { limitPayloads, PAYLOAD_META } from './payload-memory.ts'

const MOST_BYTES = 100

function world() {
  const client = new QueryClient()
  limitPayloads(client.getQueryCache(), MOST_BYTES)
  const read = (name: string, units: number, isPayload = true) =>
    client.fetchQuery({
      queryKey: [name],
      queryFn: () => ({ payloads: { input: { text: 'x'.repeat(units) } } }),
      staleTime: Number.POSITIVE_INFINITY,
      ...(isPayload && { meta: PAYLOAD_META }),
    })
  const kept = () =>
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey: [name] }) => name)
  return { client, read, kept }
}

describe('limitPayloads', () => {
  test('keeps what fits', async () => {
    const { read, kept } = world()
    await read('a', 20)
    await read('b', 30)
    expect(kept()).toEqual(['a', 'b'])
  })

  test('drops the one that was read first', async () => {
    const { read, kept } = world()
    await read('a', 20)
    await read('b', 20)
    await read('c', 20)
    expect(kept()).toEqual(['b', 'c'])
  })

  test('does not keep one that is larger than all that may be kept', async () => {
    const { read, kept } = world()
    await read('a', 51)
    expect(kept()).toEqual([])
  })

  test('leaves alone what is looked at, until it is not', async () => {
    const { client, read, kept } = world()
    const observer = new QueryObserver(client, {
      queryKey: ['a'],
      queryFn: () => 'x'.repeat(80),
      meta: PAYLOAD_META,
    })
    const leave = observer.subscribe(() => {})
    await observer.refetch()
    await read('b', 10)
    expect(kept()).toEqual(['a', 'b'])
    leave()
    expect(kept()).toEqual(['b'])
  })

  test('counts what was looked at last as seen last', async () => {
    const { client, read, kept } = world()
    await read('a', 20)
    await read('b', 20)
    const observer = new QueryObserver(client, {
      queryKey: ['a'],
      queryFn: () => '',
      meta: PAYLOAD_META,
      staleTime: Number.POSITIVE_INFINITY,
    })
    observer.subscribe(() => {})()
    await read('c', 20)
    expect(kept()).toEqual(['a', 'c'])
  })

  test('leaves all else alone', async () => {
    const { read, kept } = world()
    await read('list', 500, false)
    await read('a', 20)
    expect(kept()).toEqual(['list', 'a'])
  })
})
