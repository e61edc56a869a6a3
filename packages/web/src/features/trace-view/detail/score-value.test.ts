import { expect, test } from 'vitest'
import { readScoreValue } from './score-value.ts'

test.each([
  ['0.8', { value: 0.8, dataType: 'NUMERIC' }],
  [' -3 ', { value: -3, dataType: 'NUMERIC' }],
  ['yes', { value: 1, dataType: 'BOOLEAN' }],
  ['False', { value: 0, dataType: 'BOOLEAN' }],
  ['good', { value: 'good', dataType: 'CATEGORICAL' }],
  ['constructor', { value: 'constructor', dataType: 'CATEGORICAL' }],
])('%s', (typed, score) => {
  expect(readScoreValue(typed)).toEqual(score)
})
