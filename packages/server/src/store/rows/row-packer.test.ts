import { expect, test } from 'vitest'
import { columnsOf } from './packed-row.ts'
import { rowBinary } from './row-binary.ts'
import { createRowPacker } from './row-packer.ts'

const row = (id: string, input = 'x') => ({ project_id: 'p', id, start_time: 1n, input })
const bytesOf = (rows: readonly object[]) => {
  const columns = columnsOf(rows[0] ?? {})
  return Buffer.concat(Array.from(rowBinary({ table: 'observations', columns, rows }), (piece) => Buffer.from(piece)))
}

test.each([
  ['one', [row('a')]],
  ['several', [row('a'), row('b', 'ü'), row('c', '')]],
  ['more than a slab holds', Array.from({ length: 100 }, (_, index) => row(`${index}`, 'x'.repeat(10_000)))],
  ['larger than a slab', [row('a'), row('b', 'x'.repeat(400_000)), row('c')]],
  ['far larger than a slab', [row('a'), row('b', 'x'.repeat(2_000_000)), row('c', 'ü'.repeat(2_000_000)), row('d')]],
])('packed rows are the bytes of the rows: %s', (_name, rows) => {
  const pack = createRowPacker()
  const packed = rows.map((each) => pack('observations', each))
  expect(bytesOf(packed).equals(bytesOf(rows))).toBe(true)
  const mixed = rows.map((each, index) => (index % 2 === 0 ? each : packed[index]) ?? each)
  expect(bytesOf(mixed).equals(bytesOf(rows))).toBe(true)
})

test('a row that is refused leaves nothing behind', () => {
  const pack = createRowPacker()
  expect(() => pack('observations', { ...row('a'), input: 1 })).toThrow('The column input of observations can not hold')
  expect(bytesOf([pack('observations', row('b'))]).equals(bytesOf([row('b')]))).toBe(true)
})

test('project and time are readable', () => {
  expect(createRowPacker()('observations', row('a'))).toMatchObject({ project_id: 'p', start_time: 1n })
})

test('rows of other columns than the first one are refused', () => {
  const pack = createRowPacker()
  const [a, b] = [pack('observations', row('a')), createRowPacker()('observations', { id: 'b' })]
  expect(() => bytesOf([a, b])).toThrow(
    'A row has the columns id where the first one has project_id,id,start_time,input',
  )
})
