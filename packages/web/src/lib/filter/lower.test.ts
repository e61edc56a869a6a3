import { FilterConditions } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { amountOf, instantOf, truthOf } from './amount.ts'
import { AGENT_KEYS, FIELDS, findField, isSameField, type Table } from './fields.ts'
import { type LowerOptions, lowerQuery } from './lower.ts'
import { parseQuery } from './parse.ts'

const lower = (text: string, table: Table = 'observations', more: Partial<LowerOptions> = {}) =>
  lowerQuery(parseQuery(text), { table, ...more })
const scoreType = (name: string) =>
  name === 'tone' ? 'categorical' : name === 'ok' ? 'boolean' : name === 'acc' ? 'numeric' : undefined

describe('lowering', () => {
  test.each<[string, object[]]>([
    ['level:error', [{ type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] }]],
    ['-type:(span, Tool)', [{ type: 'stringOptions', column: 'type', operator: 'none of', value: ['SPAN', 'TOOL'] }]],
    [
      'name:=a userId:b',
      [
        { type: 'stringOptions', column: 'name', operator: 'any of', value: ['a'] },
        { type: 'stringOptions', column: 'userId', operator: 'any of', value: ['b'] },
      ],
    ],
    [
      'name:*a* -name:*b* name:c* name:*d',
      [
        { type: 'string', column: 'name', operator: 'contains', value: 'a' },
        { type: 'string', column: 'name', operator: 'does not contain', value: 'b' },
        { type: 'string', column: 'name', operator: 'starts with', value: 'c' },
        { type: 'string', column: 'name', operator: 'ends with', value: 'd' },
      ],
    ],
    [
      'word -other -"two words"',
      [
        { type: 'string', column: 'fullText', operator: 'matches', value: 'word' },
        { type: 'string', column: 'fullText', operator: 'does not match', value: 'other' },
        { type: 'string', column: 'fullText', operator: 'does not match', value: 'two words' },
      ],
    ],
    [
      'user:* -session:*',
      [
        { type: 'null', column: 'userId', operator: 'is not null' },
        { type: 'null', column: 'sessionId', operator: 'is null' },
      ],
    ],
    [
      'latency:>2s -latency:>=5m',
      [
        { type: 'number', column: 'latency', operator: '>', value: 2 },
        { type: 'number', column: 'latency', operator: '<', value: 300 },
      ],
    ],
    [
      'cost:$0.01..0.1 tokens:>10k',
      [
        { type: 'number', column: 'totalCost', operator: '>=', value: 0.01 },
        { type: 'number', column: 'totalCost', operator: '<=', value: 0.1 },
        { type: 'number', column: 'totalTokens', operator: '>', value: 10_000 },
      ],
    ],
    [
      'prompt_version:3 root:yes -hasInput:true',
      [
        { type: 'number', column: 'promptVersion', operator: '=', value: 3 },
        { type: 'boolean', column: 'isRootObservation', operator: '=', value: true },
        { type: 'boolean', column: 'hasInput', operator: '=', value: false },
      ],
    ],
    [
      'tags:(a & b) -tool:x tags:(c, d)',
      [
        { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['a', 'b'] },
        { type: 'arrayOptions', column: 'calledToolNames', operator: 'none of', value: ['x'] },
        { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['c', 'd'] },
      ],
    ],
    [
      'startTime:>=2026-11-20',
      [{ type: 'datetime', column: 'startTime', operator: '>=', value: '2026-11-20T00:00:00.000Z' }],
    ],
    [
      'input:refund -output:sorry -input:* output:*',
      [
        { type: 'string', column: 'input', operator: 'matches', value: 'refund' },
        { type: 'string', column: 'output', operator: 'does not contain', value: 'sorry' },
        { type: 'boolean', column: 'hasInput', operator: '=', value: false },
        { type: 'boolean', column: 'hasOutput', operator: '=', value: true },
      ],
    ],
    [
      'metadata.tier:gold -metadata.tier:(a, b) metadata.n:>=2 metadata.x:* -metadata.y:* metadata.z:a*',
      [
        { type: 'stringObject', column: 'metadata', key: 'tier', operator: '=', value: 'gold' },
        { type: 'categoryOptions', column: 'metadata', key: 'tier', operator: 'none of', value: ['a', 'b'] },
        { type: 'numberObject', column: 'metadata', key: 'n', operator: '>=', value: 2 },
        { type: 'stringObject', column: 'metadata', key: 'x', operator: 'is set', value: '' },
        { type: 'stringObject', column: 'metadata', key: 'y', operator: 'is not set', value: '' },
        { type: 'stringObject', column: 'metadata', key: 'z', operator: 'starts with', value: 'a' },
      ],
    ],
  ])('%s', (text, filters) => {
    expect(lower(text)).toEqual({ filters, marks: [] })
    expect(FilterConditions.safeParse(filters).success).toBe(true)
  })

  test.each<[string, object[]]>([
    [
      'errors:>0 -bookmarked:true',
      [
        { type: 'number', column: 'errorCount', operator: '>', value: 0 },
        { type: 'boolean', column: 'bookmarked', operator: '=', value: false },
      ],
    ],
  ])('of traces: %s', (text, filters) => {
    expect(lower(text, 'traces')).toEqual({ filters, marks: [] })
    expect(FilterConditions.safeParse(filters).success).toBe(true)
  })

  test.each<[string, object[]]>([
    [
      'score.acc:>0.8 score.new:0.1..0.5 score.acc:*',
      [
        { type: 'numberObject', column: 'scores_avg', key: 'acc', operator: '>', value: 0.8 },
        { type: 'numberObject', column: 'scores_avg', key: 'new', operator: '>=', value: 0.1 },
        { type: 'numberObject', column: 'scores_avg', key: 'new', operator: '<=', value: 0.5 },
        { type: 'numberObject', column: 'scores_avg', key: 'acc', operator: '>=', value: -Number.MAX_VALUE },
      ],
    ],
    [
      'score.tone:(good, bad) -score.ok:true score.seen:false score.kind:x',
      [
        {
          type: 'categoryOptions',
          column: 'score_categories',
          key: 'tone',
          operator: 'any of',
          value: ['good', 'bad'],
        },
        { type: 'booleanObject', column: 'score_booleans', key: 'ok', operator: '<>', value: true },
        { type: 'booleanObject', column: 'score_booleans', key: 'seen', operator: '=', value: false },
        { type: 'categoryOptions', column: 'score_categories', key: 'kind', operator: 'any of', value: ['x'] },
      ],
    ],
  ])('of scores, in both tables: %s', (text, filters) => {
    expect(lower(text, 'traces', { scoreType })).toEqual({ filters, marks: [] })
    expect(lower(text, 'observations', { scoreType })).toEqual({ filters, marks: [] })
    expect(FilterConditions.safeParse(filters).success).toBe(true)
  })

  test.each([
    ['nope:1', 'observations', 'invalid', 'There is no field nope. For text with a colon use quotes.'],
    ['level:', 'observations', 'invalid', 'A value is missing after the colon.'],
    ['errors:>1', 'observations', 'elsewhere', 'Only traces have errors.'],
    ['model:x', 'traces', 'elsewhere', 'Only observations have model.'],
    ['metadata:x', 'traces', 'invalid', 'Say which: metadata.name:…'],
    ['level.x:y', 'traces', 'invalid', 'level has no parts: leave out .x'],
    ['latency:fast', 'traces', 'invalid', '“fast” is no duration: 200ms, 2s, 5m.'],
    ['latency:1..x', 'traces', 'invalid', '“x” is no duration: 200ms, 2s, 5m.'],
    ['tokens:>2s', 'traces', 'invalid', '“2s” is no number: 0.5, 10k.'],
    ['-tokens:5', 'traces', 'unsupported', 'Other than one number means below or above: the server knows no or.'],
    ['-cost:1..2', 'traces', 'unsupported', 'Outside of a range means below or above: the server knows no or.'],
    ['tokens:(1, 2)', 'traces', 'unsupported', 'One of several numbers: the server knows no or. Use a range.'],
    ['bookmarked:maybe', 'traces', 'invalid', 'This is either true or false.'],
    ['name:(a & b)', 'traces', 'invalid', 'One text cannot be several at once: separate them by , instead of &.'],
    ['name:>a', 'traces', 'invalid', 'This field is a text, which has no order.'],
    [
      '-name:a*',
      'traces',
      'unsupported',
      'The server cannot leave out what starts with a text; -…:*text* leaves out what contains it.',
    ],
    [
      '-tags:(a & b)',
      'traces',
      'unsupported',
      'The server cannot leave out what has all of several; it can what has any of them: (a, b).',
    ],
    ['tags:a*', 'traces', 'unsupported', 'The values of a list are compared whole: no * and no order.'],
    ['timestamp:yesterday', 'traces', 'invalid', 'Use =, >, >=, <, <= or a range like 1..2 here.'],
    ['timestamp:>yesterday', 'traces', 'invalid', '“yesterday” is no time: 2026-11-20 or 2026-11-20T14:00:00Z.'],
    [
      '-input:x',
      'observations',
      'unsupported',
      'Input and output are long: add input:… or output:… with a text that is to be found.',
    ],
    ['-score.x:*', 'traces', 'unsupported', 'The server cannot look for what has no such score.'],
  ])('%s on %s is %s', (...[text, table, kind, reason]) =>
    expect(lower(text, table === 'traces' ? 'traces' : 'observations')).toEqual({
      filters: [],
      marks: [{ index: 0, kind, reason }],
    }),
  )

  test('what cannot be said is marked in its place, the rest is kept', () => {
    const { filters, marks } = lower('level:error model:x errors:>1 -name:a* name:a')
    expect(filters.map(({ column }) => column)).toEqual(['level', 'model', 'name'])
    expect(marks.map(({ index, kind }) => [index, kind])).toEqual([
      [2, 'elsewhere'],
      [3, 'unsupported'],
    ])
  })

  test('free text is one condition each', () =>
    expect(lower('free "two words"', 'traces')).toEqual({
      filters: ['free', 'two words'].map((value) => ({
        type: 'string',
        column: 'fullText',
        operator: 'matches',
        value,
      })),
      marks: [],
    }))
})

