import { describe, expect, test } from 'vitest'
import { foldedText, textKind } from './text-kind.ts'

describe('text kind', () => {
  test.each([
    ['a heading', '# Plan\nfirst this', 'markdown'],
    ['a list', 'we need\n- a\n- b', 'markdown'],
    ['numbers in order', '1. one\n2. two', 'markdown'],
    ['a table', '| a | b |\n|---|---|\n| 1 | 2 |', 'markdown'],
    ['a fence', 'see\n```\ncode\n```', 'markdown'],
    ['bold words', 'this is **important** here', 'markdown'],
    ['one line', 'The capital is Paris.', 'plain'],
    ['paragraphs', 'One.\n\nTwo.', 'plain'],
    ['a log', '2026-01-01T10:00:00 # start\n2026-01-01T10:00:01 - a\n2026-01-01T10:00:02 **x**', 'plain'],
    ['code', 'import os\ndef f():\n  return 1;\nclass A {\n# comment', 'plain'],
  ])('%s', (_, text, kind) => {
    expect(textKind(text)).toBe(kind)
  })
})

describe('folding', () => {
  test('short text stays whole', () => expect(foldedText('a\nb')).toBeUndefined())
  test('many lines', () => {
    const folded = foldedText(Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n'))
    expect(folded?.lines).toBe(100)
    expect(folded?.head.split('\n')).toHaveLength(40)
  })
  test('one long line', () => expect(foldedText('x'.repeat(10_000))?.head).toHaveLength(4096))
})
