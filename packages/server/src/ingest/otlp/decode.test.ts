import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { decodeJson } from './decode-json.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import { exportOf, START_NS, TRACE_ID, toOtlpJson, toOtlpProtobuf } from './otlp-request.fixture.ts'
import type { OtlpRequest, Span, Value } from './otlp-request.ts'

const everything = exportOf({
  resource: { 'service.name': 'shop', 'process.pid': 41 },
  scope: 'demo',
  scopeVersion: '1.2.3',
  scopeAttributes: { public_key: 'pk-1' },
  spans: [
    {
      parentSpanId: 'aabbccddeeff0011',
      name: 'Grüße 🎈 and a name that is longer than any short text',
      status: { code: 2, message: 'ValueError: no' },
      attributes: {
        text: 'plain',
        empty: '',
        yes: true,
        small: 7,
        negative: -3,
        huge: new JsonText('9223372036854775807'),
        lowest: new JsonText('-9223372036854775808'),
        half: 0.5,
        list: ['a', 1, false, ['nested']],
        object: { role: 'user', parts: [{ type: 'text', content: 'hi' }] },
        nothing: null,
      },
      events: [{ name: 'gen_ai.choice', attributes: { index: 0, message: '{}' } }],
    },
    { startNs: undefined, endNs: undefined },
  ],
})

function onlySpan(request: OtlpRequest): Span {
  const span = request.resources[0]?.scopes[0]?.spans[0]
  if (span === undefined) throw new Error('the export has no span')
  return span
}

function jsonSpan(fields: object): string {
  const span = { traceId: TRACE_ID, spanId: '00f067aa0ba902b7', ...fields }
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
}

/** A value as JSON text, unparsed, so that a test can write numbers that JavaScript has not. */
function decodedValue(json: string): Value | undefined {
  const text = jsonSpan({ attributes: [{ key: 'a', value: '?' }] }).replace('"?"', json)
  return onlySpan(decodeJson(text)).attributes.get('a')
}

test('both encodings of one export read alike', () => {
  expect(decodeProtobuf(toOtlpProtobuf(everything))).toEqual(everything)
  expect(decodeJson(toOtlpJson(everything))).toEqual(everything)
})

describe('row 55: integers of 64 bits are exact', () => {
  test.each([
    ['decimal text', '{"intValue":"7"}', 7],
    ['number', '{"intValue":7}', 7],
    ['number beyond 2^53', '{"intValue":9007199254740993}', new JsonText('9007199254740993')],
    ['text beyond 2^53', '{"intValue":"-9007199254740993"}', new JsonText('-9007199254740993')],
    ['halves', '{"intValue":{"low":7,"high":0}}', 7],
    ['negative halves', '{"intValue":{"low":-1,"high":-1}}', -1],
    ['unsigned low half', '{"intValue":{"low":4294967295,"high":0}}', 4294967295],
    ['no integer', '{"intValue":"seven"}', 'seven'],
    ['double', '{"doubleValue":0.25}', 0.25],
    ['double as text', '{"doubleValue":"0.25"}', 0.25],
    ['not a number', '{"doubleValue":"NaN"}', 'NaN'],
    ['infinity', '{"doubleValue":"Infinity"}', 'Infinity'],
    ['array without values', '{"arrayValue":{}}', []],
    ['bytes stay base64', '{"bytesValue":"aGk="}', 'aGk='],
    ['empty wrapper', '{}', null],
    ['null wrapper', 'null', null],
  ] as const)('%s', (_, json, expected) => {
    expect(decodedValue(json)).toEqual(expected)
  })
})

