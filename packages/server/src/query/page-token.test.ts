import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_NANOS, MIN_NANOS, parseIso } from '#domain/time.ts'
import {
  listToken,
  observationToken,
  parseListToken,
  parseObservationToken,
  parseScoreToken,
  scoreToken,
} from './page-token.ts'

const place = fc.record({ time: fc.bigInt({ min: MIN_NANOS, max: MAX_NANOS }), id: fc.string({ unit: 'binary' }) })

describe('tokens give back the place, to the nanosecond', () => {
  test('of observations', () => {
    fc.assert(
      fc.property(place, fc.string(), (there, traceId) => {
        expect(parseObservationToken(observationToken({ ...there, traceId }))).toEqual(there)
      }),
    )
  })

  test('of scores', () => {
    fc.assert(
      fc.property(place, (there) => {
        expect(parseScoreToken(scoreToken(there))).toEqual(there)
      }),
    )
  })

  test('of lists, and a number of rows', () => {
    fc.assert(
      fc.property(place, fc.maxSafeNat(), (after, skip) => {
        expect(parseListToken(listToken({ after }))).toEqual({ after })
        expect(parseListToken(listToken({ skip }))).toEqual({ skip })
      }),
    )
    expect(parseListToken(Buffer.from('{"s":-1}').toString('base64url'))).toBeUndefined()
  })

  test('an observation’s is base64 of the documented fields', () => {
    const token = Buffer.from('{"lastStartTimeTo":"2026-01-02T03:04:05.678Z","lastTraceId":"t","lastId":"o"}').toString(
      'base64',
    )
    expect(parseObservationToken(token)).toEqual({ time: parseIso('2026-01-02T03:04:05.678Z'), id: 'o' })
  })
})

describe('what is no token', () => {
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
  test.each([
    ['nothing', ''],
    ['no base64', '***'],
    ['no JSON', Buffer.from('{').toString('base64')],
    ['null', base64(null)],
    ['a list', base64([1])],
    ['no time', base64({ v: 1, lastId: 'a' })],
    ['a time that is none', base64({ v: 1, lastStartTimeTo: 'x', lastTimestamp: 'x', lastId: 'a' })],
    [
      'an id that is no text',
      base64({ v: 1, lastStartTimeTo: '2026-01-02T03:04:05Z', lastTimestamp: '2026-01-02T03:04:05Z', lastId: 1 }),
    ],
  ])('%s', (_name, token) => {
    expect([parseObservationToken(token), parseScoreToken(token)]).toEqual([undefined, undefined])
  })

  test('a score’s of another version', () => {
    expect(parseScoreToken(base64({ v: 2, lastTimestamp: '2026-01-02T03:04:05Z', lastId: 'a' }))).toBeUndefined()
  })
})
