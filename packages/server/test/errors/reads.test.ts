/** What reads refuse and what they do not find (public-api contract §1.4-§1.7, §4-§7, xtrace-native contract §6). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app?.close())

async function get(path: string): Promise<readonly [status: number, body: unknown]> {
  const answer = await app.send('GET', `/api/public/${path}`)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return [answer.status, await answer.json()]
}

/** The family of failed schemas: issues with a code, a path and a message; the path names the parameter. */
const issueAt = (field: string) => ({
  message: 'Invalid request data',
  error: expect.arrayContaining([
    expect.objectContaining({ code: expect.any(String), path: [field], message: expect.any(String) }),
  ]),
})

const invalid = (message: string) => ({ message: expect.stringContaining(message), error: 'InvalidRequestError' })
const native = (message: string) => ({ message: expect.stringContaining(message), code: 'BAD_REQUEST' })

const PAGED = ['traces', 'observations', 'sessions', 'scores', 'v2/scores', 'metrics/daily']

describe.concurrent('paging', () => {
  test.each(
    PAGED.flatMap((path) => [
      ...['0', '-1', '1.5', 'abc', '1e99', 'NaN', ' '].map((page) => [path, 'page', page] as const),
      ...['0', '-1', '201', 'ten'].map((limit) => [path, 'limit', limit] as const),
    ]),
  )('%s?%s=%s is refused', async (path, name, value) => {
    expect(await get(`${path}?${name}=${encodeURIComponent(value)}`)).toEqual([400, issueAt(name)])
  })

  test.each(PAGED)('%s: an empty page is an absent one, and a page past the end is empty', async (path) => {
    expect(await get(`${path}?page=&limit=`)).toMatchObject([200, { meta: { page: 1, limit: 50 } }])
    expect(await get(`${path}?page=1000000`)).toMatchObject([200, { data: [], meta: { page: 1_000_000 } }])
  })
})

const filterOf = (...conditions: readonly object[]) => `filter=${encodeURIComponent(JSON.stringify(conditions))}`
const LISTS = ['traces', 'observations', 'v2/observations', 'scores', 'v2/scores']

describe.concurrent('the filter parameter', () => {
  test.each(LISTS)('%s: no JSON, an unknown column, another shape; and nothing at all', async (path) => {
    expect(await get(`${path}?filter=%5Bnot`)).toEqual([400, invalid('Invalid JSON in filter parameter')])
    const unknown = { type: 'string', column: 'noSuchColumn', operator: '=', value: 'x' }
    expect(await get(`${path}?${filterOf(unknown)}`)).toEqual([
      400,
      invalid('Column noSuchColumn does not match a UI / CH table mapping.'),
    ])
    for (const shape of ['{}', '"x"', '[1]', '[{"type":"string"}]', '[{"type":"nonsense","column":"id"}]', 'null'])
      expect(await get(`${path}?filter=${encodeURIComponent(shape)}`)).toMatchObject([
        400,
        {
          message: 'Invalid request data',
          error: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]),
        },
      ])
    expect(await get(`${path}?filter=`)).toMatchObject([200, { data: [] }])
  })

  test.each<[string, object, string]>([
    [
      'traces',
      { type: 'number', column: 'name', operator: '=', value: 1 },
      "Invalid filter type 'number' for column 'name'. Expected filter type 'string'.",
    ],
    [
      'traces',
      { type: 'string', column: 'timestamp', operator: '=', value: 'x' },
      "Invalid filter type 'string' for column 'timestamp'. Expected filter type 'datetime'.",
    ],
    [
      'traces',
      { type: 'string', column: 'metadata', operator: '=', value: 'x' },
      "Invalid filter type 'string' for column 'metadata'. Expected filter type 'stringObject'.",
    ],
    [
      'observations',
      { type: 'string', column: 'traceTags', operator: '=', value: 'x' },
      "Invalid filter type 'string' for column 'traceTags'. Expected filter type 'arrayOptions'.",
    ],
    [
      'observations',
      { type: 'string', column: 'name', operator: 'matches', value: 'x' },
      "Operator 'matches' is not supported for column 'name' here",
    ],
    [
      'traces',
      { type: 'stringObject', column: 'metadata', key: 'k', operator: 'matches', value: 'x' },
      "Operator 'matches' is not supported for column 'metadata' here",
    ],
    [
      'v2/observations',
      { type: 'stringOptions', column: 'input', operator: 'any of', value: ['x'] },
      "Invalid filter type 'stringOptions' for column 'input'. Expected filter type 'string'.",
    ],
    [
      'v2/observations',
      { type: 'string', column: 'input', operator: 'contains', value: 'x' },
      "need at least one '=' or 'matches'",
    ],
    [
      'scores',
      { type: 'datetime', column: 'value', operator: '>', value: '2026-01-01T00:00:00Z' },
      "Invalid filter type 'datetime' for column 'value'. Expected filter type 'number'.",
    ],
  ])('%s: %j', async (path, condition, message) => {
    expect(await get(`${path}?${filterOf(condition)}`)).toEqual([400, invalid(message)])
  })

  test.each<[string, object]>([
    ['an operator of another type', { type: 'string', column: 'name', operator: 'any of', value: 'x' }],
    ['no values', { type: 'stringOptions', column: 'name', operator: 'any of', value: [] }],
    ['an instant without a zone', { type: 'datetime', column: 'timestamp', operator: '>', value: '2026-01-01T00:00' }],
    ['a number as text', { type: 'number', column: 'latency', operator: '>', value: '1' }],
    ['no key', { type: 'stringObject', column: 'metadata', operator: '=', value: 'x' }],
  ])('a condition with %s', async (_, condition) => {
    expect(await get(`traces?${filterOf(condition)}`)).toMatchObject([
      400,
      { error: [{ path: [0, expect.anything()] }] },
    ])
  })

  test('SQL in a column, a key or a value stays text', async () => {
    const text = "x' OR 1=1 --"
    const conditions = [
      { type: 'string', column: 'name', operator: '=', value: text },
      { type: 'stringObject', column: 'metadata', key: `k') = '' OR ('1`, operator: '=', value: text },
      { type: 'string', column: 'name', operator: 'contains', value: '\\%_' },
    ]
    expect(await get(`traces?${filterOf(...conditions)}`)).toMatchObject([200, { data: [] }])
    const column = { type: 'string', column: 'name; DROP TABLE traces', operator: '=', value: 'x' }
    expect(await get(`traces?${filterOf(column)}`)).toMatchObject([400, { error: 'InvalidRequestError' }])
  })
})

