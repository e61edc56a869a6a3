/** Scores: rows 33 and 34 of the matrix in langfuse-ingestion contract §9, and what §2.2 and §10.2 say of values. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewScoreConfig } from '#catalog/score-configs.ts'
import { projectId } from '#domain/ids.ts'
import { at, event, having, openWorld, type World } from './world.ts'

const CONFIGS: Readonly<Record<string, NewScoreConfig>> = {
  range: { name: 'range', dataType: 'NUMERIC', minValue: 0, maxValue: 10 },
  archived: { name: 'archived', dataType: 'NUMERIC' },
  boolean: { name: 'boolean', dataType: 'BOOLEAN' },
  text: { name: 'text', dataType: 'TEXT' },
  mood: {
    name: 'mood',
    dataType: 'CATEGORICAL',
    categories: [
      { label: 'good', value: 3 },
      { label: 'bad', value: 0 },
    ],
  },
}

let world: World
const configIds = new Map<string, string>()
beforeAll(async () => {
  world = await openWorld(async ({ scoreConfigs }) => {
    const project = projectId('default')
    for (const [name, config] of Object.entries(CONFIGS))
      configIds.set(name, (await scoreConfigs.create(project, config)).id)
    await scoreConfigs.update(project, configIds.get('archived') ?? '', { isArchived: true })
  })
})
afterAll(() => world?.close())

const isStored = async (id: string) => (await world.send('GET', `/api/public/v2/scores/${id}`)).status === 200

describe.concurrent('the matrix: scores', () => {
  test('row 33: scores that their configuration refuses are answered 201 and dropped, the others stand', async () => {
    const scores = {
      valid: { configId: configIds.get('range'), value: 10 },
      'out-of-range': { configId: configIds.get('range'), value: 10.5 },
      'of-archived': { configId: configIds.get('archived'), value: 1 },
      'of-unknown': { configId: 'no-such-config', value: 1 },
      'of-wrong-type': { configId: configIds.get('range'), value: 'text' },
      'of-unknown-category': { configId: configIds.get('mood'), value: 'so-so' },
      'annotation-without-config': { source: 'ANNOTATION', value: 1 },
      'without-config': { value: 99 },
    }
    const events = Object.entries(scores).map(([id, body]) =>
      event('score-create', { id, traceId: 't', name: 'sent name', ...body }),
    )
    const { successes, errors } = await world.ingest(...events)
    expect([successes.length, errors]).toEqual([events.length, []])
    const found = await Promise.all(Object.keys(scores).map(async (id) => ((await isStored(id)) ? [id] : [])))
    expect(found.flat()).toEqual(['valid', 'without-config'])
    expect(await world.score('valid')).toEqual(having({ name: 'range', value: 10, configId: configIds.get('range') }))
  })

  test('row 34: a TEXT score', async () => {
    const text = 'said at length'
    await world.accept(event('score-create', { id: 'row34', traceId: 't', name: 'n', dataType: 'TEXT', value: text }))
    expect(await world.score('row34')).toEqual(having({ dataType: 'TEXT', stringValue: text }))
    expect(await world.stored('scores', 'row34')).toEqual(having({ data_type: 'TEXT', string_value: text, value: 0 }))
  })

  test.each<[string, () => object, object]>([
    ['a number', () => ({ value: 0.123456789 }), { dataType: 'NUMERIC', value: 0.123456789, stringValue: null }],
    ['a flag', () => ({ value: 1, dataType: 'BOOLEAN' }), { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }],
    [
      'a flag as Python sends it',
      () => ({ value: 0.0, dataType: 'BOOLEAN' }),
      { dataType: 'BOOLEAN', value: 0, stringValue: 'False' },
    ],
    [
      'a flag by its configuration',
      () => ({ value: 1, configId: configIds.get('boolean') }),
      { dataType: 'BOOLEAN', name: 'boolean', stringValue: 'True' },
    ],
    ['a category', () => ({ value: 'fine' }), { dataType: 'CATEGORICAL', value: 0, stringValue: 'fine' }],
    [
      'a category of a configuration',
      () => ({ value: 'good', configId: configIds.get('mood') }),
      { dataType: 'CATEGORICAL', name: 'mood', value: 3, stringValue: 'good' },
    ],
    [
      'text by its configuration',
      () => ({ value: 'prose', configId: configIds.get('text') }),
      { dataType: 'TEXT', name: 'text', stringValue: 'prose' },
    ],
    [
      'a correction',
      () => ({ value: 'better', dataType: 'CORRECTION', observationId: 'o' }),
      { dataType: 'CORRECTION', name: 'output', value: 0, stringValue: 'better', observationId: 'o' },
    ],
  ])('§2.2: %s, as an event, alone and in a list', async (name, body, expected) => {
    const score = (id: string) => ({ id, traceId: 't', name: 'n', timestamp: at(1), ...body() })
    const ids = [`${name}-event`, `${name}-alone`, `${name}-list`]
    const [ofEvent = '', alone = '', listed = ''] = ids
    await world.accept(event('score-create', score(ofEvent), { timestamp: at(1) }))
    const one = await world.send('POST', '/api/public/scores', { body: score(alone) })
    expect([one.status, await one.json()]).toEqual([200, { id: alone }])
    const many = await world.send('POST', '/api/public/scores', { body: [score(listed)] })
    expect([many.status, await many.json()]).toEqual([202, { message: 'Accepted' }])
    for (const found of await Promise.all(ids.map(world.score)))
      expect(found).toEqual(having({ timestamp: at(1), traceId: 't', ...expected }))
  })

  test('§10.2: a list with a bad score keeps the good ones and says what is wrong', async () => {
    const body = [
      { id: 'list-good', sessionId: 's', name: 'n', value: 1, metadata: [1, 'a'] },
      { id: 'list-bad', traceId: 't', sessionId: 's', name: 'n', value: 1 },
      'no score',
    ]
    const answer = await world.send('POST', '/api/public/scores', { body })
    expect([answer.status, await answer.json()]).toEqual([
      207,
      {
        accepted: 1,
        rejected: 2,
        errors: [{ message: expect.stringContaining('exactly one') }, { message: expect.any(String) }],
      },
    ])
    expect(await world.score('list-good')).toEqual(
      having({ sessionId: 's', traceId: null, observationId: null, metadata: { metadata: [1, 'a'] } }),
    )
    expect(await isStored('list-bad')).toBe(false)
  })
})
