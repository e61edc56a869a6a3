import { expect, test } from 'vitest'
import { parsePlace } from './place.ts'

test.each([
  [undefined, undefined],
  ['', undefined],
  ['t1', { trace: 't1', observation: undefined, text: 't1' }],
  ['t1/o1', { trace: 't1', observation: 'o1', text: 't1/o1' }],
  ['t1/', { trace: 't1', observation: undefined, text: 't1/' }],
])('%s', (text, place) => {
  expect(parsePlace(text)).toEqual(place)
})
