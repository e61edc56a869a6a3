/** Every read answers what the published API description says, for rows with everything and rows with nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDescription, toJsonSchema } from '../support/openapi.ts'
import { openReadServer, type ReadServer } from '../support/read-server.ts'
import { at } from '../support/seed.ts'

let server: ReadServer
const description = readDescription()

beforeAll(async () => {
  server = await openReadServer()
  await server.seed.traces(
    { id: 'bare' },
    {
      id: 'full',
      name: 'n',
      userId: 'u',
      sessionId: 's',
      release: 'r',
      version: 'v',
      externalId: 'x',
      isPublic: true,
      isBookmarked: true,
      tags: ['a'],
      input: '{"a":1}',
      output: 'text',
      metadata: '{"k":[1]}',
    },
  )
  await server.seed.observations(
    { id: 'bare', traceId: 'full' },
    {
      id: 'full',
      traceId: 'full',
      type: 'GENERATION',
      parentObservationId: 'bare',
      name: 'n',
      endTime: at('2026-01-02T12:00:01Z'),
      completionStartTime: at('2026-01-02T12:00:00.5Z'),
      statusMessage: 'm',
      version: 'v',
      release: 'r',
      model: 'gpt-4o',
      modelId: 'm1',
      modelParameters: '{"temperature":0.5}',
      input: '[1]',
      output: 'x',
      metadata: '{"a":1}',
      usage: { input: 1, output: 2, total: 3 },
      cost: { input: 0.1, output: 0.2, total: 0.3 },
      totalCost: 0.3,
      pricingTierId: 'm1-default',
      pricingTierName: 'Standard',
      promptId: 'p',
      promptName: 'pn',
      promptVersion: 1,
    },
  )
  await server.seed.scores(
    {
      id: 'numeric',
      traceId: 'full',
      value: 0.5,
      metadata: '{"m":1}',
      comment: 'c',
      configId: 'cf',
      queueId: 'q',
      authorUserId: 'au',
    },
    { id: 'boolean', traceId: 'full', observationId: 'full', dataType: 'BOOLEAN', value: 1, stringValue: 'True' },
    { id: 'category', traceId: 'full', dataType: 'CATEGORICAL', stringValue: 'good', source: 'ANNOTATION' },
    { id: 'text', traceId: 'full', dataType: 'TEXT', stringValue: 'words' },
    { id: 'correction', traceId: 'full', dataType: 'CORRECTION', stringValue: 'better' },
    { id: 'session', sessionId: 's' },
    { id: 'run', datasetRunId: 'run' },
  )
}, 60_000)

afterAll(() => server.close())

describe('answers fit their description', () => {
  test.each([
    ['/api/public/traces', ''],
    ['/api/public/traces', '?fields=core'],
    ['/api/public/traces', '?page=9'],
    ['/api/public/traces/{traceId}', '/full'],
    ['/api/public/traces/{traceId}', '/bare'],
    ['/api/public/traces/{traceId}', '/full?fields=core'],
    ['/api/public/observations', ''],
    ['/api/public/observations/{observationId}', '/full'],
    ['/api/public/observations/{observationId}', '/bare'],
    ['/api/public/v2/observations', ''],
    ['/api/public/v2/observations', '?limit=1'],
    ['/api/public/v2/observations', '?fields=basic,time,io,metadata,model,usage,prompt,metrics,trace_context'],
    ['/api/public/sessions', ''],
    ['/api/public/sessions/{sessionId}', '/s'],
    ['/api/public/v2/scores', ''],
    ['/api/public/v2/scores', '?fields=score'],
    ['/api/public/v2/scores/{scoreId}', '/numeric'],
    ['/api/public/v2/scores/{scoreId}', '/boolean'],
    ['/api/public/v2/scores/{scoreId}', '/category'],
    ['/api/public/v2/scores/{scoreId}', '/text'],
    ['/api/public/v2/scores/{scoreId}', '/correction'],
    ['/api/public/v2/scores/{scoreId}', '/session'],
    ['/api/public/v3/scores', ''],
    ['/api/public/v3/scores', '?limit=1&fields=core,details,subject,annotation'],
    ['/api/public/v3/scores', '?fields=core,details,subject,annotation'],
  ])('GET %s %s', async (path, rest) => {
    const answer = await server.send(path.replace(/\/\{.*/, '') + rest)
    expect(answer.status).toBe(200)
    const validate = description.validator('GET', path)
    validate(answer.body)
    expect(validate.errors ?? []).toEqual([])
  })

  test.each(['numeric', 'boolean', 'category', 'text'])('GET /api/public/scores/%s', async (id) => {
    const answer = await server.send(`/api/public/scores/${id}`)
    const validate = description.named('ScoreV1')
    validate(answer.body)
    expect([answer.status, validate.errors ?? []]).toEqual([200, []])
  })

  test('DELETE /api/public/traces/{traceId}', async () => {
    const answer = await server.send('/api/public/traces/full', { method: 'DELETE' })
    expect(description.validator('DELETE', '/api/public/traces/{traceId}')(answer.body)).toBe(true)
  })
})

describe('the validators see faults', () => {
  test.each([
    [
      'a missing field',
      '/api/public/traces',
      { data: [{ id: 'x' }], meta: { page: 1, limit: 1, totalItems: 0, totalPages: 0 } },
    ],
    ['null where it is not allowed', '/api/public/traces', { data: null, meta: {} }],
    [
      'a wrong type',
      '/api/public/sessions',
      { data: [], meta: { page: 'one', limit: 1, totalItems: 0, totalPages: 0 } },
    ],
  ])('%s', (...[, path, body]) => {
    expect(description.validator('GET', path)(body)).toBe(false)
  })

  test('nullable', () => {
    const properties = { description: { type: 'string' } }
    expect(toJsonSchema({ type: 'object', nullable: true, properties })).toEqual({
      anyOf: [{ type: 'object', properties }, { type: 'null' }],
    })
  })
})
