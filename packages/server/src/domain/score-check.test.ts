import { expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { checkScore } from '#domain/score-check.ts'
import type { ScoreConfig } from '#domain/score-config.ts'

const config: ScoreConfig = {
  id: 'c',
  projectId: projectId('p'),
  name: 'quality',
  dataType: 'NUMERIC',
  isArchived: false,
  minValue: 0,
  maxValue: 1,
  categories: undefined,
  description: undefined,
  createdAt: 0,
  updatedAt: 0,
}
const categories = [
  { label: 'good', value: 1 },
  { label: 'bad', value: -1 },
]
const number = (value: number) => ({ name: 'n', dataType: 'NUMERIC' as const, value, stringValue: null })
const category = (label: string) => ({ name: 'n', dataType: 'CATEGORICAL' as const, value: 0, stringValue: label })
const boolean = (value: number) => ({ name: 'n', dataType: 'BOOLEAN' as const, value, stringValue: 'True' })
const text = (words: string) => ({ name: 'n', dataType: 'TEXT' as const, value: 0, stringValue: words })

test.each([
  ['the lower bound', config, number(0), { value: 0 }],
  ['the upper bound', config, number(1), { value: 1 }],
  ['no bounds', { ...config, minValue: undefined, maxValue: undefined }, number(-9), { value: -9 }],
  [
    'a category has the number of its configuration',
    { ...config, dataType: 'CATEGORICAL', categories },
    category('bad'),
    { value: -1 },
  ],
  ['a truth', { ...config, dataType: 'BOOLEAN' }, boolean(1), { value: 1 }],
  ['text', { ...config, dataType: 'TEXT' }, text('words'), { stringValue: 'words' }],
] as const)('passes under the name of the configuration: %s', (...[, given, score, expected]) => {
  expect(checkScore(given, score)).toMatchObject({ ok: true, score: { ...expected, name: 'quality' } })
})

test.each([
  ['an archived configuration', { ...config, isArchived: true }, number(1), /archived/],
  ['another type', config, category('good'), /of type NUMERIC/],
  ['a value below', config, number(-0.1), /below 0/],
  ['a value above', config, number(1.1), /above 1/],
  ['an unknown category', { ...config, dataType: 'CATEGORICAL', categories }, category('ugly'), /no category ugly/],
  ['a boolean of 2', { ...config, dataType: 'BOOLEAN' }, boolean(2), /0 and 1/],
  ['501 characters', { ...config, dataType: 'TEXT' }, text('x'.repeat(501)), /500/],
] as const)('refuses %s', (...[, given, score, reason]) => {
  expect(checkScore(given, score)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
})

test('without a configuration every score passes as it is', () => {
  expect(checkScore(undefined, number(7))).toEqual({ ok: true, score: number(7) })
})
