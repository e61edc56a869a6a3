import { expect, test } from 'vitest'
import { countText } from './count-text.ts'

test.each([
  ['one', { total: 1, isEstimated: false }, '1 trace'],
  ['none', { total: 0, isEstimated: false }, '0 traces'],
  ['many, counted', { total: 1234, isEstimated: false }, '1,234 traces'],
  ['many, estimated', { total: 1234, isEstimated: true }, '≈ 1,234 traces'],
])('%s', (_, counted, text) => {
  expect(countText(counted, 'traces')).toBe(text)
})
