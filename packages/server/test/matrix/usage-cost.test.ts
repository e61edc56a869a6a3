/** Usage, prices and tokens: rows 14-24 and 35-45 of the matrix in langfuse-ingestion contract §9. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewModel } from '#catalog/models.ts'
import { projectId } from '#domain/ids.ts'
import { at, event, having, openWorld, T0, type World } from './world.ts'

const HOUR_MS = 3_600_000
const PROMPT = 'This is a great prompt'
const OUTPUT = 'This is a great gpt output'

function model(name: string, prices: Record<string, number>, more: Partial<NewModel> = {}): NewModel {
  const tiers = [{ name: 'Standard', isDefault: true, priority: 0, conditions: [], prices }]
  return { modelName: name, matchPattern: `^${name}$`, tiers, ...more }
}

const openai = { tokenizerId: 'openai', tokenizerConfig: { tokenizerModel: 'gpt-3.5-turbo' } }

const MODELS: readonly NewModel[] = [
  model('priced', { input: 1.5e-7, output: 6e-7 }),
  model('totalled', { input: 1, output: 2, total: 10 }),
  model('counted', { input: 1, output: 2 }, openai),
  model('dated', { input: 1 }, { startDate: T0 }),
  model('dated', { input: 2 }, { startDate: T0 + 10 * HOUR_MS }),
  model('tuned', { input: 3 }, { matchPattern: '(?i)^(ft:)(babbage-002:)(.+)(:)(.*)(:)(.+)$' }),
  model('any-case', { input: 4 }, { matchPattern: '(?i)^gpt-3\\.5$' }),
  model(
    'tiered',
    { input: 1, cached: 1 },
    {
      tiers: [
        { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 1, cached: 1 } },
        {
          name: 'Large',
          isDefault: false,
          priority: 2,
          conditions: [{ usageDetailPattern: '(input|cached)', operator: 'gt', value: 200_000 }],
          prices: { input: 2, cached: 2 },
        },
        {
          name: 'Priority',
          isDefault: false,
          priority: 1,
          conditions: [{ source: 'model_parameters', key: 'service_tier', operator: 'in', values: ['priority'] }],
          prices: { input: 5, cached: 5 },
        },
      ],
    },
  ),
]

let world: World
beforeAll(async () => {
  world = await openWorld(async ({ models }) => {
    for (const one of MODELS) await models.create(projectId('default'), one)
  })
})
afterAll(() => world?.close())

/** Bodies of generation-create and then generation-updates, a second apart, of one observation. */
type Bodies = readonly object[]

const WAYS = ['one request', 'a request each'] as const

async function store(id: string, bodies: Bodies, way: (typeof WAYS)[number]): Promise<unknown> {
  const events = bodies.map((body, index) =>
    event(index === 0 ? 'generation-create' : 'generation-update', { id, ...body }, { timestamp: at(1000 * index) }),
  )
  if (way === 'one request') await world.accept(...events)
  else for (const one of events) await world.accept(one)
  return await world.observation(id)
}

const completion = { prompt_tokens: 5, completion_tokens: 11, total_tokens: 16 }

describe.concurrent('the matrix: usage that was sent', () => {
  test.each<[string, object, object]>([
    [
      'row 14: usage in images',
      { usage: { input: 1, output: 2, unit: 'IMAGES' } },
      { usageDetails: { input: 1, output: 2, total: 3 } },
    ],
    [
      'row 15: usage and usageDetails together',
      { usage: { input: 1, output: 2, total: 3 }, usageDetails: { cached: 1 } },
      { usageDetails: { input: 1, output: 2, total: 3, cached: 1 } },
    ],
    [
      'row 16: usageDetails over usage, and a cost',
      { usage: { input: 1 }, usageDetails: { input: 2 }, costDetails: { input: 3 } },
      { usageDetails: { input: 2, total: 2 }, costDetails: { input: 3, total: 3 }, calculatedTotalCost: 3 },
    ],
    [
      'row 17: the total is the sum of all keys',
      { usageDetails: { input: 1, cached: 2, reasoning: 3 } },
      { usageDetails: { input: 1, cached: 2, reasoning: 3, total: 6 } },
    ],
    [
      'row 18: null says nothing',
      { usageDetails: { input: 1, output: null }, costDetails: { input: 123, output: null } },
      { usageDetails: { input: 1, total: 1 }, costDetails: { input: 123, total: 123 } },
    ],
    [
      'row 19: the usage of an OpenAI completion',
      {
        usageDetails: {
          ...completion,
          prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 },
          completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: 4 },
        },
      },
      {
        usageDetails: {
          input: 0,
          output: 0,
          total: 16,
          input_cached_tokens: 2,
          input_audio_tokens: 3,
          output_text_tokens: 3,
          output_audio_tokens: 4,
          output_reasoning_tokens: 4,
        },
      },
    ],
    [
      'row 20: details that are null',
      {
        usageDetails: {
          ...completion,
          prompt_tokens_details: { cached_tokens: 2, audio_tokens: null },
          completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: null },
        },
      },
      {
        usageDetails: {
          input: 3,
          output: 4,
          total: 16,
          input_cached_tokens: 2,
          output_text_tokens: 3,
          output_audio_tokens: 4,
        },
      },
    ],
    [
      'row 20: the shape of OpenAI responses',
      {
        usageDetails: {
          input_tokens: 5,
          output_tokens: 11,
          total_tokens: 16,
          input_tokens_details: { cached_tokens: 2, audio_tokens: null },
          output_tokens_details: { reasoning_tokens: 7, audio_tokens: null },
        },
      },
      { usageDetails: { input: 3, output: 4, total: 16, input_cached_tokens: 2, output_reasoning_tokens: 7 } },
    ],
    ['row 23: an input of 0', { usage: { input: 0, output: 5 } }, { usageDetails: { input: 0, output: 5, total: 5 } }],
    [
      'row 24: a cost of other keys has no total',
      { costDetails: { input: 1, cached: 2 } },
      { costDetails: { input: 1, cached: 2 }, calculatedTotalCost: null },
    ],
  ])('%s', async (name, body, expected) => {
    expect(await store(name, [body], 'one request')).toEqual(having(expected))
  })

  test('row 21: counts below zero are left out, and the rest priced', async () => {
    const sent = { model: 'priced', usage: { input: 4, output: -7, total: -3 } }
    const expected = { usageDetails: { input: 4, total: 4 }, costDetails: { input: 6e-7, total: 6e-7 } }
    expect(await store('row 21', [sent], 'one request')).toEqual(having(expected))
    expect(await world.stored('observations', 'row 21')).toEqual(having({ provided_usage: { input: '4' } }))
  })

  test('row 22: prices are multiplied without rounding', async () => {
    const sent = { model: 'priced', usage: { input: 1295, output: 18, total: 1313 } }
    const cost = { input: 0.00019425, output: 0.0000108, total: 0.00020505 }
    const expected = { costDetails: cost, calculatedTotalCost: cost.total, inputPrice: 1.5e-7, outputPrice: 6e-7 }
    expect(await store('row 22', [sent], 'one request')).toEqual(having(expected))
  })
})

