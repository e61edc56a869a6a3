import { expect, test } from 'vitest'
import { tagsTyped } from './tags-typed.ts'

test.each([
  ['nothing', ' , ,', []],
  ['one', ' slow ', ['slow']],
  ['several, each once', 'b, a,b', ['b', 'a']],
  ['blanks within stay', 'to check', ['to check']],
  [
    'no more than are taken at once',
    Array.from({ length: 30 }, (_, n) => n).join(),
    Array.from({ length: 20 }, (_, n) => `${n}`),
  ],
])('%s', (_, text, expected) => expect(tagsTyped(text)).toEqual(expected))
