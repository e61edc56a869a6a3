import { expect, test } from 'vitest'
import { rowBinary, structureOf } from './row-binary.ts'

const bytesOf = (block: Parameters<typeof rowBinary>[0]): Buffer =>
  Buffer.concat(Array.from(rowBinary(block), (piece) => Buffer.from(piece)))

const hexOf = (column: string, cell: unknown): string =>
  bytesOf({ table: 'observations', columns: [column], rows: [{ [column]: cell }] }).toString('hex')

test.each<[string, string, unknown, string]>([
  ['text', 'id', 'a\u00fc', '0361c3bc'],
  ['no text', 'id', '', '00'],
  ['half of a surrogate pair', 'id', '\ud83d', '03efbfbd'],
  ['nanoseconds', 'start_time', 1n, '0100000000000000'],
  ['nanoseconds before 1970', 'start_time', -1n, 'ffffffffffffffff'],
  ['nanoseconds as a query spells them', 'start_time', '1970-01-01 00:00:00.000000001', '0100000000000000'],
  ['milliseconds', 'created_at', 2 ** 32 + 5, '0500000001000000'],
  ['milliseconds before 1970', 'created_at', -1, 'ffffffffffffffff'],
  ['milliseconds as a query spells them', 'created_at', '1970-01-01 00:00:00.005', '0500000000000000'],
  ['an instant that may be absent', 'end_time', 1n, '000100000000000000'],
  ['an absent instant', 'end_time', null, '01'],
  ['the largest whole number that a number holds', 'row_version', Number.MAX_SAFE_INTEGER, 'ffffffffffff1f00'],
  ['a whole number beyond it', 'row_version', '18446744073709551615', 'ffffffffffffffff'],
  ['a price', 'total_cost', 0.5, '00000000000000e03f'],
  ['a version of a prompt', 'prompt_version', 258, '0002010000'],
  ['a flag', 'public', true, '01'],
  ['texts', 'tags', ['a', ''], '02016100'],
  ['counts', 'usage', { a: 1 }, '0101610100000000000000'],
  ['prices', 'cost', { a: 0.5 }, '010161000000000000e03f'],
  ['texts by name', 'tool_definitions', { a: 'b' }, '0101610162'],
])('%s', (...[, column, cell, hex]) => {
  expect(hexOf(column, cell)).toBe(hex)
})

test.each([0, 1, 63, 64, 127, 128, 16_383, 16_384, 300_000])(
  'text of %i characters stands behind its length',
  (length) => {
    for (const character of ['x', '\u00fc', '\u20ac']) {
      const bytes = Buffer.from(hexOf('input', character.repeat(length)), 'hex')
      const text = Buffer.from(character.repeat(length))
      const prefix: number[] = []
      for (let rest = text.length; ; rest >>>= 7) {
        prefix.push(rest > 127 ? (rest & 127) | 128 : rest)
        if (rest <= 127) break
      }
      expect(bytes.equals(Buffer.concat([Buffer.from(prefix), text]))).toBe(true)
    }
  },
)

test('many rows come in pieces that make up the whole', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `${index}`, input: 'x'.repeat(1000) }))
  const pieces = Array.from(rowBinary({ table: 'traces', columns: ['id', 'input'], rows }), (piece) => piece.length)
  expect(pieces.length).toBeGreaterThan(3)
  expect(Math.max(...pieces)).toBeLessThan(260 * 1024)
  const idBytes = rows.reduce((sum, { id }) => sum + 1 + id.length, 0)
  expect(pieces.reduce((sum, length) => sum + length)).toBe(idBytes + 1000 * 1002)
})

test.each<[string, string, unknown]>([
  ['a number for text', 'id', 1],
  ['nothing for text', 'id', undefined],
  ['text for a number', 'total_cost', 'much'],
  ['what is no number', 'total_cost', Number.NaN],
  ['a fraction for a whole number', 'row_version', 0.5],
  ['a negative whole number', 'row_version', -1],
  ['nothing for an instant', 'start_time', null],
  ['a word for an instant', 'start_time', 'yesterday'],
  ['a number for a flag', 'public', 1],
  ['more than a byte', 'is_deleted', 256],
  ['text among counts', 'usage', { a: 'many' }],
  ['a number among texts', 'tags', ['a', 1]],
  ['a text for texts', 'tags', 'a'],
  ['another column', 'nothing', 1],
  ['a column that every object has', 'constructor', 1],
])('%s is refused', (_name, column, cell) => {
  expect(() => hexOf(column, cell)).toThrow(expect.objectContaining({ code: 'bad_request' }))
})

test('the declaration names the columns with their types', () => {
  expect(structureOf({ table: 'metric_points', columns: ['name', 'value'] })).toBe(
    'name LowCardinality(String), value Float64',
  )
})