describe('row 50: ids', () => {
  test.each([
    ['hex', TRACE_ID, TRACE_ID],
    ['uppercase hex', TRACE_ID.toUpperCase(), TRACE_ID],
    ['base64 text, verbatim', 'CvdlGRbNQ92ESOshHIAxnA==', 'CvdlGRbNQ92ESOshHIAxnA=='],
    ['one byte', [7], '07'],
    ['printed Buffer', { type: 'Buffer', data: [255, 0] }, 'ff00'],
    ['all zero', '0'.repeat(32), '0'.repeat(32)],
  ])('%s', (_, traceId, expected) => {
    expect(onlySpan(decodeJson(jsonSpan({ traceId }))).traceId).toBe(expected)
  })

  test.each([
    ['absent', undefined],
    ['empty text', ''],
    ['null', null],
    ['empty bytes', []],
    ['empty buffer', { type: 'Buffer', data: [] }],
    ['all zero', '0000000000000000'],
  ])('row 51: a parent that is %s makes a root', (_, parentSpanId) => {
    expect(onlySpan(decodeJson(jsonSpan({ parentSpanId }))).parentSpanId).toBeUndefined()
  })
})

describe('times', () => {
  test.each([
    ['decimal text', '"1760000000123456789"', START_NS],
    ['number, every digit kept', '1760000000123456789', START_NS],
    ['halves', '{"low":1,"high":1}', 4294967297n],
    ['zero is 1970', '0', 0n],
    ['no number', '"soon"', undefined],
    ['null', 'null', undefined],
  ])('%s', (_, json, expected) => {
    const text = jsonSpan({ startTimeUnixNano: '?' }).replace('"?"', json)
    expect(onlySpan(decodeJson(text)).startNs).toBe(expected)
  })
})

test('of equal attribute keys the last one counts', () => {
  const attributes = ['first', 'second'].map((stringValue) => ({ key: 'k', value: { stringValue } }))
  expect(onlySpan(decodeJson(jsonSpan({ attributes }))).attributes.get('k')).toBe('second')
})

test('keys of object prototypes are keys like any other', () => {
  const value = decodedValue('{"kvlistValue":{"values":[{"key":"__proto__","value":{"stringValue":"x"}}]}}')
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(JSON.stringify(value)).toBe('{"__proto__":"x"}')
})

describe('an export that is refused as a whole', () => {
  const span = { traceId: TRACE_ID, spanId: '00f067aa0ba902b7' }
  const spans = (...list: unknown[]) => ({
    resourceSpans: [{ scopeSpans: [{ scope: { name: 'my-scope' }, spans: list }] }],
  })
  test.each([
    [
      'row 48: spans without ids',
      spans({ spanId: 'ab' }, { traceId: 5, spanId: '' }),
      ['2 spans', 'traceId:absent (1)', 'traceId:not_an_id (1)', 'spanId:absent (1)', 'my-scope'],
    ],
    [
      'row 48: scopeSpans is no list',
      { resourceSpans: [{ scopeSpans: {} }] },
      ['1 malformed lists', 'scopeSpans:not_an_array (1)'],
    ],
    [
      'row 49: attributes as an object',
      spans({ ...span, attributes: { a: 1 } }),
      ['attributes:not_an_array (1)', 'my-scope'],
    ],
    [
      'row 49: a logs export under resourceSpans',
      spans({ timeUnixNano: '1', body: { stringValue: 'x' } }),
      ['traceId:absent (1)', 'spanId:absent (1)'],
    ],
    ['events as an object', spans({ ...span, events: {} }), ['events:not_an_array (1)']],
    [
      'resource attributes as text',
      { resourceSpans: [{ resource: { attributes: 'x' } }] },
      ['attributes:not_an_array (1)'],
    ],
    ['a parent that is no id', spans({ ...span, parentSpanId: { hex: 'ab' } }), ['parentSpanId:not_an_id (1)']],
    ['resourceSpans as an object', { resourceSpans: {} }, ['resourceSpans:not_an_array (1)']],
  ])('%s', (_, body, parts) => {
    const decode = () => decodeJson(JSON.stringify(body))
    for (const part of parts) expect(decode).toThrow(part)
    expect(decode).toThrow(AppError)
  })

  test('in protobuf', () => {
    const request = exportOf({ scope: 'my-scope', spans: [{ traceId: '' }, {}] })
    const decode = () => decodeProtobuf(toOtlpProtobuf(request))
    expect(decode).toThrow('1 spans')
    expect(decode).toThrow('traceId:absent (1)')
    expect(decode).toThrow('my-scope')
  })

  test('names at most five scopes', () => {
    const scopeSpans = Array.from({ length: 9 }, (_, index) => ({ scope: { name: `scope-${index}` }, spans: [{}] }))
    const decode = () => decodeJson(JSON.stringify({ resourceSpans: [{ scopeSpans }] }))
    expect(decode).toThrow('scope-4.')
  })
})

