import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from './word-diff.ts'

test('finds the words that came and went', () => {
  expect(diffWords('Weather in Paris?', 'Weather in Rome?')).toEqual([
    { text: 'Weather in ', change: 'same' },
    { text: 'Paris', change: 'removed' },
    { text: 'Rome', change: 'added' },
    { text: '?', change: 'same' },
  ])
})

test('words join to both texts again', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 8 }), fc.lorem({ maxCount: 8 }), (one, other) => {
      const pieces = diffWords(one, other)
      const joined = (without: string) =>
        pieces
          .filter(({ change }) => change !== without)
          .map(({ text }) => text)
          .join('')
      expect([joined('added'), joined('removed')]).toEqual([one, other])
    }),
  )
})
