import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExactNumber } from './exact-number.ts'
import { JsonText } from './json-text.ts'
import { parseExact, parseJson } from './parse.ts'
import { printJson } from './print.ts'
import { mergeTrees, parseTree, printTree } from './tree.ts'

const INPUT = new Set(['input'])

/** Compact JSON text of any kind, risky numbers and keys among it. */
const jsonTexts = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '0', '-1.5', '9007199254740993', '1e400', '-0', '0.30000000000000004'),
    fc.bigInt().map(String),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.array(tie('value')).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(
        fc.tuple(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.nat().map(String),
            fc.constantFrom('__proto__', 'constructor', 'toJSON'),
          ),
          tie('value'),
        ),
        { selector: ([key]) => key },
      )
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
})).value

describe('round trips', () => {
  test('any JSON comes back from a raw key as it was sent', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const body = parseJson(`{ "input" :\n${text} }`, INPUT)
        expect(sameJson(printJson(body), `{"input":${text}}`)).toBe(true)
      }),
    )
  })

  test('any JSON comes back from a tree character by character', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        expect(printTree(parseTree(`\t${text}\n`))).toBe(text)
      }),
    )
  })

  test('what JSON.parse keeps, parseJson gives as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const plain: unknown = JSON.parse(text)
        expect(parseJson(text)).toEqual(plain)
        expect(printJson(plain)).toBe(JSON.stringify(plain))
      }),
    )
  })
})

/** Equal but for the spelling of numbers that JavaScript holds exactly (`-0` and `0`, `1.0` and `1`). */
function sameJson(left: string, right: string): boolean {
  const numbers = /(?<=^|[:,[])-?\d[\d.eE+-]*/g
  const plain = (text: string) =>
    text.replace(numbers, (literal) => (isExactNumber(literal) ? String(Number(literal)) : literal))
  return plain(left) === plain(right)
}

describe('parseJson', () => {
  test.each([
    ['an integer beyond 2^53', '{"input":9007199254740993}', '9007199254740993'],
    ['a long decimal', '{"input":{"a": 3.14159265358979323846}}', '{"a":3.14159265358979323846}'],
    ['an exponent out of range', '{"input":[1e400]}', '[1e400]'],
    ['integer-like keys', '{"input":{"b":1,"10":2,"2":3}}', '{"b":1,"10":2,"2":3}'],
    ['an integer-like key in escapes', String.raw`{"input":{"b":1,"\u0031":2}}`, '{"b":1,"1":2}'],
    ['escapes that need not be', String.raw`{"input":["\u4e2d\/", 1e999]}`, '["中/",1e999]'],
    ['no white space', '{"input" : [ 1e999 ,\n\t"a b" , { "k" : [ ] } , { } ] }', '[1e999,"a b",{"k":[]},{}]'],
    ['a lone surrogate', String.raw`{"input":["\ud800", 1e999]}`, String.raw`["\ud800",1e999]`],
  ])('keeps %s', (_name, text, expected) => {
    expect(parseJson(text, INPUT)).toEqual({ input: new JsonText(expected) })
  })

  test.each([
    ['small numbers', '{"input":[1,-2.5,1e3,0.1,1.0]}'],
    ['shortest doubles', '{"input":[0.30000000000000004,5e-324,1.7976931348623157e308]}'],
    ['digits in strings', '{"input":"1700000000000000000, 12345678901234567890"}'],
    ['risk outside raw keys', '{"other":{"2":9007199254740993},"input":{"a":1}}'],
  ])('leaves %s plain', (_name, text) => {
    expect(parseJson(text, INPUT)).toEqual(JSON.parse(text))
  })

  test('finds raw keys at any depth, but not inside a raw value', () => {
    const body = parseJson('[{"body":{"input":{"input":1e999}}},{"input":{"input":1}}]', INPUT)
    expect(body).toEqual([{ body: { input: new JsonText('{"input":1e999}') } }, { input: { input: 1 } }])
  })

  test('keeps __proto__ a key', () => {
    const body = parseJson('{"__proto__":{"x":1},"input":1e999}', INPUT)
    expect(Object.keys(Object(body))).toEqual(['__proto__', 'input'])
    expect(printJson(body)).toBe('{"__proto__":{"x":1},"input":1e999}')
  })

  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  test.each([
    ['the empty text', ''],
    ['a comma too many', '{"input":1e999,}'],
    ['513 levels', nested(513)],
    ['a million open brackets', '['.repeat(1_000_000)],
    ['513 levels behind a string', `["\\"[", ${nested(512)}]`],
  ])('throws a SyntaxError for %s', (_name, text) => {
    expect(() => parseJson(text, INPUT)).toThrow(SyntaxError)
    expect(() => parseTree(text)).toThrow(SyntaxError)
  })

  test('takes 512 levels and any number of brackets in strings', () => {
    expect(printTree(parseTree(nested(512)))).toBe(nested(512))
    expect(parseJson(JSON.stringify('['.repeat(5000)))).toBe('['.repeat(5000))
  })
})

describe('parseExact', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

  test.each<[string, unknown]>([
    ['{"a":[1,"x"]}', { a: [1, 'x'] }],
    ['"x"', 'x'],
    ['{"a":1e400}', new JsonText('{"a":1e400}')],
    ['{"10":1,"2":2}', new JsonText('{"10":1,"2":2}')],
  ])('%s', (text, expected) => {
    expect(parseExact(text)).toEqual(expected)
  })

  test('what it gives can be built into larger values, and these read again', () => {
    const value = parseExact(nested(504))
    expect(parseTree(printJson({ metadata: { k: value } }))).toBeInstanceOf(Map)
    expect(() => parseExact(nested(505))).toThrow(SyntaxError)
  })
})

