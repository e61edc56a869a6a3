import { expect, test } from 'vitest'
import { parseZoom, printZoom } from './zoom-text.ts'

test.each([
  ['0..100', { fromMs: 0, toMs: 100 }],
  ['1.5..2', { fromMs: 1.5, toMs: 2 }],
  ['5..5', undefined],
  ['a..b', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads %s', (text, range) => {
  expect(parseZoom(text)).toEqual(range)
})

test('prints what it reads', () => {
  expect(printZoom({ fromMs: 1000.12345, toMs: 2000 }, 1000)).toBe('0.123..1000')
  expect(printZoom(undefined, 0)).toBeUndefined()
})
