import { expect, test } from 'vitest'
import { printBound, printLiteral } from './print.ts'
import { all, any, EMPTY, instant, join, sql, str, strs, u32 } from './sql.ts'

const statement = sql`SELECT id FROM traces WHERE ${all([sql`project_id = ${str("p'")}`, sql`id IN ${strs(['a', 'b'])}`])} LIMIT ${u32(3)}`

test('prints values as literals', () => {
  expect(printLiteral(statement)).toEqual({
    query: "SELECT id FROM traces WHERE (project_id = 'p\\'') AND (id IN ['a','b']) LIMIT _CAST(3, 'UInt32')",
  })
})

test('prints values as parameters', () => {
  expect(printBound(statement)).toEqual({
    query: 'SELECT id FROM traces WHERE (project_id = {p0: String}) AND (id IN {p1: Array(String)}) LIMIT {p2: UInt32}',
    params: { p0: "p'", p1: ['a', 'b'], p2: '3' },
  })
})

test('an instant is a parameter of its whole type', () => {
  expect(printBound(sql`SELECT ${instant(0n)}`)).toEqual({
    query: "SELECT {p0: DateTime64(9, 'UTC')}",
    params: { p0: '1970-01-01 00:00:00.000000000' },
  })
})

test.each([
  ['no condition is true', all([]), '1'],
  ['no alternative is false', any([]), '0'],
  ['alternatives stand in brackets', any([sql`a`, sql`b`]), '((a) OR (b))'],
  ['a list', join([sql`a`, EMPTY, sql`b`], ', '), 'a, , b'],
])('%s', (_name, fragment, text) => {
  expect(printLiteral(fragment).query).toBe(text)
})
