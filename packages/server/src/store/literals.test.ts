import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { literal, wellFormed } from './literals.ts'
import { type Bound, bool, f64, f64s, i64, instant, type Sql, sql, str, strs, u32, u64 } from './sql.ts'

describe('literal', () => {
  test.each<[string, Bound, string]>([
    ['text', str('abc'), "'abc'"],
    ['a quote', str("a'b"), "'a\\'b'"],
    ['a backslash before the end', str('a\\'), "'a\\\\'"],
    ['NUL and newline', str('\0\n'), "'\\x00\\x0a'"],
    ['a control character past ASCII', str('\u{85}'), "'\u{85}'"],
    ['half a surrogate pair', str('a\ud83d'), "'a\u{fffd}'"],
    ['texts', strs(['a', "'"]), "['a','\\'']"],
    ['no texts', strs([]), "_CAST([], 'Array(String)')"],
    ['numbers', f64s([1, 2.5]), "_CAST([1,2.5], 'Array(Float64)')"],
    ['true', bool(true), "_CAST(true, 'Bool')"],
    ['the least Int64', i64(-(2n ** 63n)), "_CAST(-9223372036854775808, 'Int64')"],
    ['the greatest UInt64', u64(2n ** 64n - 1n), "_CAST(18446744073709551615, 'UInt64')"],
    ['an instant', instant(1n), "_CAST('1970-01-01 00:00:00.000000001', 'DateTime64(9, \\'UTC\\')')"],
    [
      'an instant past the last',
      instant(2n ** 70n),
      "_CAST('2262-04-11 00:00:00.000000000', 'DateTime64(9, \\'UTC\\')')",
    ],
  ])('prints %s', (_name, bound, text) => {
    expect(literal(bound)).toBe(text)
  })

  test.each<[string, Bound]>([
    ['NaN', f64(Number.NaN)],
    ['infinity', f64(Number.POSITIVE_INFINITY)],
    ['infinity among numbers', f64s([1, Number.NEGATIVE_INFINITY])],
    ['a fraction as an integer', i64(1.5)],
    ['an integer that a number does not hold', u64(2 ** 60)],
    ['a negative UInt64', u64(-1n)],
    ['past UInt64', u64(2n ** 64n)],
    ['past Int64', i64(2n ** 63n)],
    ['past UInt32', u32(2 ** 32)],
  ])('refuses %s', (_name, bound) => {
    expect(() => literal(bound)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })
})

describe('run by the engine, a literal is its value', () => {
  let store: TestEngine
  beforeAll(async () => {
    store = await openTestEngine()
  })
  afterAll(() => store.close())

  const ask = async (statement: Sql) => (await store.engine.query(statement))[0] ?? {}
  const anyText = fc.string({ unit: 'binary', maxLength: 40 })
  const nastyText = fc
    .array(
      fc.constantFrom(
        "'",
        '\\',
        '\0',
        '\n',
        '\r',
        '\t',
        '`',
        '"',
        '--',
        '/*',
        ';',
        '{p0: String}',
        '\ud800',
        '💥',
        'x',
      ),
      {
        maxLength: 12,
      },
    )
    .map((pieces) => pieces.join(''))
  const text = fc.oneof(anyText, nastyText)

  test('texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 30 }), async (texts) => {
        const columns = await ask(
          sql`SELECT ${strs(texts)} AS list, ${str(texts.join('|'))} AS one, toTypeName(list) AS type`,
        )
        expect(columns).toEqual({
          list: texts.map(wellFormed),
          one: wellFormed(texts.join('|')),
          type: 'Array(String)',
        })
      }),
      { numRuns: 60 },
    )
  })

  test('numbers', async () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    await fc.assert(
      fc.asyncProperty(fc.array(finite, { minLength: 1 }), fc.bigInt(0n, 2n ** 64n - 1n), async (numbers, whole) => {
        const signed = whole - 2n ** 63n
        const columns = await ask(
          sql`SELECT ${f64s(numbers)} AS list, ${f64(numbers[0] ?? 0)} AS one, ${u64(whole)} AS whole, ${i64(signed)} AS signed`,
        )
        expect(columns['list']).toEqual(numbers)
        expect(columns['one']).toBe(numbers[0])
        expect(columns).toMatchObject({ whole: String(whole), signed: String(signed) })
      }),
      { numRuns: 60 },
    )
  })

  test('types, and instants to the nanosecond', async () => {
    const ns = 1_767_323_045_123_456_789n
    const columns = await ask(
      sql`SELECT ${instant(ns)} AS t, toTypeName(t) AS tt, ${bool(false)} AS b, toTypeName(b) AS tb, toTypeName(${u32(1)}) AS tu, toTypeName(${strs([])}) AS te LIMIT ${u32(1)}`,
    )
    expect(columns).toEqual({
      t: '2026-01-02 03:04:05.123456789',
      tt: "DateTime64(9, 'UTC')",
      b: false,
      tb: 'Bool',
      tu: 'UInt32',
      te: 'Array(String)',
    })
  })

  test('a list of a hundred thousand ids', async () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `id-${index}`)
    expect(
      await ask(sql`SELECT count() AS n FROM numbers(10) WHERE concat('id-', toString(number)) IN ${strs(ids)}`),
    ).toEqual({
      n: '10',
    })
  })
})
