import { describe, expect, test } from 'vitest'
import { testScoreConfig } from '#ingest/context.fixture.ts'
import { changesOf, ingest, SENT_AT, scores } from './batch.fixture.ts'

const scoreOf = (body: object) => scores(changesOf('score-create', { id: 's', name: 'n', traceId: 't', ...body }))[0]

describe('score-create', () => {
  test.each<[string, object, object]>([
    ['NUMERIC', { dataType: 'NUMERIC', value: 0.5 }, { dataType: 'NUMERIC', value: 0.5, stringValue: null }],
    ['BOOLEAN 1', { dataType: 'BOOLEAN', value: 1 }, { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }],
    ['BOOLEAN 0', { dataType: 'BOOLEAN', value: 0 }, { dataType: 'BOOLEAN', value: 0, stringValue: 'False' }],
    [
      'CATEGORICAL',
      { dataType: 'CATEGORICAL', value: 'good' },
      { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' },
    ],
    ['TEXT', { dataType: 'TEXT', value: 'words' }, { dataType: 'TEXT', value: 0, stringValue: 'words' }],
    ['CORRECTION', { dataType: 'CORRECTION', value: 'right' }, { name: 'output', value: 0, stringValue: 'right' }],
    ['a number alone', { value: 3 }, { dataType: 'NUMERIC', value: 3, stringValue: null }],
    ['text alone', { value: 'good' }, { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' }],
  ])('%s', (_, body, expected) => {
    expect(scoreOf(body)).toMatchObject(expected)
  })

  test.each<[string, object]>([
    ['text for NUMERIC', { dataType: 'NUMERIC', value: 'x' }],
    ['2 for BOOLEAN', { dataType: 'BOOLEAN', value: 2 }],
    ['a number for CATEGORICAL', { dataType: 'CATEGORICAL', value: 1 }],
    ['empty TEXT', { dataType: 'TEXT', value: '' }],
    ['501 characters of TEXT', { dataType: 'TEXT', value: 'x'.repeat(501) }],
    ['a null dataType', { dataType: null, value: 1 }],
    ['no value', {}],
    ['a CORRECTION with a configId', { dataType: 'CORRECTION', value: 'x', configId: 'c1' }],
    ['a CORRECTION of a session', { dataType: 'CORRECTION', value: 'x', traceId: null, sessionId: 's' }],
    ['two subjects', { value: 1, sessionId: 's' }],
    ['no subject', { value: 1, traceId: null }],
    ['an observation without its trace', { value: 1, traceId: null, sessionId: 's', observationId: 'o' }],
    ['an empty name', { value: 1, name: '' }],
    ['an unknown source', { value: 1, source: 'ME' }],
  ])('%s is refused', (_, body) => {
    const { errors } = ingest([{ type: 'score-create', body: { id: 's', name: 'n', traceId: 't', ...body } }])
    expect(errors).toHaveLength(1)
  })

  test('takes its time from the envelope and keeps the rest', () => {
    const body = {
      value: 1,
      observationId: 'o',
      environment: 'Prod',
      comment: 'c',
      metadata: { a: 'x' },
      source: 'EVAL',
      executionTraceId: 'x',
      queueId: 'q',
    }
    expect(scoreOf(body)).toMatchObject({
      ...body,
      metadata: '{"a":"x"}',
      environment: 'prod',
      timestamp: BigInt(SENT_AT) * 1_000_000n,
      origin: { apiKey: 'pk', sdkName: 'python', sdkVersion: '2.60.0' },
    })
  })

  test('belongs to a session or to a dataset run as well', () => {
    expect(scoreOf({ value: 1, traceId: null, sessionId: 's' })).toMatchObject({ sessionId: 's' })
    expect(scoreOf({ value: 1, traceId: '', datasetRunId: 'd' })).toMatchObject({ datasetRunId: 'd' })
  })

  test('without an id takes that of its envelope', () => {
    const { changes } = ingest([{ id: 'env', type: 'score-create', body: { name: 'n', value: 1, traceId: 't' } }])
    expect(scores(changes)[0]?.id).toBe('env')
  })

  test('what its configuration refuses is answered 201 and dropped, the others stay', () => {
    const config = testScoreConfig({ id: 'c1', name: 'quality', minValue: 0, maxValue: 1 })
    const archived = testScoreConfig({ id: 'c2', isArchived: true })
    const score = (id: string, value: number, configId: string) => ({
      type: 'score-create',
      body: { id, name: 'quality', traceId: 't', value, configId },
    })
    const { changes, successes, errors, droppedScores } = ingest(
      [score('out', 7, 'c1'), score('old', 1, 'c2'), score('none', 1, 'c3'), score('good', 1, 'c1')],
      { scoreConfigs: new Map([config, archived].map((one) => [one.id, one])) },
    )
    expect(errors).toEqual([])
    expect(successes).toHaveLength(4)
    expect(scores(changes).map(({ id, name }) => [id, name])).toEqual([['good', 'quality']])
    expect(droppedScores.map(({ id }) => id)).toEqual(['out', 'old', 'none'])
  })

  test('a number is BOOLEAN when its configuration says so', () => {
    const scoreConfigs = new Map([['c1', testScoreConfig({ dataType: 'BOOLEAN' })]])
    const body = { id: 's', name: 'quality', traceId: 't', value: 1, configId: 'c1' }
    expect(scores(changesOf('score-create', body, { scoreConfigs }))[0]).toMatchObject({
      dataType: 'BOOLEAN',
      stringValue: 'True',
    })
  })

  test('an ANNOTATION needs a configuration', () => {
    const body = { id: 's', name: 'n', traceId: 't', value: 1, source: 'ANNOTATION' }
    expect(ingest([{ type: 'score-create', body }])).toMatchObject({ errors: [], droppedScores: [{ id: 's' }] })
  })
})
