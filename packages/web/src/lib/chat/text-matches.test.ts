import { describe, expect, test } from 'vitest'
import { findInPieces, foldCase, type TextPiece } from './text-matches.ts'

const block = (name: string, ...texts: string[]): TextPiece[] => texts.map((text) => ({ text, block: name }))
const found = (pieces: readonly TextPiece[], wanted: string, most?: number): string[] => {
  const { matches, isCut } = findInPieces(pieces, wanted, most)
  const places = matches.map(({ from, to }) => `${from.piece}:${from.offset}-${to.piece}:${to.offset}`)
  return [...places, ...(isCut ? ['more'] : [])]
}

describe('finding in pieces', () => {
  test.each<[name: string, pieces: TextPiece[], wanted: string, places: string[]]>([
    ['nothing', block('a', 'some'), '', []],
    ['a word, whatever its case', block('a', 'One one'), 'ONE', ['0:0-0:3', '0:4-0:7']],
    ['what is set apart within a block', block('a', 'a ', 'bold', ' word'), 'bold word', ['1:0-2:5']],
    ['a match that ends with its piece', block('a', 'bold', ' word'), 'bold', ['0:0-0:4']],
    ['nothing across two blocks', [...block('a', 'bo'), ...block('b', 'ld')], 'bold', []],
    ['matches that do not overlap', block('a', 'aaaa'), 'aa', ['0:0-0:2', '0:2-0:4']],
    ['places after a character that grows in lower case', block('a', 'İx x'), 'x', ['0:1-0:2', '0:3-0:4']],
    ['empty pieces between', block('a', 'a', '', 'b'), 'ab', ['0:0-2:1']],
  ])('%s', (_, ...[pieces, wanted, places]) => expect(found(pieces, wanted)).toEqual(places))

  test('says where it stops counting', () => {
    expect(found(block('a', 'xxx'), 'x', 2)).toEqual(['0:0-0:1', '0:1-0:2', 'more'])
    expect(found(block('a', 'xx'), 'x', 2)).toEqual(['0:0-0:1', '0:1-0:2'])
  })
})

test('folding keeps the length', () => {
  for (const text of ['ÄÖ', 'İİ', '😀A', 'ẞ']) expect(foldCase(text)).toHaveLength(text.length)
})