describe('isExactNumber', () => {
  test.each([
    ['0', true],
    ['-0', true],
    ['0.000', true],
    ['1.0', true],
    ['100000000000000000000', true],
    ['1E+2', true],
    ['123e-2', true],
    ['9007199254740992', true],
    ['9007199254740993', false],
    ['0.1000000000000000055511151231257827', false],
    ['1e-400', false],
    ['1e400', false],
    [`1${'0'.repeat(200_000)}`, false],
  ])('%s is %s', (literal, expected) => {
    expect(isExactNumber(literal)).toBe(expected)
  })
})

describe('printJson', () => {
  test.each([
    ['undefined', undefined, 'null'],
    ['a date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['text inside', { a: [new JsonText('1.0'), undefined], b: undefined }, '{"a":[1.0,null]}'],
    ['a date beside text', [new Date(0), new JsonText('{}')], '["1970-01-01T00:00:00.000Z",{}]'],
    ['text alone', new JsonText('9007199254740993'), '9007199254740993'],
  ])('prints %s', (_name, value, expected) => {
    expect(printJson(value)).toBe(expected)
  })
})

describe('mergeTrees', () => {
  test.each([
    ['keys side by side', '{"b":1}', '{"a":2}', '{"b":1,"a":2}'],
    ['objects within objects', '{"a":{"x":1,"y":1}}', '{"a":{"y":2}}', '{"a":{"x":1,"y":2}}'],
    ['arrays by index', '[1,{"a":1},3]', '[9,{"b":2}]', '[9,{"a":1,"b":2},3]'],
    ['a longer patch', '[1]', '[2,3]', '[2,3]'],
    ['null over an object', '{"a":{"x":1}}', '{"a":null}', '{"a":null}'],
    ['an array over an object', '{"a":{"x":1}}', '{"a":[1]}', '{"a":[1]}'],
    ['integer-like keys in order', '{"10":1}', '{"2":1e999}', '{"10":1,"2":1e999}'],
    ['__proto__ as a key', '{"__proto__":{"a":1}}', '{"__proto__":{"b":2}}', '{"__proto__":{"a":1,"b":2}}'],
  ])('%s', (...[, base, patch, expected]) => {
    expect(printTree(mergeTrees(parseTree(base), parseTree(patch)))).toBe(expected)
  })
})
