import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type {
  Change,
  MetricsChange,
  ObservationChange,
  RemovalChange,
  ScoreChange,
  TraceChange,
} from '#domain/change.ts'
import { changeJson, decodeChange, encodeChange } from '#domain/change-codec.ts'
import { changeSchema } from '#domain/change-schema.fixture.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { OBSERVATION_LEVELS, OBSERVATION_TYPES } from '#domain/observation.ts'
import { SCORE_DATA_TYPES, SCORE_SOURCES } from '#domain/score.ts'
import { MAX_NANOS, MIN_NANOS } from '#domain/time.ts'

type Arbitraries<T> = { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> }

/** Now and then long enough to stand outside the JSON, with bytes of every length and halves of pairs. */
const text = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  fc.string({ unit: 'binary', minLength: 60, maxLength: 90 }),
  fc.constantFrom(`${'x'.repeat(80)}\ud800`, 'é'.repeat(64), '\u0000"\\'.repeat(30)),
)
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const instant = fc.bigInt({ min: MIN_NANOS, max: MAX_NANOS })
const clearable = fc.option(text)
const id = fc.string({ minLength: 1, maxLength: 12 }).map((value) => value.replaceAll('\r', '-'))
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '1'))
const map = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs))

const base = {
  projectId: text.filter((value) => value !== '').map(projectId),
  at: fc.integer({ min: 0 }),
  isUpdate: fc.boolean(),
  receivedAt: fc.integer({ min: 0 }),
  origin: fc.record({
    apiKey: text,
    sdkName: text,
    sdkVersion: text,
    via: fc.constantFrom('ingestion', 'otel', 'native', 'api'),
  }),
}
const requiredBase = ['projectId', 'at', 'receivedAt', 'origin', 'kind'] as const

const trace: Arbitraries<TraceChange> = {
  ...base,
  kind: fc.constant('trace'),
  id: id.map(traceId),
  timestamp: instant,
  name: clearable,
  userId: clearable,
  sessionId: clearable,
  release: clearable,
  version: clearable,
  externalId: clearable,
  environment: text,
  isPublic: fc.boolean(),
  isBookmarked: fc.boolean(),
  setTags: fc.array(text),
  removedTags: fc.array(text),
  tags: fc.array(text),
  input: text,
  output: text,
  metadata: text,
  fallback: fc.record(
    { timestamp: instant, environment: text, name: text, input: text, output: text },
    { requiredKeys: [] },
  ),
}

const observation: Arbitraries<ObservationChange> = {
  ...base,
  kind: fc.constant('observation'),
  id: id.map(observationId),
  traceId: id.map(traceId),
  type: fc.constantFrom(...OBSERVATION_TYPES),
  name: clearable,
  startTime: instant,
  endTime: instant,
  completionStartTime: instant,
  parentObservationId: text,
  environment: text,
  level: fc.option(fc.constantFrom(...OBSERVATION_LEVELS)),
  statusMessage: text,
  version: text,
  release: text,
  model: clearable,
  modelParameters: text,
  input: text,
  output: text,
  metadata: text,
  usage: map(number),
  cost: map(number),
  promptId: text,
  promptName: text,
  promptVersion: fc.nat(),
  userId: text,
  sessionId: text,
  traceName: text,
  tags: fc.array(text),
  isPublic: fc.boolean(),
  isAppRoot: fc.boolean(),
  experiment: fc.record(
    {
      id: text,
      name: text,
      description: text,
      datasetId: text,
      itemId: text,
      itemVersion: text,
      itemRootObservationId: text,
      itemExpectedOutput: text,
      metadata: text,
      itemMetadata: text,
    },
    { requiredKeys: [] },
  ),
}

const score: Arbitraries<ScoreChange> = {
  ...base,
  kind: fc.constant('score'),
  id: id.map(scoreId),
  timestamp: instant,
  traceId: id.map(traceId),
  observationId: fc.option(id.map(observationId)),
  sessionId: text,
  datasetRunId: text,
  name: text,
  dataType: fc.constantFrom(...SCORE_DATA_TYPES),
  value: number,
  stringValue: clearable,
  source: fc.constantFrom(...SCORE_SOURCES),
  environment: text,
  comment: clearable,
  metadata: text,
  configId: clearable,
  queueId: clearable,
  executionTraceId: clearable,
  authorUserId: clearable,
}

const metrics: Arbitraries<MetricsChange> = {
  ...base,
  kind: fc.constant('metrics'),
  idempotencyKey: text,
  points: fc.array(fc.record({ name: text, labels: map(text), value: number, timestamp: instant })),
}

const removal: Arbitraries<RemovalChange> = {
  ...base,
  kind: fc.constant('removal'),
  of: fc.constant('score'),
  id: id.map(scoreId),
}

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record(trace, { requiredKeys: [...requiredBase, 'id'] }),
  fc.record(observation, { requiredKeys: [...requiredBase, 'id'] }),
  fc.record(score, {
    requiredKeys: [...requiredBase, 'id', 'name', 'dataType', 'value', 'stringValue', 'source'],
  }),
  fc.record(metrics, { requiredKeys: [...requiredBase, 'points'] }),
  fc.record(removal, { requiredKeys: [...requiredBase, 'of', 'id'] }),
)