describe('bodies that are no export', () => {
  test.each(['', '{', '[]', 'null', '"text"', `{"a":${'['.repeat(600)}${']'.repeat(600)}}`])('JSON %s', (text) => {
    expect(() => decodeJson(text)).toThrow(AppError)
  })

  test.each([
    ['truncated', toOtlpProtobuf(everything).subarray(0, 90)],
    ['a wrong wire type', Uint8Array.of(0x08, 0x01)],
    ['a length of 4 GiB', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x00)],
    ['an endless varint', Uint8Array.from({ length: 20 }, () => 0xff)],
    ['field number 0', Uint8Array.of(0x02, 0x00)],
    ['an unclosed group', Uint8Array.of(0x1b, 0x08, 0x01)],
    ['JSON text', new TextEncoder().encode('{"resourceSpans":[]}')],
    ['values nested too deep', toOtlpProtobuf(exportOf({ spans: [{ attributes: { deep: nested(200) } }] }))],
  ])('protobuf: %s', (_, bytes) => {
    expect(() => decodeProtobuf(bytes)).toThrow(AppError)
    expect(() => decodeProtobuf(bytes)).toThrow('not an OTLP trace export')
  })
})

function nested(depth: number): Value {
  return depth === 0 ? 'x' : [nested(depth - 1)]
}

test('unknown fields are skipped, groups included', () => {
  const unknown = Uint8Array.of(
    0x78,
    0x05,
    0x7a,
    0x01,
    0x00,
    0x7d,
    1,
    2,
    3,
    4,
    0x79,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    0x7b,
    0x08,
    0x01,
    0x7c,
  )
  const bytes = Buffer.concat([unknown, toOtlpProtobuf(everything), unknown])
  expect(decodeProtobuf(bytes)).toEqual(everything)
})

describe('properties', () => {
  const damaged = (decode: () => unknown) => {
    try {
      decode()
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
    }
  }

  test('random bytes are read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => damaged(() => decodeProtobuf(bytes))),
      {
        numRuns: 2000,
      },
    )
  })

  test('a valid export with any byte changed or cut is read or refused', () => {
    const valid = toOtlpProtobuf(everything)
    const index = fc.nat(valid.length - 1)
    fc.assert(
      fc.property(index, fc.nat(255), index, (at, byte, cut) => {
        const bytes = Uint8Array.from(valid)
        bytes[at] = byte
        damaged(() => decodeProtobuf(bytes))
        damaged(() => decodeProtobuf(bytes.subarray(0, cut)))
      }),
      { numRuns: 2000 },
    )
  })

  test('random JSON is read or refused', () => {
    const list = fc.array(fc.jsonValue(), { maxLength: 3 })
    const span = fc.record({
      traceId: fc.jsonValue(),
      spanId: fc.jsonValue(),
      attributes: list,
      events: list,
      status: fc.jsonValue(),
    })
    const body = fc.record({
      resourceSpans: fc.array(
        fc.record({ scopeSpans: fc.array(fc.record({ spans: fc.array(span, { maxLength: 3 }) }), { maxLength: 2 }) }),
        { maxLength: 2 },
      ),
    })
    fc.assert(fc.property(fc.oneof(body, fc.jsonValue()), (value) => damaged(() => decodeJson(JSON.stringify(value)))))
  })

  test('what was encoded is read back, in both encodings', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
      fc.constant(null),
    )
    const { value } = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    const attributes = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 5, noNullPrototype: true })
    fc.assert(
      fc.property(attributes, fc.string({ unit: 'grapheme', maxLength: 60 }), (attributes, name) => {
        const request = exportOf({ spans: [{ attributes, name, events: [{ name, attributes }] }] })
        expect(decodeProtobuf(toOtlpProtobuf(request))).toEqual(request)
        expect(decodeJson(toOtlpJson(request))).toEqual(request)
      }),
    )
  })
})
