import { describe, expect, test } from 'vitest'
import type { Part } from './chat.ts'
import { holdsParts, holdsText, holdsValue } from './holds-text.ts'

test.each<[text: string, wanted: string, isHeld: boolean]>([
  ['a **bold** word', 'bold word', true],
  ['snake_case', 'snake_case', true],
  ['a word', 'words', false],
  ['a word', '', false],
])('%s holds %s: %s', (...[text, wanted, isHeld]) => expect(holdsText(text, wanted)).toBe(isHeld))

test.each<[name: string, value: unknown, wanted: string, isHeld: boolean]>([
  ['a text far inside', { a: [{ b: 'Needle' }] }, 'needle', true],
  ['a key', { needle: 1 }, 'needle', true],
  ['a number', [1234], '23', true],
  ['no place in a list', ['x'], '0', false],
  ['nothing', { a: null, b: undefined }, 'x', false],
])('a value: %s', (_, ...[value, wanted, isHeld]) => expect(holdsValue(value, wanted)).toBe(isHeld))

describe('parts', () => {
  const text: Part = { type: 'text', text: 'Needle' }
  test.each<[name: string, part: Part, isHeld: boolean]>([
    ['a text', text, true],
    ['arguments', { type: 'tool_call', id: undefined, name: 'f', args: { a: 'needle' }, note: undefined }, true],
    ['what is in a result', { type: 'tool_result', id: 'c', name: undefined, content: [text], isError: false }, true],
    ['JSON', { type: 'json', value: ['needle'] }, true],
    ['another text', { type: 'text', text: 'hay' }, false],
  ])('%s', (_, ...[part, isHeld]) => expect(holdsParts([part], 'needle')).toBe(isHeld))

  test('nothing is found in how they are kept', () => expect(holdsParts([text], 'text')).toBe(false))
})