const sample: Change = {
  kind: 'removal',
  of: 'trace',
  id: traceId('t'),
  projectId: projectId('p'),
  at: 1,
  receivedAt: 2,
  origin: { apiKey: 'k', sdkName: 's', sdkVersion: '1', via: 'api' },
}
const withLongInput: Change = {
  kind: 'trace',
  id: traceId('t'),
  projectId: sample.projectId,
  at: 1,
  receivedAt: 2,
  origin: sample.origin,
  input: 'long '.repeat(40),
}
const payloadOf = (json: string) => Buffer.from(`\u0001${json}`)

/** Format 2 with an input behind the JSON. */
function withTexts(json: string, input: string, length = input.length) {
  const lengths = Buffer.alloc(16, 0xff)
  lengths.writeUInt32LE(Buffer.byteLength(json), 0)
  lengths.writeUInt32LE(length, 4)
  return Buffer.concat([Buffer.of(2), lengths, Buffer.from(json + input)])
}

const comesBack = (change: Change) => {
  expect(decodeChange(encodeChange(change))).toEqual(change)
}

describe('encodeChange and decodeChange', () => {
  test('every change comes back equal, whichever fields it has', () => {
    fc.assert(fc.property(anyChange, comesBack))
  })

  test('a change with every field comes back equal', () => {
    const whole = fc.oneof(fc.record(trace), fc.record(observation), fc.record(score), fc.record(metrics))
    fc.assert(fc.property(whole, comesBack), { numRuns: 20 })
  })

  test('a property that is undefined is left out', () => {
    expect(decodeChange(encodeChange({ ...sample }))).not.toHaveProperty('isUpdate')
  })

  test.each([
    ['no bytes', Buffer.alloc(0), 'format undefined'],
    ['a later format', Buffer.from(`\u0003${changeJson(sample)}`), 'format 3'],
    ['texts that are cut off', encodeChange(withLongInput).subarray(0, -1), 'cut off'],
    ['a header that is cut off', encodeChange(withLongInput).subarray(0, 9), 'cut off'],
    ['JSON that is cut off', encodeChange(withLongInput).subarray(0, 30), 'cut off'],
    ['bytes behind its end', Buffer.concat([encodeChange(withLongInput), Buffer.from('x')]), 'behind its end'],
    ['a list with texts', withTexts('[]', 'x'), 'not an object'],
    ['a text of a kind that has none', withTexts(changeJson(sample), 'x'), 'input'],
    ['a length beyond the end', withTexts(changeJson(withLongInput), 'x', 0xffff_fffe), 'cut off'],
    ['bytes that are not JSON', payloadOf('{"kind":'), 'not JSON'],
    ['an unknown kind', payloadOf('{"kind":"session"}'), "'kind'"],
    ['an unknown field', payloadOf(JSON.stringify({ ...sample, colour: 1 })), 'colour'],
    ['a missing field', payloadOf(JSON.stringify({ ...sample, at: undefined })), "'at'"],
    ['a field of another type', payloadOf(JSON.stringify({ ...sample, receivedAt: 'now' })), "'receivedAt'"],
    ['an id that is none', payloadOf(JSON.stringify({ ...sample, id: '' })), "'id'"],
    [
      'an instant as a number',
      payloadOf(JSON.stringify({ ...sample, kind: 'trace', of: undefined, timestamp: 1 })),
      "'timestamp'",
    ],
  ])('refuses %s and says why', (_, payload, why) => {
    expect(() => decodeChange(payload)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(why) }),
    )
  })

  test('reads what the schema allows, and nothing else', () => {
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('1', '-5', '1e3', 'a\rb', 'SPAN', null))
    const bent = fc.tuple(anyChange, fc.integer({ min: 0, max: 40 }), odd, fc.boolean()).map(bend)
    fc.assert(
      fc.property(bent, (json) => {
        const allowed = changeSchema.safeParse(JSON.parse(json))
        if (allowed.success) expect(decodeChange(payloadOf(json))).toEqual(allowed.data)
        else expect(() => decodeChange(payloadOf(json))).toThrow(expect.objectContaining({ code: 'bad_request' }))
      }),
      { numRuns: 500 },
    )
  })
})

/** The JSON of a change with one field, at the top or one level below, replaced by another value. */
function bend([change, index, value, isDeep]: [Change, number, unknown, boolean]): string {
  const fields = JSON.parse(changeJson(change))
  const nested = ['origin', 'fallback', 'experiment', 'usage'].map((key) => fields[key]).filter(Boolean)
  const holder = isDeep ? nested[index % nested.length] : fields
  const keys = Object.keys(holder)
  const key = keys[index % (keys.length + 1)] ?? 'colour'
  holder[key] = value
  return JSON.stringify(fields)
}
