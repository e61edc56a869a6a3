import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { firstRows } from './first-rows.ts'
import { nodesWithTextQuery, previewsQuery } from './trace-observations.ts'

interface Page {
  readonly rows: readonly string[]
  readonly cursor: string | null
  readonly scannedTo: number | null
}

const WHOLE: Page = { rows: [], cursor: null, scannedTo: null }

/** What was asked for, and the pages that the server gives one after the other. */
let asked: URLSearchParams[] = []
let pages: Page[] = []
beforeEach(() => {
  asked = []
  pages = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(new URL(path, 'http://localhost').searchParams)
    return Response.json(pages.shift() ?? WHOLE)
  })
})
afterEach(() => void vi.unstubAllGlobals())

const answer = z.object({
  rows: z.array(z.string()),
  cursor: z.string().nullable(),
  scannedTo: z.number().nullable(),
})

describe('the first rows', () => {
  test.each<[string, readonly Page[], { readonly rows: readonly string[]; readonly asked: readonly string[] }]>([
    ['are those of one page', [{ rows: ['a'], cursor: null, scannedTo: null }], { rows: ['a'], asked: ['3 after -'] }],
    [
      'are looked for behind pages that ended before they were full',
      [
        { rows: [], cursor: 'x', scannedTo: 9 },
        { rows: ['a'], cursor: 'y', scannedTo: 5 },
        { rows: ['b'], cursor: null, scannedTo: null },
      ],
      { rows: ['a', 'b'], asked: ['3 after -', '3 after x', '2 after y'] },
    ],
    [
      'are as many as are enough',
      [{ rows: ['a', 'b', 'c'], cursor: 'x', scannedTo: 9 }],
      { rows: ['a', 'b', 'c'], asked: ['3 after -'] },
    ],
    [
      'of a full page are not gone on with',
      [{ rows: ['a', 'b', 'c'], cursor: 'x', scannedTo: null }],
      { rows: ['a', 'b', 'c'], asked: ['3 after -'] },
    ],
  ])('%s', async (_, given, expected) => {
    pages = [...given]
    const { signal } = new AbortController()
    const rows = await firstRows('/rows', { query: {}, limit: 3, answer, signal })
    const places = asked.map((query) => `${query.get('limit')} after ${query.get('cursor') ?? '-'}`)
    expect({ rows, asked: places }).toEqual(expected)
  })
})

describe('what is asked of the observations of a trace', () => {
  const trace = { id: 't', fromMs: Date.UTC(2026, 0, 10), toMs: Date.UTC(2026, 0, 11) }

  test.each<[string, () => Promise<unknown>, number]>([
    ['words', () => new QueryClient().fetchQuery(nodesWithTextQuery('p', trace, 'word')), 2],
    ['beginnings', () => new QueryClient().fetchQuery(previewsQuery('p', trace, 'a@0 b@7')), 1],
  ])('for %s, is of its own time', async (_, ask, times) => {
    await ask()
    const spans = asked.map((query) => `${query.get('from')} ${query.get('to')}`)
    expect(spans).toEqual(Array.from({ length: times }, () => '2026-01-09T00:00:00.000Z 2026-01-12T00:00:00.000Z'))
  })

  test('for beginnings, is by id, without the versions', async () => {
    await new QueryClient().fetchQuery(previewsQuery('p', trace, 'a@0 b@7'))
    const [filter = '[]'] = asked.map((query) => query.get('filter') ?? '[]')
    expect(JSON.parse(filter)).toMatchObject([{ column: 'traceId' }, { column: 'id', value: ['a', 'b'] }])
  })
})
