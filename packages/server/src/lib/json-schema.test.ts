import { describe, expect, test } from 'vitest'
import { createJsonSchemas, SchemaError } from './json-schema.ts'

const schemas = createJsonSchemas({ maxMs: 250 })

/** Every level refers to the next one twice: 2^60 checks. */
const doubling = {
  $defs: Object.fromEntries(
    Array.from({ length: 60 }, (_, level) => {
      const next = level === 59 ? { type: 'string' } : { $ref: `#/$defs/l${level + 1}` }
      return [`l${level}`, { allOf: [next, next] }]
    }),
  ),
  $ref: '#/$defs/l0',
}

describe('a schema', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['that fits', { type: 'object', required: ['q'] }, { q: 1 }, []],
    ['with a type', { type: 'object' }, 'text', ['the value must be object']],
    [
      'with properties',
      { properties: { q: { type: 'number' } }, additionalProperties: false },
      { q: 'x', r: 1 },
      ['the value must NOT have additional properties', '/q must be number'],
    ],
    ['with a format', { format: 'email' }, 'nobody', ['the value must match format "email"']],
    ['with definitions', { $defs: { a: { type: 'null' } }, $ref: '#/$defs/a' }, 1, ['the value must be null']],
    [
      'of draft 7',
      { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'null' }] },
      [1],
      ['/0 must be null'],
    ],
    [
      'of draft 2020-12',
      { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [false] },
      [1],
      ['/0 boolean schema is false'],
    ],
    ['with unknown words', { 'x-order': 1 }, 1, []],
    [
      'that refers to itself',
      { properties: { next: { $ref: '#' } }, required: ['v'] },
      { v: 1, next: {} },
      ["/next must have required property 'v'"],
    ],
    [
      'with a pattern that backtracks',
      { pattern: '^(a+)+$' },
      `${'a'.repeat(60)}b`,
      ['the schema takes longer than 250 ms'],
    ],
    ['whose references double', doubling, 1, ['the schema takes longer than 250 ms']],
  ])('%s', (...[, schema, value, faults]) => {
    expect(schemas.compile(schema)(value)).toEqual(faults)
  })

  test('shows a few of many faults', () => {
    const faults = schemas.compile({ items: { type: 'null' } })(Array(100).fill(1))
    expect(faults).toHaveLength(6)
    expect(faults.at(-1)).toBe('and 95 more')
  })

  test.each([
    ['a number', 1],
    ['false', false],
    ['without an end', { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }],
    ['asynchronous', { $async: true }],
    ['a list', []],
    ['null', null],
    ['an unknown type', { type: 'text' }],
    ['a broken pattern', { pattern: '(' }],
    ['another document', { $ref: 'https://example.com/schema.json' }],
    ['too long', { description: 'x'.repeat(200_000) }],
  ])('is refused: %s', (_name, schema) => {
    expect(() => schemas.compile(schema)).toThrow(SchemaError)
  })

  test('is compiled on its own: one $id may be used again', () => {
    expect(schemas.compile({ $id: 'https://a/b', type: 'null' })(1)).toHaveLength(1)
    expect(schemas.compile({ $id: 'https://a/b', type: 'number' })(1)).toEqual([])
  })
})
