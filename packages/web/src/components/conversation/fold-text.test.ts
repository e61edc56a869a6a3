import { expect, test } from 'vitest'
import { foldedText } from './fold-text.ts'

test('short text stays whole', () => expect(foldedText('a\nb')).toBeUndefined())

test('many lines', () => {
  const folded = foldedText(Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n'))
  expect(folded?.lines).toBe(100)
  expect(folded?.head.split('\n')).toHaveLength(40)
})

test('one long line', () => expect(foldedText('x'.repeat(10_000))?.head).toHaveLength(4096))