describe.concurrent('parameters', () => {
  const instants = ['2026-01-01', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z', 'yesterday', '1767225600000']
  test.each([
    ...instants.map((instant) => ['traces', 'fromTimestamp', instant] as const),
    ['traces', 'toTimestamp', 'x'],
    ['observations', 'fromStartTime', 'x'],
    ['observations', 'toStartTime', 'x'],
    ['observations', 'type', 'generation'],
    ['observations', 'limit', '101'],
    ['sessions', 'limit', '101'],
    ['v2/scores', 'limit', '101'],
    ['observations', 'level', 'INFO'],
    ['v2/observations', 'fromStartTime', 'x'],
    ['v2/observations', 'limit', '1001'],
    ['v2/observations', 'limit', '-1'],
    ['v2/observations', 'parseIoAsJson', 'true'],
    ['v2/observations', 'isRootObservation', 'yes'],
    ['sessions', 'fromTimestamp', 'x'],
    ['scores', 'operator', '~'],
    ['scores', 'value', 'many'],
    ['scores', 'source', 'api'],
    ['scores', 'dataType', 'NUMBER'],
    ['v2/scores', 'toTimestamp', 'x'],
    ['v3/scores', 'limit', '0'],
    ['v3/scores', 'limit', '101'],
    ['v3/scores', 'userId', 'u'],
    ['v3/scores', 'traceTags', 't'],
    ['v3/scores', 'value', '1'],
    ['v3/scores', 'valueMin', '1'],
    ['v3/scores', 'valueMax', '1'],
    ['v3/scores', 'observationId', 'o'],
    ['v3/scores', 'dataType', 'NUMBER'],
    ['v3/scores', 'source', 'ME'],
    ['v3/scores', 'fields', 'core,all'],
    ['v3/scores', 'fromTimestamp', 'x'],
    ['metrics/daily', 'toTimestamp', 'x'],
  ] as const)('%s?%s=%s is refused', async (path, name, value) => {
    expect(await get(`${path}?${name}=${encodeURIComponent(value)}`)).toEqual([400, issueAt(name)])
  })

  test.each<[string, unknown]>([
    ['traces?orderBy=noColumn.asc', invalid('Invalid order by column: noColumn')],
    ['traces?orderBy=timestamp.up', invalid('Invalid order by direction')],
    ['traces?orderBy=timestamp', invalid('Invalid order by')],
    ['traces?orderBy=timestamp.asc.asc', invalid('Invalid order by')],
    ['v2/observations?cursor=nonsense', invalid('Invalid cursor format')],
    [`v2/observations?cursor=${Buffer.from('{}').toString('base64')}`, invalid('Invalid cursor format')],
    ['v3/scores?cursor=nonsense', invalid('Invalid cursor format')],
    [`v3/scores?cursor=${Buffer.from('{"v":2}').toString('base64')}`, invalid('Invalid cursor format')],
    ['v2/scores?fields=trace', invalid('"score"')],
    ['scores?fields=score&userId=u', invalid('userId')],
    ['v2/scores?fields=score&traceTags=t', invalid('traceTags')],
    ['v3/scores?noSuchParameter=1', { message: 'Invalid request data', error: [expect.anything()] }],
    ['v3/scores?dataType=NUMERIC&value=one', issueAt('value')],
    ['v3/scores?dataType=BOOLEAN&value=1', issueAt('value')],
    ['v3/scores?dataType=NUMERIC,BOOLEAN&value=1', issueAt('value')],
    ['v3/scores?dataType=TEXT&value=x', issueAt('value')],
    ['v3/scores?traceId=t&sessionId=s', issueAt('traceId')],
    ['metrics/query', native('name')],
    ['metrics/query?name=', native('name')],
    ['metrics/query?name=m&agg=median', native('agg')],
    ['metrics/query?name=m&step=1w', native('step')],
    ['metrics/query?name=m&step=0s', native('step')],
    ['metrics/query?name=m&step=31d', native('step')],
    ['metrics/query?name=m&labels=%7B', native('labels')],
    ['metrics/query?name=m&labels=%5B1%5D', native('labels')],
    ['metrics/query?name=m&from=yesterday', native('from')],
    ['metrics/query?name=m&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', native('from')],
  ])('%s is refused', async (path, body) => {
    expect(await get(path)).toEqual([400, body])
  })

  test.each([
    'traces?noSuchParameter=1',
    'traces?fields=nonsense',
    'traces?useEventsTable=true',
    'traces?fromTimestamp=2026-01-01T00:00:00%2B02:00',
    'traces?fromTimestamp=2026-01-01T00:00:00+02:00',
    'observations?noSuchParameter=1',
    'v2/observations?limit=0&fields=nonsense',
    'v2/scores?operator=%3E',
    'v3/scores?dataType=numeric',
    'metrics/query?name=never-sent',
  ])('%s is taken', async (path) => {
    expect(await get(path)).toMatchObject([200, { data: [] }])
  })
})

describe.concurrent('what is not there', () => {
  const missing = (message: string) => ({ message, error: 'LangfuseNotFoundError' })
  test.each([
    ['traces/none', missing('Trace none not found within authorized project')],
    ['observations/none', missing('Observation none not found within authorized project')],
    ['sessions/none', missing('Session not found within authorized project')],
    ['scores/none', missing('Score not found')],
    ['v2/scores/none', missing('Score not found')],
    [`traces/${'x'.repeat(5000)}`, missing(`Trace ${'x'.repeat(5000)} not found within authorized project`)],
    ["traces/'%20OR%20''='", missing("Trace ' OR ''=' not found within authorized project")],
    ['no/such/route', missing('There is no GET /api/public/no/such/route here')],
  ])('%s', async (path, body) => {
    expect(await get(path)).toEqual([404, body])
  })

  test.each([
    ['/api/public/traces/%00', { message: expect.stringContaining('NUL'), error: 'InvalidRequestError' }],
    ['/api/public/traces/a%2500b', missing('Trace a%00b not found within authorized project'), 404],
    ['/api/public/v2/prompts?name=a%00', { message: expect.stringContaining('NUL'), error: 'InvalidRequestError' }],
    ['/api/public/metrics/query?name=%00', { message: expect.stringContaining('NUL'), code: 'BAD_REQUEST' }],
  ])('a NUL in the URL is refused in the words of the route: %s', async (path, body, status = 400) => {
    const answer = await app.send('GET', path)
    expect([answer.status, await answer.json()]).toEqual([status, body])
  })

  test('a native path', async () => {
    const answer = await app.send('GET', '/v1/none')
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { message: expect.stringContaining('/v1/none'), code: 'NOT_FOUND' },
    ])
  })

  test('a path whose escapes are broken is answered, not failed', async () => {
    expect((await app.send('GET', '/api/public/traces/%E0%A4%A')).status).toBe(404)
  })
})
