import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery, parseTokens } from './parse.ts'
import { printQuery, printTerm } from './print.ts'
import { fieldTerm, type Query, type Term, type Test } from './query.ts'

const is = (value: string): Test => ({ kind: 'is', value })

describe('reading', () => {
  test.each<[string, Query]>([
    ['', []],
    ['  ', []],
    ['level:error', [fieldTerm('level', is('error'))]],
    ['level:(error, warning)', [fieldTerm('level', { kind: 'any', values: ['error', 'warning'] })]],
    ['-level:error', [fieldTerm('level', is('error'), true)]],
    ['name:="a b"', [fieldTerm('name', { kind: 'exact', value: 'a b' })]],
    ['latency:>2s', [fieldTerm('latency', { kind: 'compare', operator: '>', value: '2s' })]],
    ['latency:<=2s', [fieldTerm('latency', { kind: 'compare', operator: '<=', value: '2s' })]],
    ['cost:0.01..0.1', [fieldTerm('cost', { kind: 'range', from: '0.01', to: '0.1' })]],
    ['name:*a*', [fieldTerm('name', { kind: 'contains', value: 'a' })]],
    ['name:a*', [fieldTerm('name', { kind: 'starts', value: 'a' })]],
    ['name:*"a b"', [fieldTerm('name', { kind: 'ends', value: 'a b' })]],
    ['user:*', [fieldTerm('user', { kind: 'set' })]],
    ['-user:*', [fieldTerm('user', { kind: 'set' }, true)]],
    ['user:"*"', [fieldTerm('user', is('*'))]],
    ['metadata.tier:gold', [fieldTerm({ name: 'metadata', key: 'tier' }, is('gold'))]],
    ['metadata.a.b:1', [fieldTerm({ name: 'metadata', key: 'a.b' }, is('1'))]],
    [
      'score."Tone of voice":>0.8',
      [fieldTerm({ name: 'score', key: 'Tone of voice' }, { kind: 'compare', operator: '>', value: '0.8' })],
    ],
    ['tags:(a & "b c")', [fieldTerm('tags', { kind: 'all', values: ['a', 'b c'] })]],
    ['user:a:b', [fieldTerm('user', is('a:b'))]],
    [
      'hello "two words" -not -"two not"',
      [
        { kind: 'text', isNegated: false, text: 'hello' },
        { kind: 'text', isNegated: false, text: 'two words' },
        { kind: 'text', isNegated: true, text: 'not' },
        { kind: 'text', isNegated: true, text: 'two not' },
      ],
    ],
    [
      '10:30 - "say \\"hi\\" \\\\"',
      [
        { kind: 'text', isNegated: false, text: '10:30' },
        { kind: 'text', isNegated: false, text: '-' },
        { kind: 'text', isNegated: false, text: 'say "hi" \\' },
      ],
    ],
  ])('%s', (text, query) => expect(parseQuery(text)).toEqual(query))

  test.each([
    ['level: x', 'level:', 'A value is missing after the colon.'],
    ['cost:> x', 'cost:>', 'A value is missing after >.'],
    ['"open', '"open', 'The quote is not closed.'],
    ['name:"open x', 'name:"open x', 'The quote is not closed.'],
    ['name:="open x', 'name:="open x', 'The quote is not closed.'],
    ['level:(a, b', 'level:(a, b', 'The list is not closed.'],
    ['level:() x', 'level:()', 'The list is empty.'],
    ['tags:(a, b & c)', 'tags:(a, b & c)', 'A list is either of , (any of) or of & (all of).'],
    ['tags:(a*) x', 'tags:(a*)', 'The list cannot be read: values are separated by , or &, and hold no *.'],
    ['name:a*b x', 'name:a*b', '* may stand at the ends of a value only; put the value in quotes if it holds one.'],
    ['name:"a"b x', 'name:"a"b', 'Something follows the value without a blank: put the value in quotes.'],
    ['"a"b', '"a"b', 'Something follows the quote without a blank.'],
    ['"" x', '""', 'There is nothing between the quotes.'],
    ['name:) x', 'name:)', 'The value cannot be read: put it in quotes.'],
  ])('%s is broken', (text, part, reason) =>
    expect(parseQuery(text)[0]).toEqual({ kind: 'broken', text: part, reason }),
  )

  test('tokens have places', () =>
    expect(parseTokens(' level:error  "a b"').map(({ from, to }) => [from, to])).toEqual([
      [1, 12],
      [14, 19],
    ]))
})

const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('a', 'a b', '*', '"', '\\', '..', 'a..b', '>1', '(x)', 'a,b', '-', ':', 'gpt-4', '\n'),
)
const bare = fc.constantFrom('1', '2s', '0.5', '10k', '2026-01-01T00:00:00Z')
const value = text
const anyTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ kind: fc.constantFrom('is' as const, 'exact' as const), value: fc.oneof(value, fc.constant('')) }),
  fc.record({ kind: fc.constantFrom('contains' as const, 'starts' as const, 'ends' as const), value }),
  fc.record({ kind: fc.constant('any' as const), values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('all' as const), values: fc.array(value, { minLength: 2, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
    value,
  }),
  fc.record({ kind: fc.constant('range' as const), from: bare, to: bare }),
  fc.record({ kind: fc.constant('set' as const) }),
)
const field = fc.record({
  name: fc.constantFrom('level', 'name', 'metadata', 'unknown_one'),
  key: fc.option(text, { nil: undefined }),
})
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), isNegated: fc.boolean(), field, test: anyTest }),
  fc.record({ kind: fc.constant('text' as const), isNegated: fc.boolean(), text }),
)

describe('printing', () => {
  test('what is printed reads as what it was', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), (query) => {
        expect(parseQuery(printQuery(query))).toEqual(query)
      }),
      { numRuns: 500 },
    )
  })

  test('any text has a reading, and printing it changes nothing more', () => {
    const parts = fc.constantFrom(
      'level',
      ':',
      '*',
      '"',
      '(',
      ')',
      ',',
      '&',
      ' ',
      '-',
      'a',
      '..',
      '>',
      '=',
      '\\',
      '.',
      'é',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts, { maxLength: 14 }).map((all) => all.join('')),
        ),
        (any) => {
          const query = parseQuery(any)
          expect(parseQuery(printQuery(query))).toEqual(query)
          const places = parseTokens(any)
          expect(
            places
              .map(({ from, to }) => any.slice(from, to))
              .join('')
              .replace(/\s/g, ''),
          ).toBe(any.replace(/\s/g, ''))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('quotes only where they are needed', () =>
    expect(
      ['name:agent-task', 'name:"a b"', '"it is"', 'model:gpt-4o*'].map((one) =>
        parseQuery(one).map(printTerm).join(' '),
      ),
    ).toEqual(['name:agent-task', 'name:"a b"', '"it is"', 'model:gpt-4o*']))
})
