import type { ModelDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { bodyOf, exactPattern, foundModels } from './model-form.ts'

test('a pattern of the name alone takes its characters as they are', () => {
  expect(exactPattern(' gpt-4.1 (mini) ')).toBe('(?i)^(gpt-4\\.1 \\(mini\\))$')
})

describe('what is sent', () => {
  const form = { name: 'own', pattern: '', input: '2.5', output: '' }
  test.each([
    ['prices are of one token', form, { inputPrice: 0.0000025 }],
    ['nothing costs nothing', { ...form, output: '0' }, { inputPrice: 0.0000025, outputPrice: 0 }],
  ])('%s', (_, typed, prices) => {
    expect(bodyOf(typed)).toEqual({ modelName: 'own', matchPattern: '(?i)^(own)$', unit: 'TOKENS', ...prices })
  })
  test('a pattern of their own stays', () => expect(bodyOf({ ...form, pattern: '^own' }).matchPattern).toBe('^own'))
})

test("the project's own come first, and what was typed is looked for in names and patterns", () => {
  const model = (modelName: string, isLangfuseManaged: boolean): ModelDto => ({
    id: modelName,
    modelName,
    matchPattern: `^${modelName}$`,
    startDate: null,
    unit: 'TOKENS',
    inputPrice: null,
    outputPrice: null,
    totalPrice: null,
    tokenizerId: null,
    tokenizerConfig: null,
    isLangfuseManaged,
    createdAt: '2026-01-01T00:00:00.000Z',
    prices: {},
    pricingTiers: [],
  })
  const models = [model('gpt-4o', true), model('claude', true), model('own-gpt', false)]
  expect(foundModels(models, '').map(({ id }) => id)).toEqual(['own-gpt', 'claude', 'gpt-4o'])
  expect(foundModels(models, 'GPT').map(({ id }) => id)).toEqual(['own-gpt', 'gpt-4o'])
})
