import { expect, test } from 'vitest'
import { isId, spellings } from './ids.ts'

test.each<[string, boolean]>([
  ['a', true],
  ['x'.repeat(800), true],
  ['x'.repeat(801), false],
  ['', false],
  ['a\rb', false],
  ['& $ @ = ; / + , ? { } ^ % [ ] " < > # ~ `|', true],
])('isId %#', (text, expected) => {
  expect(isId(text)).toBe(expected)
})

test.each<[string, string[]]>([
  ['plain', ['plain']],
  [
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    ['0f8fad5b-d9cb-469f-a165-70867728950e', '0f8fad5bd9cb469fa16570867728950e'],
  ],
  ['0F8FAD5BD9CB469FA16570867728950E', ['0F8FAD5BD9CB469FA16570867728950E', '0f8fad5b-d9cb-469f-a165-70867728950e']],
])('spellings of %s', (id, expected) => {
  expect(spellings(id)).toEqual(expected)
})
