import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { testContext } from '#ingest/context.fixture.ts'
import { parseJson } from '#lib/json/parse.ts'
import { event, ingest, observations, traces } from './batch.fixture.ts'
import { ingestBatch, scoreConfigIds } from './ingest-batch.ts'

describe('envelope', () => {
  test('an empty batch is answered with two empty lists', () => {
    expect(ingestBatch({ batch: [] }, testContext())).toMatchObject({ changes: [], successes: [], errors: [] })
  })

  test.each([
    ['no batch', {}],
    ['a batch that is no list', { batch: {} }],
    ['a body that is no object', 'text'],
    ['null', null],
  ])('%s is refused with issues', (_, body) => {
    let thrown: unknown
    try {
      ingestBatch(body, testContext())
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AppError)
    expect(thrown).toMatchObject({ code: 'bad_request', message: 'Invalid request data' })
    expect(thrown).toHaveProperty('issues[0].message')
  })
})

describe('verdicts', () => {
  const good = { type: 'trace-create', body: { id: 't' } }
  test.each<[string, unknown, RegExp]>([
    ['a carriage return in the envelope id', event({ ...good, id: 'a\rb' }), /carriage return/],
    ['an envelope id of 801 characters', event({ ...good, id: 'x'.repeat(801) }), /800/],
    [
      'a trace name of 1500 characters',
      event({ type: 'trace-create', body: { id: 't', name: 'n'.repeat(1500) } }),
      /name/,
    ],
    ['an unknown event type', event({ type: 'story-create', body: {} }), /Event type not accepted/],
    ['dataset-run-item-create', event({ type: 'dataset-run-item-create', body: {} }), /Event type not accepted/],
    ['a timestamp without a zone', event({ ...good, timestamp: '2026-01-02T03:04:05' }), /timestamp/],
    ['a zone without a colon', event({ ...good, timestamp: '2026-01-02T03:04:05+0200' }), /timestamp/],
    ['a timestamp with a space', event({ ...good, timestamp: '2026-01-02 03:04:05Z' }), /timestamp/],
    ['an impossible date', event({ ...good, timestamp: '2026-02-30T03:04:05Z' }), /timestamp/],
    ['a span without id', event({ type: 'span-create', body: {} }), /"id"/],
    ['a level in lower case', event({ type: 'span-create', body: { id: 'o', level: 'error' } }), /level/],
    ['a fraction in usage', event({ type: 'generation-create', body: { id: 'o', usage: { input: 1.5 } } }), /input/],
    ['an unknown unit', event({ type: 'generation-create', body: { id: 'o', usage: { unit: 'WORDS' } } }), /unit/],
    [
      'usageDetails that are a list',
      event({ type: 'generation-create', body: { id: 'o', usageDetails: [1] } }),
      /usageDetails/,
    ],
    [
      'a nested object in modelParameters',
      event({ type: 'generation-create', body: { id: 'o', modelParameters: { a: { b: { c: 1 } } } } }),
      /modelParameters/,
    ],
    ['a prompt name alone', event({ type: 'generation-create', body: { id: 'o', promptName: 'p' } }), /promptVersion/],
    [
      'a prompt of version 0',
      event({ type: 'generation-create', body: { id: 'o', promptName: 'p', promptVersion: 0 } }),
      /promptVersion/,
    ],
    ['a legacy observation without type', event({ type: 'observation-create', body: { id: 'o' } }), /type/],
    ['an sdk-log without log', event({ type: 'sdk-log', body: {} }), /log/],
    ['a number', 7, /object/],
    ['null', null, /object/],
  ])('%s is refused, the event beside it is kept', (_, sent, problem) => {
    const { changes, successes, errors } = ingestBatch({ batch: [sent, event(good)] }, testContext())
    expect(successes).toHaveLength(1)
    expect(changes).toHaveLength(1)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ status: 400, message: 'Invalid request data' })
    expect(errors[0]?.error).toMatch(problem)
    expect(JSON.parse(errors[0]?.error ?? '')).toBeInstanceOf(Array)
  })

  test('an element without a text id is reported as unknown', () => {
    const { errors } = ingestBatch({ batch: [{ type: 'trace-create' }, { id: 5 }] }, testContext())
    expect(errors.map(({ id }) => id)).toEqual(['unknown', 'unknown'])
  })

  test('sdk-log is in neither list and handed over for the log', () => {
    const outcome = ingest([{ type: 'sdk-log', body: { log: { a: 1 } } }])
    expect(outcome).toMatchObject({ changes: [], successes: [], errors: [], sdkLogs: [{ a: 1 }] })
  })

  test('a public key as bearer writes scores only', () => {
    const { changes, successes, errors, sdkLogs } = ingest(
      [
        { id: 'a', type: 'trace-create', body: { id: 't' } },
        { id: 'b', type: 'score-create', body: { id: 's', name: 'n', value: 1, traceId: 't' } },
        { id: 'c', type: 'sdk-log', body: { log: 'x' } },
      ],
      { scope: 'scores' },
    )
    expect(successes).toEqual([{ id: 'b', status: 201 }])
    expect(errors).toEqual([{ id: 'a', status: 401, message: 'Authentication error', error: 'Access Scope Denied' }])
    expect(changes).toHaveLength(1)
    expect(sdkLogs).toEqual(['x'])
  })

  test('successes come in processing order: creates by time, then updates by time', () => {
    const at = (second: number) => `2026-01-02T03:04:0${second}Z`
    const { successes } = ingest([
      { id: 'update', type: 'span-update', body: { id: 'o' }, timestamp: at(1) },
      { id: 'late', type: 'trace-create', body: { id: 't' }, timestamp: at(3) },
      { id: 'early', type: 'span-create', body: { id: 'o' }, timestamp: at(2) },
    ])
    expect(successes.map(({ id }) => id)).toEqual(['early', 'late', 'update'])
  })

  test('of events with one envelope id for one entity the last stands', () => {
    const { changes, successes } = ingest([
      { id: 'same', type: 'trace-create', body: { id: 't', name: 'first' } },
      { id: 'same', type: 'trace-create', body: { id: 't', name: 'second' } },
      { id: 'same', type: 'trace-create', body: { id: 'u', name: 'other' } },
    ])
    expect(successes).toHaveLength(3)
    expect(traces(changes).map(({ id, name }) => [id, name])).toEqual([
      ['t', 'second'],
      ['u', 'other'],
    ])
  })

  test('sending a batch again changes nothing', () => {
    const batch = {
      batch: [event({ type: 'trace-create', body: { name: 'n' } }), event({ type: 'span-create', body: { id: 'o' } })],
    }
    const once = ingestBatch(batch, testContext()).changes
    expect(ingestBatch(batch, testContext()).changes).toEqual(once)
  })
})

