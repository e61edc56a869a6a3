/** The envelope and what it refuses: rows 1-13, 31 and 32 of the matrix in langfuse-ingestion contract §9. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_KEYS } from '../support/app.ts'
import { at, event, having, openWorld, type World } from './world.ts'

const SPECIAL = '&$@=;/+,?{}^%[]"<>#~`|\\\'*!():'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const isMissing = async (path: string) => (await world.send('GET', path)).status === 404

describe.concurrent('the matrix: ingestion', () => {
  test('row 1: an envelope id with a carriage return is refused and nothing of it stored', async () => {
    const { successes, errors } = await world.ingest(event('trace-create', { id: 'row1' }, { id: 'a\rb' }))
    expect(successes).toEqual([])
    expect(errors).toEqual([
      { id: 'a\rb', status: 400, message: 'Invalid request data', error: expect.stringContaining('carriage return') },
    ])
    expect(await isMissing('/api/public/traces/row1')).toBe(true)
  })

  test('row 2: a trace name of 1500 characters is refused, one of 1000 taken', async () => {
    const named = (id: string, length: number) => event('trace-create', { id, name: 'n'.repeat(length) })
    const { successes, errors } = await world.ingest(named('row2-long', 1500), named('row2', 1000))
    expect([successes.length, errors.length]).toEqual([1, 1])
    expect(await world.trace('row2')).toMatchObject({ name: 'n'.repeat(1000) })
    expect(await isMissing('/api/public/traces/row2-long')).toBe(true)
  })

  test('row 3: what is no count disappears from usageDetails, the event stays', async () => {
    await world.accept(event('generation-create', { id: 'row3', usageDetails: { key: 0.1 } }))
    expect(await world.observation('row3')).toEqual(having({ usageDetails: {} }))
  })

  test.each([
    ['langfuse-test', 'test'],
    ['langfuse_experiment', 'experiment'],
    ['langfuse', 'default'],
    ['.invalid!', 'default'],
    ['abcdefghijklmnopqrstuvwxyz0123456789-_abcdef', 'abcdefghijklmnopqrstuvwxyz0123456789-_ab'],
    ['Production', 'production'],
    [7, 'default'],
  ])('row 4: environment %s is stored as %s, from an event and from a span', async (environment, stored) => {
    const id = `row4-${environment}`
    await Promise.all([
      world.accept(
        event('trace-create', { id, environment }),
        event('span-create', { id, traceId: id, environment }),
        event('score-create', { id, traceId: id, name: 'n', value: 1, environment }),
      ),
      world.export({ spans: [{ spanId: `${id}-span`, attributes: { 'langfuse.environment': environment } }] }),
    ])
    const records = [world.trace(id), world.observation(id), world.score(id), world.observation(`${id}-span`)]
    const found = await Promise.all(records)
    expect(found).toEqual(found.map(() => expect.objectContaining({ environment: stored })))
  })

  test('row 7: numbers and digit strings in metadata keep their types', async () => {
    const id = 'row7'
    const metadata = { whole: 5, part: 5.5, digits: '1983516295378495150' }
    await world.accept(
      event('trace-create', { id, metadata }),
      event('span-create', { id, traceId: id, metadata }),
      event('score-create', { id, traceId: id, name: 'n', value: 1, metadata }),
    )
    const records = [world.trace(id), world.observation(id), world.score(id)]
    for (const record of await Promise.all(records)) expect(record).toEqual(having({ metadata }))
  })

  const withId = (id: string) => [
    event('trace-create', { id, sessionId: id }),
    event('span-create', { id, traceId: id }),
    event('score-create', { id, traceId: id, name: 'n', value: 1 }),
  ]

  test('row 8: ids with any character are stored and read verbatim', async () => {
    const ids = [...`${SPECIAL} `, 'ü', '🧵', '%2F', '..', ' '].map((text) => `row8${text}end`)
    await world.accept(...ids.flatMap(withId))
    for (const id of ids) expect(await world.trace(id)).toMatchObject({ id, observations: [{ id }], scores: [{ id }] })
  })

  test.each([`row8 ${SPECIAL}`, `/${'a'.repeat(799)}`])('row 8: on every read: %s', async (id) => {
    await world.accept(...withId(id))
    const text = encodeURIComponent(id)
    const [observation, score, session, listed] = await Promise.all([
      world.observation(id),
      world.score(id),
      world.get(`/api/public/sessions/${text}`),
      world.get(`/api/public/v2/observations?traceId=${text}`),
    ])
    expect(observation).toMatchObject({ id, traceId: id })
    expect(score).toMatchObject({ id, traceId: id })
    expect(session).toMatchObject({ id, traces: [{ id }] })
    expect(listed).toMatchObject({ data: [{ id, traceId: id }] })
  })

  test.each([
    ['hyphens', { 'x-langfuse-sdk-name': 'python', 'x-langfuse-sdk-version': '2.60.1' }],
    ['underscores', { x_langfuse_sdk_name: 'python', x_langfuse_sdk_version: '2.60.1' }],
  ])('row 9: a score is stored with its key and its SDK, headers with %s', async (spelling, headers) => {
    const id = `row9-${spelling}`
    const body = { batch: [event('score-create', { id, traceId: id, name: 'n', value: 1 })] }
    expect((await world.send('POST', '/api/public/ingestion', { body, headers })).status).toBe(207)
    const origin = { api_key: TEST_KEYS.publicKey, sdk_name: 'python', sdk_version: '2.60.1', via: 'ingestion' }
    expect(await world.stored('scores', id)).toMatchObject(origin)
  })

  test('row 10: an empty batch, no batch, and an unknown type', async () => {
    expect(await world.ingest()).toEqual({ successes: [], errors: [] })
    const answer = await world.send('POST', '/api/public/ingestion', { body: {} })
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { message: 'Invalid request data', errors: [expect.stringContaining('batch')] },
    ])
    const { errors } = await world.ingest(event('story-create', { id: 'row10' }, { id: 'e10' }))
    expect(errors).toMatchObject([{ id: 'e10', status: 400, error: expect.stringContaining('not accepted') }])
  })

  test('row 11: a trace without an id takes that of its event, so that sending it again makes no second one', async () => {
    const sent = event('trace-create', { name: 'row 11' }, { id: 'e11' })
    await world.accept(sent)
    await world.accept(sent)
    expect(await world.trace('e11')).toMatchObject({ id: 'e11', name: 'row 11' })
    expect(await world.get('/api/public/traces?name=row%2011')).toMatchObject({ meta: { totalItems: 1 } })
  })

  test('row 11: a score without an id as well', async () => {
    await world.accept(event('score-create', { id: null, traceId: 'e11', name: 'n', value: 2 }, { id: 'e11-score' }))
    expect(await world.score('e11-score')).toMatchObject({ value: 2 })
  })

  test('row 12: an sdk-log is in neither list', async () => {
    expect(await world.ingest(event('sdk-log', { log: { level: 'error' } }))).toEqual({ successes: [], errors: [] })
  })

  test('row 13: a public key alone writes the score and not the trace', async () => {
    const batch = [
      event('trace-create', { id: 'row13' }, { id: 'e13' }),
      event('score-create', { id: 'row13', traceId: 'row13', name: 'n', value: 1 }, { id: 's13' }),
    ]
    const headers = { authorization: `Bearer ${TEST_KEYS.publicKey}` }
    const answer = await world.send('POST', '/api/public/ingestion', { body: { batch }, headers })
    expect([answer.status, await answer.json()]).toEqual([
      207,
      {
        successes: [{ id: 's13', status: 201 }],
        errors: [{ id: 'e13', status: 401, message: 'Authentication error', error: 'Access Scope Denied' }],
      },
    ])
    expect(await world.score('row13')).toMatchObject({ value: 1 })
    expect(await isMissing('/api/public/traces/row13')).toBe(true)
  })

  test.each([
    ['a flag', true, true],
    ['text', 'x', 'x'],
    ['a number', 42, 42],
    ['a list', [1, 'a', true], [1, 'a', true]],
  ])('row 31: %s as metadata is kept under the key metadata', async (name, metadata, kept) => {
    const id = `row31-${name}`
    await world.accept(event('trace-create', { id, metadata }), event('span-create', { id, traceId: id, metadata }))
    for (const record of await Promise.all([world.trace(id), world.observation(id)]))
      expect(record).toEqual(having({ metadata: { metadata: kept } }))
  })

  test.each([[false], [0], [''], [null]])('row 31: %j as metadata says nothing', async (metadata) => {
    const id = `row31-${JSON.stringify(metadata)}`
    await world.accept(event('trace-create', { id, metadata }, { timestamp: at(1) }))
    expect(await world.trace(id)).toEqual(having({ metadata: {} }))
  })

  test('row 32: a list of strings is a model parameter', async () => {
    const modelParameters = { stop: ['a', 'b'], temperature: 0 }
    await world.accept(event('generation-create', { id: 'row32', modelParameters }))
    expect(await world.observation('row32')).toEqual(having({ modelParameters }))
  })
})
