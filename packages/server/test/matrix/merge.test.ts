/** How events of one entity become one record: rows 5, 6 and 25-30 of the matrix in langfuse-ingestion contract §9. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, event, having, openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

/** Type, body without its id, and milliseconds after T0. */
type Step = readonly [type: string, body: object, ms?: number]

const toEvents = (id: string, steps: readonly Step[]) =>
  steps.map(([type, body, ms = 0]) => event(type, { id, ...body }, { timestamp: at(ms) }))

async function storeAtOnce(id: string, steps: readonly Step[]): Promise<void> {
  await world.accept(...toEvents(id, steps))
}

async function storeOneByOne(id: string, steps: readonly Step[]): Promise<void> {
  for (const one of toEvents(id, steps)) await world.accept(one)
}

/** With a read between the requests the earlier state is in the store, not only on its way there. */
async function storeApart(id: string, steps: readonly Step[]): Promise<void> {
  for (const one of toEvents(id, steps)) {
    await world.accept(one)
    await world.get('/api/public/sessions?limit=1')
  }
}

const WAYS = [
  ['in one request', storeAtOnce],
  ['in a request each', storeOneByOne],
  ['with a read between', storeApart],
] as const

const TRACE = 'trace-create'

describe.concurrent.each(WAYS)('the matrix: merging traces, %s', (way, store) => {
  test.each<[string, readonly Step[], object]>([
    [
      'row 6: metadata of two events',
      [
        [TRACE, { metadata: { step: 1, status: 'started' } }],
        [TRACE, { metadata: { step: 2, error: '' } }, 1],
      ],
      { metadata: { step: 2, status: 'started', error: '' } },
    ],
    [
      'row 26: the newer event wins though it was listed first',
      [
        [TRACE, { userId: 'newer', name: 'n' }, 1000],
        [TRACE, { userId: 'older', release: 'r' }],
      ],
      { userId: 'newer', name: 'n', release: 'r' },
    ],
    [
      'row 27: of two events of one instant the later listed wins',
      [
        [TRACE, { userId: 'first' }],
        [TRACE, { userId: 'second' }],
      ],
      { userId: 'second' },
    ],
    [
      'row 28: tags are united and sorted',
      [
        [TRACE, { tags: ['1', '2', '2'] }],
        [TRACE, { tags: ['1', '4', '3'] }, 1],
        [TRACE, { tags: [] }, 2],
      ],
      { tags: ['1', '2', '3', '4'] },
    ],
    [
      'row 29: public stays where a later event does not say',
      [
        [TRACE, { public: true }],
        [TRACE, { name: 'n' }, 1],
      ],
      { public: true },
    ],
    [
      'row 29: and goes where it says so',
      [
        [TRACE, { public: true }],
        [TRACE, { public: false }, 1],
      ],
      { public: false },
    ],
    [
      'row 30: metadata is merged deeply',
      [
        [TRACE, { metadata: { foo: { bar: 'baz' } } }],
        [TRACE, { metadata: { hello: 'world', foo: { more: [1] } } }, 1],
      ],
      { metadata: { foo: { bar: 'baz', more: [1] }, hello: 'world' } },
    ],
    [
      '§3.2: what is fixed at first, what null clears and what it can not',
      [
        [TRACE, { name: 'a', userId: 'u', sessionId: 's', input: 'in', environment: 'one', timestamp: at(5) }],
        [TRACE, { name: null, userId: null, sessionId: null, input: null, environment: 'two', timestamp: at(9) }, 1],
      ],
      { name: null, userId: null, sessionId: null, input: 'in', environment: 'one', timestamp: at(5) },
    ],
  ])('%s', async (name, steps, expected) => {
    const id = `${name}, ${way}`
    await store(id, steps)
    expect(await world.trace(id)).toEqual(having({ id, ...expected }))
  })
})

describe.concurrent.each(WAYS)('the matrix: merging observations and scores, %s', (way, store) => {
  test.each<[string, readonly Step[], object]>([
    [
      'row 25: an update listed before its create',
      [
        ['span-update', { output: 'of the update', name: 'n' }],
        ['span-create', { input: 'of the create', output: 'of the create' }],
      ],
      { input: 'of the create', output: 'of the update', name: 'n', type: 'SPAN' },
    ],
    [
      'the later type wins, an end before the start is the start',
      [
        ['span-create', { startTime: at(100) }],
        ['agent-create', { endTime: at(50) }, 1],
      ],
      { type: 'AGENT', startTime: at(100), endTime: at(100), latency: 0 },
    ],
    [
      '§3.2: what null clears of an observation and what it can not',
      [
        [
          'generation-create',
          {
            name: 'a',
            model: 'm',
            level: 'ERROR',
            statusMessage: 's',
            version: 'v',
            endTime: at(1),
            modelParameters: { a: 1 },
          },
        ],
        [
          'generation-update',
          {
            name: null,
            model: null,
            level: null,
            statusMessage: null,
            version: null,
            endTime: null,
            modelParameters: null,
          },
          1,
        ],
      ],
      {
        name: null,
        model: null,
        level: 'DEFAULT',
        statusMessage: 's',
        version: 'v',
        endTime: at(1),
        modelParameters: { a: 1 },
      },
    ],
  ])('%s', async (name, steps, expected) => {
    const id = `${name}, ${way}`
    await store(id, steps)
    expect(await world.observation(id)).toEqual(having({ id, ...expected }))
  })

  test('row 5: a comment of null clears, the value stays', async () => {
    const id = `row 5, ${way}`
    const body = { traceId: 't', name: 'n', value: 100.1, dataType: 'NUMERIC' }
    await store(id, [
      ['score-create', { ...body, comment: 'Foo Bar' }],
      ['score-create', { ...body, comment: null }, 1],
    ])
    expect(await world.score(id)).toEqual(having({ value: 100.1, comment: null, timestamp: at(0) }))
  })
})

describe.concurrent('the matrix: what belongs to no trace event', () => {
  test('an event that is sent again changes nothing, though others came between', async () => {
    const first = event('trace-create', { id: 'again', name: 'first', tags: ['a'] })
    await world.accept(first)
    await world.accept(event('trace-create', { id: 'again', name: 'second' }, { timestamp: at(1) }))
    await world.accept(first)
    expect(await world.trace('again')).toEqual(having({ name: 'second', tags: ['a'] }))
    expect(await world.get('/api/public/traces?tags=a')).toMatchObject({ meta: { totalItems: 1 } })
  })

  test('an observation without a trace id has a trace of its own id', async () => {
    await world.accept(event('generation-create', { id: 'alone', name: 'alone', startTime: at(7) }))
    expect(await world.observation('alone')).toMatchObject({ traceId: 'alone' })
    expect(await world.trace('alone')).toMatchObject({ name: 'alone', timestamp: at(7) })
  })

  test('a score for a trace that never came is read by its id', async () => {
    await world.accept(event('score-create', { id: 'stray', traceId: 'never', name: 'n', value: 1 }))
    expect(await world.score('stray')).toMatchObject({ traceId: 'never', observationId: null })
    expect((await world.send('GET', '/api/public/traces/never')).status).toBe(404)
  })
})
