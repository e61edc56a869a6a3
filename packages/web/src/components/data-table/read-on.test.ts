import { describe, expect, test } from 'vitest'
import { failureText, type PagedList, readOnOf, retry } from './read-on.ts'

/** A list of which there is more, and what was asked of it. */
function listOf(part: Partial<PagedList> = {}) {
  const asked: string[] = []
  const list: PagedList = {
    data: {},
    error: null,
    fetchStatus: 'idle',
    hasNextPage: true,
    isFetchNextPageError: false,
    refetch: () => asked.push('all'),
    fetchNextPage: (options) => asked.push(options?.cancelRefetch === false ? 'next unless under way' : 'next'),
    ...part,
  }
  return { list, asked }
}

const ERROR = new Error('It takes too long.')

describe('the next page', () => {
  test.each<[string, Partial<PagedList>, readonly string[]]>([
    ['is read where there is one', {}, ['next unless under way']],
    ['is not read where there is none', { hasNextPage: false }, []],
    ['is not read while it is on its way', { fetchStatus: 'fetching' }, []],
    ['is not read while the connection is waited for', { fetchStatus: 'paused' }, []],
    ['is not read again after it failed', { error: ERROR, isFetchNextPageError: true }, []],
    ['is not read after what comes before it failed', { error: ERROR }, []],
  ])('%s', (_, part, expected) => {
    const { list, asked } = listOf(part)
    readOnOf(list)?.()
    expect(asked).toEqual(expected)
  })
})

describe('a failure', () => {
  test.each<[string, boolean, { asked: readonly string[]; text: string }]>([
    ['of the next page', true, { asked: ['next'], text: 'Could not read on: It takes too long.' }],
    ['of all pages', false, { asked: ['all'], text: 'Could not read anew: It takes too long.' }],
  ])('%s is told, and that alone is tried again', (_, isFetchNextPageError, expected) => {
    const { list, asked } = listOf({ error: ERROR, isFetchNextPageError })
    retry(list)
    expect({ asked, text: failureText(list) }).toEqual(expected)
  })
})
