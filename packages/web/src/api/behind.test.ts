import { expect, test } from 'vitest'
import { behind, noteBehind } from './behind.ts'

test('an answer that lags behind is kept, one that does not say so changes nothing', () => {
  noteBehind(new Headers())
  expect(behind.get()).toBeUndefined()
  noteBehind(new Headers({ 'X-Xtrace-Behind-Bytes': '4200000' }), 5)
  noteBehind(new Headers(), 6)
  expect(behind.get()).toEqual({ bytes: 4_200_000, atMs: 5 })
})
