import { expect, test } from 'vitest'
import { countLine, countText } from './count-text.ts'

test.each([
  ['one', { total: 1, isEstimated: false }, '1 trace'],
  ['none', { total: 0, isEstimated: false }, '0 traces'],
  ['many, counted', { total: 1234, isEstimated: false }, '1,234 traces'],
  ['many, estimated', { total: 1234, isEstimated: true }, '≈ 1,234 traces'],
])('%s', (_, counted, text) => {
  expect(countText(counted, 'traces')).toBe(text)
})

const ERROR = new Error('It takes too long.')
const COUNTED = { total: 1234, isEstimated: false }

test.each<[string, Parameters<typeof countLine>[0], ReturnType<typeof countLine>]>([
  ['nothing yet', { data: undefined, error: null }, { text: '', hint: undefined }],
  ['a count', { data: COUNTED, error: null }, { text: '1,234 traces', hint: undefined }],
  ['a failure', { data: undefined, error: ERROR }, { text: 'traces not counted', hint: ERROR.message }],
  ['a count that is out of date', { data: COUNTED, error: ERROR }, { text: '1,234 traces', hint: undefined }],
  [
    'an estimate',
    { data: { total: 1234, isEstimated: true }, error: null },
    { text: '≈ 1,234 traces', hint: 'Estimated from the newest rows: to count all takes too long' },
  ],
])('of %s', (_, answer, line) => {
  expect(countLine(answer, 'traces')).toEqual(line)
})