test.each([
  ['2', 'seconds', 2],
  ['200ms', 'seconds', 0.2],
  ['5m', 'seconds', 300],
  ['1.5h', 'seconds', 5400],
  ['10k', 'tokens', 10_000],
  ['2M', 'tokens', 2_000_000],
  ['$0.05', 'dollars', 0.05],
  ['-1.5e-3', 'none', -0.0015],
  ['2 s', 'seconds', 2],
  ['', 'none', undefined],
  ['1x', 'none', undefined],
  ['1e999', 'none', undefined],
  ['constructor', 'none', undefined],
  ['1constructor', 'none', undefined],
] as const)('%s as %s', (value, unit, amount) => expect(amountOf(value, unit)).toBe(amount))

test('yes, no, and times', () => {
  expect(['Yes', 'false', 'x'].map(truthOf)).toEqual([true, false, undefined])
  expect(['2026-11-20T14:00:00+05:30', '2026-13-40', 'x'].map(instantOf)).toEqual([
    '2026-11-20T08:30:00.000Z',
    undefined,
    undefined,
  ])
})

test('fields have one name, and public columns are read as well', () => {
  expect(
    ['environment', 'totalCost', 'traceId', 'scores_avg', 'toString'].map((name) => findField(name)?.name),
  ).toEqual(['env', 'cost', 'trace', 'score', undefined])
  expect(isSameField({ name: 'userId', key: undefined }, { name: 'user', key: undefined })).toBe(true)
  expect(isSameField({ name: 'metadata', key: 'a' }, { name: 'metadata', key: 'b' })).toBe(false)
  expect(new Set(FIELDS.map(({ name }) => name)).size).toBe(FIELDS.length)
  expect(AGENT_KEYS).toContain('turn_id')
})
