import { describe, expect, test } from 'vitest'
import { projectId } from './ids.ts'
import { checkScore } from './score-check.ts'
import type { ScoreConfig } from './score-config.ts'

const config = (over: Partial<ScoreConfig>): ScoreConfig => ({
  id: 'c',
  projectId: projectId('p'),
  name: 'from config',
  dataType: 'NUMERIC',
  isArchived: false,
  minValue: undefined,
  maxValue: undefined,
  categories: undefined,
  description: undefined,
  createdAt: 0,
  updatedAt: 0,
  ...over,
})

const bounded = config({ minValue: 0, maxValue: 1 })
const graded = config({
  dataType: 'CATEGORICAL',
  categories: [
    { label: 'good', value: 2 },
    { label: 'bad', value: 1 },
  ],
})

const number = (value: number) => ({ name: 'sent', dataType: 'NUMERIC' as const, value, stringValue: null })
const label = (stringValue: string) => ({ name: 'sent', dataType: 'CATEGORICAL' as const, value: 0, stringValue })
const flag = (value: number) => ({ name: 'sent', dataType: 'BOOLEAN' as const, value, stringValue: 'True' })
const text = (stringValue: string) => ({ name: 'sent', dataType: 'TEXT' as const, value: 0, stringValue })

describe('score check', () => {
  test('without a configuration a score stays as it is', () => {
    expect(checkScore(undefined, number(5))).toEqual({ ok: true, score: number(5) })
  })

  test.each([
    ['at the lower bound', bounded, number(0), 0],
    ['at the upper bound', bounded, number(1), 1],
    ['no bounds', config({}), number(-1e9), -1e9],
    ['a category gives its number', graded, label('good'), 2],
    ['BOOLEAN', config({ dataType: 'BOOLEAN' }), flag(1), 1],
    ['TEXT of 500', config({ dataType: 'TEXT' }), text('x'.repeat(500)), 0],
  ])('%s passes under the name of the configuration', (...[, held, score, value]) => {
    expect(checkScore(held, score)).toEqual({ ok: true, score: { ...score, name: 'from config', value } })
  })

  test.each([
    ['below', bounded, number(-0.1), /no value below 0/],
    ['above', bounded, number(1.1), /no value above 1/],
    ['archived', config({ isArchived: true }), number(0), /is archived/],
    ['other type', bounded, label('good'), /of type NUMERIC, the score of type CATEGORICAL/],
    ['unknown category', graded, label('ugly'), /no category ugly/],
    ['label in other case', graded, label('Good'), /no category Good/],
    ['BOOLEAN of 2', config({ dataType: 'BOOLEAN' }), flag(2), /0 and 1 only/],
    ['TEXT of 501', config({ dataType: 'TEXT' }), text('x'.repeat(501)), /500 characters/],
  ])('%s is refused', (...[, held, score, reason]) => {
    expect(checkScore(held, score)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })
})