test('scoreConfigIds finds each once', () => {
  const score = (configId: unknown) => event({ type: 'score-create', body: { configId } })
  const odd = [null, event({ type: 'x', body: null })]
  const batch = [score('a'), score('b'), score('a'), score(''), score(null), score(5), ...odd]
  expect(scoreConfigIds({ batch })).toEqual(['a', 'b'])
  expect(scoreConfigIds(null)).toEqual([])
})

describe('any JSON arrives as it was sent', () => {
  const EXACT = new Set(['input', 'output', 'metadata', 'modelParameters'])
  const exactTexts = fc.oneof(
    fc.json(),
    fc
      .tuple(fc.json(), fc.bigInt())
      .map(([text, number]) => `{"b":${text},"10":${number},"2":1.000000000000000000001}`),
    fc.array(fc.json()).map((items) => `[${items.join(',')},12345678901234567890]`.replace('[,', '[')),
  )

  test('as input and output of traces and observations', () => {
    fc.assert(
      fc.property(exactTexts, fc.constantFrom('trace-create', 'span-create', 'generation-update'), (text, type) => {
        const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"${type}","body":{"id":"x","traceId":"t","input":${text},"output":${text}}}`
        const { changes, errors } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
        expect(errors).toEqual([])
        const change = [...traces(changes), ...observations(changes)][0]
        const value: unknown = JSON.parse(text)
        const expected = typeof value === 'string' ? value : text
        const isSilent = value === null || value === ''
        expect(change?.input).toBe(isSilent ? undefined : expected)
        expect(change?.output).toBe(isSilent ? undefined : expected)
      }),
    )
  })

  test('as metadata', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (metadata) => {
        const text = JSON.stringify({ ...metadata, exact: 1 }).replace('"exact":1', '"exact":12345678901234567890')
        const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"trace-create","body":{"id":"x","metadata":${text}}}`
        const { changes } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
        expect(traces(changes)[0]?.metadata).toBe(text)
      }),
    )
  })

  test('as model parameters', () => {
    const text = '{"seed":12345678901234567890,"temperature":0.10,"stop":["a"],"2":1,"1":2}'
    const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"generation-create","body":{"id":"x","modelParameters":${text}}}`
    const { changes, errors } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
    expect(errors).toEqual([])
    expect(observations(changes)[0]?.modelParameters).toBe(text)
  })

  test('no JSON at all makes it throw anything but a refusal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (body, batch) => {
        ingestBatch({ batch }, testContext())
        try {
          ingestBatch(body, testContext())
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})
