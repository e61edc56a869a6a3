import { FilterConditions } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { exclude, include, release, removeAt, replace, stateOf, toggle } from './edit.ts'
import { lowerQuery } from './lower.ts'
import { queryOfFilters, queryOfOldFilter } from './old-filter.ts'
import { parseQuery } from './parse.ts'
import { targetOf } from './paste.ts'
import { printQuery } from './print.ts'
import type { FieldRef, Query } from './query.ts'
import {
  accept,
  caretAt,
  headOf,
  suggestFields,
  suggestionField,
  suggestKeys,
  suggestOperators,
  tidy,
} from './suggest.ts'

const field = (name: string, key?: string): FieldRef => ({ name, key })

describe('at the caret', () => {
  /** `|` is the caret. */
  const at = (text: string) => {
    const found = caretAt(text.replace('|', ''), text.indexOf('|'))
    if (found.kind !== 'value') return found
    return { ...found, others: printQuery(found.others) }
  }

  test.each<[string, object]>([
    ['|', { kind: 'field', typed: '', from: 0, to: 0 }],
    ['lev|', { kind: 'field', typed: 'lev', from: 0, to: 3 }],
    ['-lev|', { kind: 'field', typed: 'lev', from: 1, to: 4 }],
    ['level:error na|me', { kind: 'field', typed: 'na', from: 12, to: 16 }],
    ['level:error |', { kind: 'field', typed: '', from: 12, to: 12 }],
    ['metadata.|', { kind: 'key', field: 'metadata', typed: '', from: 9, to: 9 }],
    ['metadata.tu|', { kind: 'key', field: 'metadata', typed: 'tu', from: 9, to: 11 }],
    ['score."To|', { kind: 'key', field: 'score', typed: 'To', from: 6, to: 9 }],
    ['level:|', { kind: 'value', field: field('level'), typed: '', isOperand: false, from: 6, to: 6, others: '' }],
    [
      'env:prod level:er|r name:x',
      {
        kind: 'value',
        field: field('level'),
        typed: 'er',
        isOperand: false,
        from: 15,
        to: 18,
        others: 'env:prod name:x',
      },
    ],
    [
      'level:(error, wa|',
      { kind: 'value', field: field('level'), typed: 'wa', isOperand: false, from: 14, to: 16, others: '' },
    ],
    [
      'level:(er|ror, warning)',
      { kind: 'value', field: field('level'), typed: 'er', isOperand: false, from: 7, to: 12, others: '' },
    ],
    [
      'name:"two w|',
      { kind: 'value', field: field('name'), typed: 'two w', isOperand: false, from: 5, to: 11, others: '' },
    ],
    [
      'latency:>2|',
      { kind: 'value', field: field('latency'), typed: '2', isOperand: true, from: 9, to: 10, others: '' },
    ],
    [
      'metadata.tier:go|',
      { kind: 'value', field: field('metadata', 'tier'), typed: 'go', isOperand: false, from: 14, to: 16, others: '' },
    ],
  ])('%s', (text, expected) => expect(at(text)).toEqual(expected))

  test('fields: recent ones first, then the most used, of the table alone', () => {
    const names = (typed: string, recent: string[] = []) =>
      suggestFields(typed, { table: 'traces', recent }).map(({ name }) => name)
    expect(names('').slice(0, 3)).toEqual(['name', 'level', 'env'])
    expect(names('', ['tags']).slice(0, 2)).toEqual(['tags', 'name'])
    expect(names('tok')).toEqual(['tokens', 'input_tokens', 'output_tokens'])
    expect(names('model')).toEqual([])
  })

  test('operators and keys', () => {
    expect(suggestOperators(field('latency'))[0]).toEqual({ text: '>', about: 'more than' })
    expect(suggestOperators(field('nope'))[0]).toEqual({ text: '…', about: 'is' })
    expect(suggestOperators(field('startTime'))[0]?.text).toBe('>')
    expect(suggestKeys('t')).toEqual(['turn_id', 'tool_name'])
  })

  test.each([
    [field('env'), 'traces', 'environment'],
    [field('model'), 'traces', undefined],
    [field('metadata', 'a.b'), 'traces', 'metadata.a.b'],
    [field('metadata'), 'traces', 'metadata'],
    [field('score'), 'traces', 'scores'],
    [field('score', 'x'), 'traces', undefined],
    [field('latency'), 'traces', undefined],
    [field('tool'), 'observations', 'calledToolNames'],
  ] as const)('values of %o on %s come from %s', (ref, table, column) =>
    expect(suggestionField(ref, table)).toBe(column),
  )

  test('a suggestion takes the place of what was typed', () => {
    expect(accept('env:prod lev', { from: 9, to: 12 }, headOf(field('level')))).toEqual({
      text: 'env:prod level:',
      caret: 15,
    })
    expect(['metadata', 'score', 'environment'].map((name) => headOf(field(name)))).toEqual([
      'metadata.',
      'score.',
      'env:',
    ])
    expect(tidy('  level:"error"   a ')).toBe('level:error a')
  })
})