describe.concurrent.each(WAYS)('the matrix: cost over several events, in %s', (way) => {
  test.each<[string, Bodies, object]>([
    [
      'row 35: an ERROR is matched but not counted',
      [{ model: 'counted', input: PROMPT, output: OUTPUT, level: 'ERROR' }],
      { modelId: expect.any(String), usageDetails: {}, costDetails: {}, calculatedTotalCost: null },
    ],
    [
      'row 36: a cost that was given keeps tokens from being counted',
      [{ model: 'counted', input: PROMPT, output: OUTPUT, costDetails: { input: 1, output: 2 } }],
      { usageDetails: {}, costDetails: { input: 1, output: 2, total: 3 }, usagePricingTierName: null },
    ],
    [
      'row 37: a model that comes later prices the earlier usage',
      [{ usage: { input: 100, output: 10 } }, { model: 'priced' }],
      { usageDetails: { input: 100, output: 10, total: 110 }, calculatedTotalCost: 0.000021 },
    ],
    [
      'row 38: costs that were given stay when a later event has usage alone',
      [{ model: 'priced', usage: { input: 1, output: 1, inputCost: 5, outputCost: 7 } }, { usage: { input: 20 } }],
      { usageDetails: { input: 20, total: 20 }, costDetails: { input: 5, output: 7, total: 12 } },
    ],
    [
      'row 39: an output cost alone in the update',
      [{ model: 'priced', usage: { input: 100, output: 10 } }, { usage: { outputCost: 1 } }],
      { usageDetails: { input: 100, output: 10, total: 110 }, costDetails: { output: 1, total: 1 } },
    ],
    [
      'row 40: no tokens cost nothing, and that is said',
      [{ model: 'totalled', usage: { input: 0, output: 0, total: 0 } }],
      {
        usageDetails: { input: 0, output: 0, total: 0 },
        costDetails: { input: 0, output: 0, total: 0 },
        calculatedTotalCost: 0,
      },
    ],
    ['row 41: the later start date wins', [{ model: 'dated', usage: { input: 1 } }], { calculatedTotalCost: 2 }],
    [
      'row 42: a fine-tuned name',
      [{ model: 'ft:babbage-002:my-org#2:custom_suffix-2:id', usage: { input: 1 } }],
      { calculatedTotalCost: 3 },
    ],
    ['row 42: a name in other case', [{ model: 'GPT-3.5', usage: { input: 1 } }], { calculatedTotalCost: 4 }],
    [
      'row 43: tokens of text are counted',
      [{ model: 'counted', input: PROMPT }, { output: OUTPUT }],
      {
        usageDetails: { input: 5, output: 7, total: 12 },
        costDetails: { input: 5, output: 14, total: 19 },
        usage: { unit: 'TOKENS', input: 5, output: 7, total: 12 },
      },
    ],
    [
      'row 43: tokens of an object are counted',
      [{ model: 'counted', input: { key: 'value' } }],
      { usageDetails: { input: 5, total: 5 } },
    ],
    [
      'row 44: a usage of 200000 in all',
      [{ model: 'tiered', usageDetails: { input: 150_000, cached: 50_000 } }],
      { usagePricingTierName: 'Standard', calculatedTotalCost: 200_000 },
    ],
    [
      'row 44: one more',
      [{ model: 'tiered', usageDetails: { input: 150_000, cached: 50_001 } }],
      { usagePricingTierName: 'Large', calculatedTotalCost: 400_002 },
    ],
    [
      'row 45: a tier by service_tier',
      [{ model: 'tiered', usage: { input: 1 }, modelParameters: { service_tier: 'priority' } }],
      { usagePricingTierName: 'Priority', calculatedTotalCost: 5, inputPrice: 5 },
    ],
    [
      'row 45: parameters of another event than the usage',
      [{ model: 'tiered', modelParameters: { service_tier: 'priority' } }, { usage: { input: 1 } }],
      { usagePricingTierName: 'Standard', calculatedTotalCost: 1 },
    ],
  ])('%s', async (name, bodies, expected) => {
    expect(await store(`${name}, ${way}`, bodies, way)).toEqual(having(expected))
  })
})
