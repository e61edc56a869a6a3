import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { observationQuery, versionOfRow } from './observation.ts'
import { readObservationPeek, readTraceAhead } from './read-ahead.ts'
import { skeletonQuery } from './trace.ts'

/** Requests to a server that does not answer yet. */
let asked: AbortSignal[] = []
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (_: string, { signal }: { readonly signal: AbortSignal }) => {
    asked.push(signal)
    return await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  })
})
afterEach(() => void vi.unstubAllGlobals())

describe('a trace that is read before it is opened', () => {
  function world() {
    const client = new QueryClient()
    const stay = new AbortController()
    const read = () => readTraceAhead(client, { project: 'p', id: 't', signal: stay.signal })
    return { client, stay, read }
  }

  test('is given up when its row is left', async () => {
    const { stay, read } = world()
    read()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    stay.abort()
    await vi.waitFor(() => expect(asked.map(({ aborted }) => aborted)).toEqual([true]))
  })

  test('is not given up once it is looked at', async () => {
    const { client, stay, read } = world()
    read()
    const stop = new QueryObserver(client, skeletonQuery('p', 't')).subscribe(() => {})
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    stay.abort()
    await Promise.resolve()
    expect(asked.map(({ aborted }) => aborted)).toEqual([false])
    stop()
  })

  test('is not asked for when its row has been left already', () => {
    const { client, stay, read } = world()
    stay.abort()
    read()
    expect(client.getQueryCache().getAll()).toEqual([])
  })
})

test('an observation that is peeked at is read ahead as its row stands', async () => {
  const peekOf = (latency: number | null) => observationQuery('p', 'o', versionOfRow({ latency }))
  const client = new QueryClient()
  const { signal } = new AbortController()
  readObservationPeek(client, { project: 'p', row: { id: 'o', latency: null }, signal })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(client.getQueryState(peekOf(null).queryKey)?.fetchStatus).toBe('fetching')
  expect(client.getQueryState(peekOf(2).queryKey)).toBeUndefined()
})