describe('edits', () => {
  const level = field('level')
  const edited = (text: string, edit: (query: Query) => Query) => printQuery(edit(parseQuery(text)))

  test.each<[string, (query: Query) => Query, string]>([
    ['', (query) => include(query, level, 'error'), 'level:error'],
    ['a level:error b', (query) => include(query, level, 'warning'), 'a level:(error, warning) b'],
    ['level:error', (query) => include(query, level, 'error'), 'level:error'],
    ['-level:error', (query) => include(query, level, 'error'), 'level:error'],
    ['-level:(error, debug)', (query) => include(query, level, 'error'), '-level:debug level:error'],
    ['level:(error, debug)', (query) => exclude(query, level, 'error'), 'level:debug -level:error'],
    ['environment:prod', (query) => include(query, field('env'), 'test'), 'environment:(prod, test)'],
    ['level:(a, b)', (query) => release(query, level, 'a'), 'level:b'],
    ['level:a x', (query) => toggle(query, level, 'a'), 'x'],
    ['x', (query) => toggle(query, level, 'a'), 'x level:a'],
    [
      'a latency:>1s -latency:>9s b',
      (query) => replace(query, field('latency'), { kind: 'range', from: '1s', to: '2s' }),
      'a latency:1s..2s -latency:>9s b',
    ],
    ['a', (query) => replace(query, field('cost'), { kind: 'compare', operator: '>', value: '1' }), 'a cost:>1'],
    ['latency:>1s a', (query) => replace(query, field('latency'), undefined), 'a'],
    ['a b c', (query) => removeAt(query, 1), 'a c'],
    ['metadata.x:1', (query) => include(query, field('metadata', 'y'), '1'), 'metadata.x:1 metadata.y:1'],
  ])('%s', (text, edit, expected) => expect(edited(text, edit)).toBe(expected))

  test('the state of a value', () => {
    const query = parseQuery('level:(a, b) -level:c level:*')
    expect(['a', 'c', 'd'].map((value) => stateOf(query, level, value))).toEqual(['included', 'excluded', undefined])
  })
})

describe('old links', () => {
  const filters = FilterConditions.parse([
    { type: 'stringOptions', column: 'environment', operator: 'any of', value: ['a', 'b'] },
    { type: 'stringOptions', column: 'level', operator: 'none of', value: ['ERROR'] },
    { type: 'string', column: 'name', operator: 'does not contain', value: 'x' },
    { type: 'string', column: 'name', operator: 'starts with', value: 'y' },
    { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['a', 'b'] },
    { type: 'number', column: 'latency', operator: '>', value: 2 },
    { type: 'boolean', column: 'bookmarked', operator: '=', value: true },
    { type: 'null', column: 'userId', operator: 'is null', value: '' },
    { type: 'stringObject', column: 'metadata', key: 'k', operator: 'contains', value: 'v' },
    { type: 'numberObject', column: 'scores_avg', key: 'Tone of voice', operator: '>=', value: 0.5 },
    { type: 'booleanObject', column: 'score_booleans', key: 'ok', operator: '<>', value: true },
    { type: 'categoryOptions', column: 'score_categories', key: 'c', operator: 'any of', value: ['x', 'y'] },
  ])

  test('are read as text', () =>
    expect(printQuery(queryOfFilters(filters))).toBe(
      'env:(a, b) -level:ERROR -name:*x* name:y* tags:(a & b) latency:>2 bookmarked:true -user:* metadata.k:*v* score."Tone of voice":>=0.5 -score.ok:true score.c:(x, y)',
    ))

  test('and come to the same conditions', () => {
    const { filters: lowered, marks } = lowerQuery(parseQuery(printQuery(queryOfFilters(filters))), { table: 'traces' })
    expect(marks).toEqual([])
    const known = filters.map((filter) =>
      filter.type === 'null' ? { type: 'null', column: 'userId', operator: 'is null' } : filter,
    )
    expect(lowered).toEqual(known)
  })

  test('full text is written bare', () =>
    expect(
      printQuery(queryOfFilters([{ type: 'string', column: 'fullText', operator: 'matches', value: 'two words' }])),
    ).toBe('"two words"'))

  test.each([
    ['[]', ''],
    ['[{"type":"number","column":"latency","operator":">","value":2},7]', 'latency:>2 filter:7'],
    ['name;string;;=;x', 'filter:name;string;;=;x'],
    ['{"type":', 'filter:"{\\"type\\":"'],
  ])('the text %s is read, and what it cannot be is shown', (text, expected) => {
    expect(printQuery(queryOfOldFilter(text))).toBe(expected)
  })

  test('times and whole texts', () =>
    expect(
      printQuery(
        queryOfFilters([
          { type: 'datetime', column: 'timestamp', operator: '>=', value: '2026-11-20T00:00:00.000Z' },
          { type: 'string', column: 'input', operator: '=', value: 'a b' },
          { type: 'string', column: 'input', operator: 'matches', value: 'c' },
          { type: 'string', column: 'nowhere', operator: 'ends with', value: '' },
          { type: 'positionInTrace', column: 'x' },
          { type: 'arrayOptions', column: 'tags', operator: 'any of', value: [] },
        ]),
      ),
    ).toBe('timestamp:>=2026-11-20T00:00:00.000Z input:="a b" input:c nowhere:*'))
})

test.each([
  ['3f9a1c00112233445566778899aad21e', { kind: 'id', id: '3f9a1c00112233445566778899aad21e' }],
  ['3f9a1c00-1122-3344-5566-778899aad21e', { kind: 'id', id: '3f9a1c00-1122-3344-5566-778899aad21e' }],
  ['00f067aa0ba902b7', { kind: 'id', id: '00f067aa0ba902b7' }],
  ['http://localhost:3000/p/x/traces/abc?node=n1', { kind: 'trace', traceId: 'abc', node: 'n1' }],
  ['https://cloud.langfuse.com/project/p/traces/abc?observation=o', { kind: 'trace', traceId: 'abc', node: 'o' }],
  ['/t/a%20b/n', { kind: 'trace', traceId: 'a b', node: 'n' }],
  ['https://h/p/x/traces?peek=abc', { kind: 'trace', traceId: 'abc', node: undefined }],
  ['/t/%zz', { kind: 'trace', traceId: '%zz', node: undefined }],
  ['hello', undefined],
  ['https://example.com/', undefined],
  ['two words', undefined],
])('pasting %s', (pasted, target) => expect(targetOf(pasted)).toEqual(target))
