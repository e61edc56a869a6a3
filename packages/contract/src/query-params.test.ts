import { describe, expect, test } from 'vitest'
import {
  booleanParam,
  csvParam,
  emptiableParam,
  instantParam,
  intParam,
  listParam,
  numberParam,
  repeatedParam,
  requiredInstantParam,
  requiredTextParam,
  textParam,
  wordParam,
} from './query-params.ts'

const limit = intParam({ min: 1, max: 10, default: 5 })
const word = wordParam(['a', 'b'])

describe('accepted', () => {
  test.each([
    ['text', textParam, 'x', 'x'],
    ['empty text', textParam, '', undefined],
    ['no text', textParam, undefined, undefined],
    ['repeated text: the last', textParam, ['x', 'y'], 'y'],
    ['empty on purpose', emptiableParam, '', ''],
    ['required', requiredTextParam, 'x', 'x'],
    ['required instant', requiredInstantParam, '2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['number', numberParam, '-1.5e3', -1500],
    ['empty number', numberParam, '', undefined],
    ['whole number', limit, '10', 10],
    ['default', limit, '', 5],
    ['true', booleanParam, 'true', true],
    ['false', booleanParam, 'false', false],
    ['word', word, 'b', 'b'],
    ['instant', instantParam, '2026-01-02T03:04:05.678901+00:00', '2026-01-02T03:04:05.678901+00:00'],
    ['instant with a bare plus', instantParam, '2026-01-02T03:04:05 02:00', '2026-01-02T03:04:05+02:00'],
    ['commas', csvParam, 'a, b,,c', ['a', 'b', 'c']],
    ['only commas', csvParam, ',', undefined],
    ['list, repeated', listParam, ['a,b', 'c', ''], ['a,b', 'c']],
    ['list, one text', listParam, 'a,b', ['a', 'b']],
    ['list, nothing', listParam, '', undefined],
    ['repeated alone', repeatedParam, 'a,b', ['a,b']],
  ])('%s', (...[, schema, value, expected]) => {
    expect(schema.parse(value)).toEqual(expected)
  })
})

describe('refused', () => {
  test.each([
    ['required', requiredTextParam, ''],
    ['required instant', requiredInstantParam, undefined],
    ['required instant', requiredInstantParam, '2026-01-02'],
    ['number', numberParam, '1,5'],
    ['number', numberParam, 'Infinity'],
    ['number', numberParam, ' '],
    ['whole number', limit, '1.5'],
    ['whole number', limit, '0'],
    ['whole number', limit, '11'],
    ['whole number', limit, '0x'],
    ['boolean', booleanParam, 'TRUE'],
    ['word', word, 'A'],
    ['instant', instantParam, '2026-01-02'],
    ['instant', instantParam, '2026-02-30T00:00:00Z'],
    ['instant', instantParam, '2026-01-02T03:04:05'],
  ])('%s: %#', (...[, schema, value]) => {
    expect(schema.safeParse(value).success).toBe(false)
  })
})
