import { describe, expect, test } from 'vitest'
import { DAY_NS, joined, overlap, type TimeSpan, wholeUnits, without } from './day-spans.ts'

const at = (day: number, beyond = 0n) => BigInt(day) * DAY_NS + beyond
const { POSITIVE_INFINITY: END, NEGATIVE_INFINITY: BEGIN } = Number

describe('whole days of a span, and its ends', () => {
  test.each<[string, TimeSpan, ReturnType<typeof wholeUnits>]>([
    ['all time', { from: undefined, to: undefined }, { whole: { from: BEGIN, to: END }, edges: [] }],
    ['days', { from: at(3), to: at(5) }, { whole: { from: 3, to: 5 }, edges: [] }],
    [
      'open end',
      { from: at(3, 1n), to: undefined },
      { whole: { from: 4, to: END }, edges: [{ from: at(3, 1n), to: at(4) }] },
    ],
    [
      'open begin',
      { from: undefined, to: at(3, 1n) },
      { whole: { from: BEGIN, to: 3 }, edges: [{ from: at(3), to: at(3, 1n) }] },
    ],
    [
      'parts of days at both ends',
      { from: at(3, -1n), to: at(5, 7n) },
      {
        whole: { from: 3, to: 5 },
        edges: [
          { from: at(3, -1n), to: at(3) },
          { from: at(5), to: at(5, 7n) },
        ],
      },
    ],
    [
      'within a day',
      { from: at(3, 1n), to: at(3, 7n) },
      { whole: undefined, edges: [{ from: at(3, 1n), to: at(3, 7n) }] },
    ],
    [
      'across midnight',
      { from: at(3, -1n), to: at(3, 7n) },
      { whole: undefined, edges: [{ from: at(3, -1n), to: at(3, 7n) }] },
    ],
    [
      'before 1970',
      { from: at(-2, -1n), to: at(0) },
      { whole: { from: -2, to: 0 }, edges: [{ from: at(-2, -1n), to: at(-2) }] },
    ],
    ['nothing', { from: at(5), to: at(3) }, { whole: undefined, edges: [{ from: at(5), to: at(3) }] }],
  ])('%s', (_name, span, expected) => {
    expect(wholeUnits(span, DAY_NS)).toEqual(expected)
  })
})

test('days without some of them, and joined again', () => {
  const all = [{ from: BEGIN, to: END }]
  const others = [
    { from: 3, to: 5 },
    { from: 5, to: 6 },
    { from: 9, to: 10 },
  ]
  const left = without(all, others)
  expect(left).toEqual([
    { from: BEGIN, to: 3 },
    { from: 6, to: 9 },
    { from: 10, to: END },
  ])
  expect(without(left, all)).toEqual([])
  expect(joined([...left, ...others])).toEqual(all)
})

test('what lies in two spans', () => {
  const open = { from: undefined, to: undefined }
  expect(overlap({ from: 1n, to: 9n }, { from: 3n, to: 12n })).toEqual({ from: 3n, to: 9n })
  expect(overlap({ from: 1n, to: 9n }, open)).toEqual({ from: 1n, to: 9n })
  expect(overlap(open, { from: 1n, to: undefined })).toEqual({ from: 1n, to: undefined })
})
