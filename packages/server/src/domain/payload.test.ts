import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metadataText, payloadText, payloadValue } from '#domain/payload.ts'
import { JsonText } from '#lib/json/json-text.ts'

describe('payloadText', () => {
  test.each<[string, unknown, string | undefined]>([
    ['text as its characters', '{"a":1}', '{"a":1}'],
    ['an object', { a: [1, null] }, '{"a":[1,null]}'],
    ['digits beyond a double', new JsonText('12345678901234567890'), '12345678901234567890'],
    ['text within JSON text', new JsonText('"x"'), 'x'],
    ['zero', 0, '0'],
    ['false', false, 'false'],
    ['an empty list', [], '[]'],
    ['null', null, undefined],
    ['nothing', undefined, undefined],
    ['empty text', '', undefined],
  ])('%s', (_, given, expected) => {
    expect(payloadText(given)).toBe(expected)
  })
})

describe('payloadValue', () => {
  test.each<[string, string | undefined, JsonText | string | null]>([
    ['JSON', '{"a":1.10}', new JsonText('{"a":1.10}')],
    ['a number', '12345678901234567890', new JsonText('12345678901234567890')],
    ['prose', 'total: 5', 'total: 5'],
    ['nearly JSON', '[not json]', '[not json]'],
    ['JSON too deep for a reader', `${'['.repeat(2000)}${']'.repeat(2000)}`, `${'['.repeat(2000)}${']'.repeat(2000)}`],
    ['nothing', undefined, null],
  ])('%s', (_, given, expected) => {
    expect(payloadValue(given)).toEqual(expected)
  })

  test('gives back any object or list that was stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        const read = payloadValue(payloadText(value))
        expect(read instanceof JsonText ? JSON.parse(read.text) : read).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('metadataText', () => {
  test.each<[string, unknown, string | undefined]>([
    ['an object', { a: { b: 5.5 } }, '{"a":{"b":5.5}}'],
    ['an object with digits beyond a double', { a: new JsonText('1983516295378495150') }, '{"a":1983516295378495150}'],
    ['row 31: true', true, '{"metadata":true}'],
    ['row 31: text', 'x', '{"metadata":"x"}'],
    ['row 31: a number', 42, '{"metadata":42}'],
    ['row 31: a list', [1, 'a', true], '{"metadata":[1,"a",true]}'],
    ['text that looks like an object', '{"a":1}', '{"metadata":"{\\"a\\":1}"}'],
    ['text that looks false', '0', '{"metadata":"0"}'],
    ['row 31: false', false, undefined],
    ['row 31: zero', 0, undefined],
    ['zero in another spelling', new JsonText('-0.00e5'), undefined],
    ['row 31: empty text', '', undefined],
    ['null', null, undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, given, expected) => {
    expect(metadataText(given)).toBe(expected)
  })
})
