/** Scores and metrics over HTTP: parameters, refusals and the shapes that clients compare. */
import { describe, expect, test } from 'vitest'
import { missing } from '../support/call.ts'
import { invalid, json, readWorld, wrong } from './read-world.ts'

const { send, get, list } = readWorld()

describe('scores', () => {
  test.each([
    ['v1: traces’ alone', '/scores', ['sc1', 'sc4']],
    ['v1 ignores subjects', '/scores?sessionId=s1&traceId=x', ['sc1', 'sc4']],
    ['v2: any subject', '/v2/scores', ['sc1', 'sc4', 'sc3']],
    ['v2: scores alone, the lost one too', '/v2/scores?fields=score', ['sc2', 'sc1', 'sc4', 'sc3']],
    ['v2: trace', '/v2/scores?traceId=t1', ['sc1', 'sc4']],
    ['v2: observations', '/v2/scores?observationId=o1,o9', ['sc4']],
    ['v2: user', '/v2/scores?userId=u1', ['sc1', 'sc4']],
    ['v2: tags of the trace', '/v2/scores?traceTags=a,b', ['sc1', 'sc4']],
    ['v2: value', '/v2/scores?operator=%3E%3D&value=2', ['sc4', 'sc3']],
    ['v2: unequal', '/v2/scores?operator=!%3D&value=1', ['sc4', 'sc3']],
    ['v2: a value without operator', '/v2/scores?value=99', ['sc1', 'sc4', 'sc3']],
    ['v2: ids', '/v2/scores?scoreIds=sc1,sc3', ['sc1', 'sc3']],
    ['v3: all', '/v3/scores', ['sc2', 'sc1', 'sc4', 'sc3']],
    ['v3: ids', '/v3/scores?id=sc1,sc2', ['sc2', 'sc1']],
    ['v3: type in any case', '/v3/scores?dataType=boolean', ['sc1']],
    ['v3: boolean values', '/v3/scores?dataType=BOOLEAN&value=true', ['sc1']],
    ['v3: categories', '/v3/scores?dataType=CATEGORICAL&value=good,bad', ['sc3']],
    ['v3: numbers', '/v3/scores?dataType=NUMERIC&value=3,4', ['sc4']],
    ['v3: bounds, inclusive', '/v3/scores?dataType=NUMERIC&valueMin=0.5&valueMax=3', ['sc2', 'sc4']],
    ['v3: observation', '/v3/scores?traceId=t1&observationId=o1', ['sc4']],
  ])('%s', async (_name, path, expected) => {
    expect(await list(path)).toEqual(expected)
  })

  test('v2 shows the trace', async () => {
    expect(await get('/v2/scores?scoreIds=sc1')).toMatchObject({
      data: [{ observationId: null, trace: { userId: 'u1', tags: ['a', 'b'], environment: 'prod', sessionId: 's1' } }],
    })
    expect(await get('/v2/scores?scoreIds=sc3')).toMatchObject({
      data: [{ sessionId: 's1', traceId: null, trace: null }],
    })
  })

  test('v2 by id finds one whose trace does not exist', async () => {
    expect(await get('/v2/scores/sc2')).toMatchObject({ id: 'sc2', traceId: 'missing', value: 0.5, stringValue: null })
  })

  test('v3 types its values', async () => {
    expect(await get('/v3/scores?fields=subject')).toMatchObject({
      data: [
        { value: 0.5, subject: { kind: 'trace', id: 'missing' } },
        { value: true, subject: { kind: 'trace', id: 't1' } },
        { value: 3, subject: { kind: 'observation', id: 'o1', traceId: 't1' } },
        { value: 'good', subject: { kind: 'session', id: 's1' } },
      ],
      meta: { limit: 50 },
    })
  })
})

describe('metrics', () => {
  test('names and series', async () => {
    expect(await get('/metrics/names')).toEqual({ data: ['load'] })
    expect(await get('/metrics/names?from=2026-01-02T12:00:00Z&to=2026-01-02T13:00:00Z')).toEqual({ data: ['load'] })
    expect(await get('/metrics/names?from=2026-01-03T12:00:00Z')).toEqual({ data: [] })
    expect(await get('/metrics/names?to=2026-01-01T12:00:00Z')).toEqual({ data: [] })
    const range = 'from=2026-01-02T12:00:00Z&to=2026-01-02T13:00:00Z'
    expect(await get(`/metrics/query?name=load&${range}&labels=${json({ gpu: 0 })}&agg=last&step=5m`)).toEqual({
      data: [{ labels: { gpu: '0' }, values: [{ timestamp: '2026-01-02T12:00:00.000Z', value: 1.5 }] }],
      meta: {
        latest_ts: '2026-01-02T12:00:00.000Z',
        latest_point_ts: '2026-01-02T12:00:30.500Z',
        latest_point_ts_by_series: ['2026-01-02T12:00:30.500Z'],
        series_count: 1,
        truncated: false,
      },
    })
    expect(await get('/metrics/query?name=load&group_by=gpu&group_by=node')).toEqual({
      data: [],
      meta: { series_count: 0, truncated: false },
    })
  })

  test('days', async () => {
    expect(await get('/metrics/daily?traceName=checkout&tags=a')).toMatchObject({
      data: [
        {
          date: '2026-01-02',
          countTraces: 1,
          countObservations: 2,
          totalCost: 0.3,
          usage: [{ model: 'gpt-4o', inputUsage: 12 }, { model: null }],
        },
      ],
      meta: { totalItems: 1 },
    })
  })
})

describe('refusals', () => {
  const native = (text: string) => ({ message: expect.stringContaining(text), code: 'BAD_REQUEST' })

  test.each<[string, unknown]>([
    ['/v2/scores?fields=trace', wrong('score')],
    ['/v2/scores?fields=score&userId=u', wrong('userId and traceTags')],
    ['/v2/scores?operator=~&value=1', invalid('operator')],
    [
      '/v3/scores?surprise=1',
      { message: 'Invalid request data', error: [expect.objectContaining({ code: 'unrecognized_keys' })] },
    ],
    ['/v3/scores?userId=u', invalid('userId')],
    ['/v3/scores?value=1', invalid('value')],
    ['/v3/scores?value=x&dataType=NUMERIC', invalid('value')],
    ['/v3/scores?value=yes&dataType=BOOLEAN', invalid('value')],
    ['/v3/scores?valueMin=1', invalid('valueMin')],
    ['/v3/scores?observationId=o', invalid('observationId')],
    ['/v3/scores?traceId=a&sessionId=b', invalid('traceId')],
    ['/v3/scores?dataType=ODD', invalid('dataType')],
    ['/v3/scores?fields=core,more', invalid('fields')],
    ['/v3/scores?cursor=e30', wrong('Invalid cursor format')],
    ['/metrics/query', native('name')],
    ['/metrics/query?name=x&step=1y', native('step')],
    ['/metrics/query?name=x&step=31d', native('step')],
    ['/metrics/query?name=x&agg=mode', native('agg')],
    ['/metrics/query?name=x&labels=%7B', native('labels')],
    ['/metrics/query?name=x&labels=[]', native('labels')],
    [
      '/metrics/query?name=x&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
      native('from must not be later than to'),
    ],
  ])('%s', async (path, body) => {
    expect(await send(path)).toEqual({ status: 400, body })
  })

  test.each(['/scores/nobody', '/scores/sc3', '/v2/scores/nobody'])('%s', async (path) => {
    expect(await send(path)).toEqual(missing('Score not found'))
  })
})
