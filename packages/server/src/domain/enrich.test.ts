import { describe, expect, test } from 'vitest'
import type { ObservationChange } from '#domain/change.ts'
import { type EnrichDeps, enrichObservation } from '#domain/enrich.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { tierAttributes } from '#domain/fold/tier-attributes.ts'
import { observationId, projectId } from '#domain/ids.ts'
import type { Model, TokenCounter } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'

const MODEL: Model = {
  id: 'model-1',
  projectId: undefined,
  modelName: 'gpt-3.5-turbo',
  matchPattern: '(?i)^gpt-3.5',
  startDate: undefined,
  unit: undefined,
  tokenizerId: 'openai',
  tokenizerConfig: { tokenizerModel: 'gpt-3.5-turbo' },
  tiers: [
    { id: 'default', name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 2, output: 3 } },
    {
      id: 'priority',
      name: 'Priority',
      isDefault: false,
      priority: 1,
      conditions: [{ source: 'model_parameters', key: 'service_tier', operator: 'in', values: ['priority'] }],
      prices: { input: 20, output: 30 },
    },
  ],
  createdAt: 0,
  updatedAt: 0,
}

/** One token a word: the real counter is the catalogue's. */
const WORDS: TokenCounter = { count: (_, payload) => payload?.split(' ').length }
const CANNOT_COUNT: TokenCounter = { count: () => undefined }

function change(at: number, fields: Partial<Omit<ObservationChange, 'kind' | 'at'>>): ObservationChange {
  const origin = { apiKey: 'pk', sdkName: '', sdkVersion: '', via: 'ingestion' } as const
  return {
    kind: 'observation',
    projectId: projectId('p'),
    id: observationId('o'),
    at,
    receivedAt: 0,
    origin,
    ...fields,
  }
}

function enriched(changes: readonly ObservationChange[], deps: Partial<EnrichDeps> = {}): Observation {
  const folded = foldObservation(undefined, changes)
  return enrichObservation(folded.entity, {
    model: MODEL,
    tokens: WORDS,
    tierAttributes: tierAttributes(folded),
    ...deps,
  })
}

describe('enrichObservation', () => {
  test.each<[string, ObservationChange[], Partial<Observation>]>([
    [
      'row 35: an ERROR is not tokenised',
      [change(0, { level: 'ERROR', input: 'one two', output: 'three' })],
      { modelId: 'model-1', usage: {}, cost: {}, totalCost: undefined, pricingTierId: undefined },
    ],
    [
      'an ERROR with usage is priced',
      [change(0, { level: 'ERROR', usage: { input: 1 } })],
      { usage: { input: 1, total: 1 }, cost: { input: 2, total: 2 }, totalCost: 2 },
    ],
    [
      'row 36: a given cost stands, and nothing is tokenised',
      [change(0, { input: 'one two', cost: { input: 1, output: 2 } })],
      {
        usage: {},
        cost: { input: 1, output: 2, total: 3 },
        totalCost: 3,
        pricingTierId: undefined,
        modelId: 'model-1',
      },
    ],
    [
      'row 37: usage first, model later',
      [change(0, { usage: { input: 1, output: 2 } }), change(1, { model: 'gpt-3.5-turbo' })],
      { usage: { input: 1, output: 2, total: 3 }, cost: { input: 2, output: 6, total: 8 }, totalCost: 8 },
    ],
    [
      'row 38: costs of the create stand, usage of the update counts',
      [
        change(0, { usage: { input: 1 }, cost: { input: 1, output: 2 } }),
        change(1, { usage: { input: 9, output: 1 } }),
      ],
      { usage: { input: 9, output: 1, total: 10 }, cost: { input: 1, output: 2, total: 3 }, totalCost: 3 },
    ],
    [
      'row 39: only the output cost in an update',
      [change(0, { usage: { input: 1 } }), change(1, { cost: { output: 1 } })],
      { usage: { input: 1, total: 1 }, cost: { output: 1, total: 1 }, totalCost: 1 },
    ],
    [
      'row 40: zero counts cost zero',
      [change(0, { usage: { input: 0, output: 0, total: 0 } })],
      { usage: { input: 0, output: 0, total: 0 }, cost: { input: 0, output: 0, total: 0 }, totalCost: 0 },
    ],
    [
      'row 43: tokens are counted where none are reported',
      [change(0, { input: 'one two', output: 'three' })],
      {
        usage: { input: 2, output: 1, total: 3 },
        cost: { input: 4, output: 3, total: 7 },
        pricingTierName: 'Standard',
      },
    ],
    ['row 43: an empty list counts as nothing', [change(0, { input: '[]' })], { usage: {}, cost: {} }],
    [
      'row 45: the tier of parameters that came with the usage',
      [change(0, { usage: { input: 1 }, modelParameters: '{"service_tier":"priority"}' })],
      { cost: { input: 20, total: 20 }, pricingTierId: 'priority', pricingTierName: 'Priority' },
    ],
    [
      'row 45: not of parameters that came otherwise',
      [change(0, { modelParameters: '{"service_tier":"priority"}' }), change(1, { usage: { input: 1 } })],
      { cost: { input: 2, total: 2 }, pricingTierId: 'default' },
    ],
    [
      'row 68: tools in metadata are moved and found',
      [change(0, { input: 'hi', level: 'ERROR', metadata: '{"tools":[{"name":"search","description":"Finds"}]}' })],
      {
        input: '{"prompt":"hi","tools":[{"name":"search","description":"Finds"}]}',
        metadata: '{}',
        toolDefinitions: { search: '{"description":"Finds","parameters":""}' },
      },
    ],
    [
      'tool calls',
      [change(0, { output: '{"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}', level: 'ERROR' })],
      { toolCalls: ['{"id":"1","arguments":"{}","type":"function","index":0}'], toolCallNames: ['f'] },
    ],
  ])('%s', (_, changes, expected) => {
    expect(enriched(changes)).toMatchObject(expected)
  })

  test('without a model there is usage but no cost and no tier', () => {
    expect(enriched([change(0, { model: 'mine', usage: { input: 1 } })], { model: undefined })).toMatchObject({
      modelId: undefined,
      usage: { input: 1, total: 1 },
      cost: {},
      totalCost: undefined,
      pricingTierId: undefined,
    })
  })

  test('what the counter can not know stays unknown', () => {
    expect(enriched([change(0, { input: 'one' })], { tokens: CANNOT_COUNT })).toMatchObject({ usage: {}, cost: {} })
  })

  test('doing it again changes nothing', () => {
    const once = enriched([change(0, { usage: { input: 1 }, metadata: '{"tools":[{"name":"a","desc":"b"}]}' })])
    expect(enrichObservation(once, { model: MODEL, tokens: WORDS })).toEqual(once)
  })
})

describe('the prompt that was used', () => {
  const used = change(1, { promptId: 'sent', promptName: 'p', promptVersion: 1 })
  test.each<[string, string | undefined, string]>([
    ['is the stored version', 'stored', 'stored'],
    ['is what the client sent where none is stored', undefined, 'sent'],
  ])('%s', (_, promptId, expected) => {
    expect(enriched([used], { promptId })).toMatchObject({ promptId: expected, promptName: 'p', promptVersion: 1 })
  })
})
