import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ListRef, parseListRef, printListRef } from './list-ref.ts'

const text = fc.string({ unit: 'binary' })
const maybe = (some: fc.Arbitrary<string>) => fc.option(some, { nil: undefined })

test('what is printed is read again', () => {
  const ref: fc.Arbitrary<ListRef> = fc.record({
    list: fc.constantFrom('traces', 'observations', 'session'),
    interval: fc.record({ fromMs: fc.nat(1e9), toMs: fc.integer({ min: 1e9 + 1, max: 2e9 }) }),
    env: fc.option(fc.array(fc.stringMatching(/^[a-z-]+$/)), { nil: undefined }),
    filter: maybe(text.filter((some) => some.isWellFormed())),
    order: maybe(fc.constant('totalCost.desc')),
    row: maybe(fc.uuid()),
  })
  fc.assert(
    fc.property(ref, (one) => {
      expect(parseListRef(printListRef(one))).toEqual(one)
    }),
  )
})

describe('is none', () => {
  test.each([
    ['nothing', undefined],
    ['another text', 'hello'],
    ['another list', 'list=users&t=1..2'],
    ['a list without time', 'list=traces'],
    ['a time that ends before it begins', 'list=traces&t=2..1'],
  ])('%s', (_, written) => expect(parseListRef(written)).toBeUndefined())
})
