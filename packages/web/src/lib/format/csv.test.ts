import { expect, test } from 'vitest'
import { printCsv } from './csv.ts'

test.each([
  [
    'plain cells',
    [
      ['time', 'a'],
      ['x', 1.25],
    ],
    'time,a\r\nx,1.25\r\n',
  ],
  ['gaps are empty', [['x', null, 0]], 'x,,0\r\n'],
  ['what has a meaning is quoted', [['a,b', 'say "hi"', 'two\nlines']], '"a,b","say ""hi""","two\nlines"\r\n'],
  ['nothing', [], ''],
])('%s', (_, rows, expected) => expect(printCsv(rows)).toBe(expected))
