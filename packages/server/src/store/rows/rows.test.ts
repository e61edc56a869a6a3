import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Experiment, MetricPoint, Origin } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { OBSERVATION_LEVELS, OBSERVATION_TYPES, type Observation } from '#domain/observation.ts'
import { SCORE_DATA_TYPES, SCORE_SOURCES, type Score } from '#domain/score.ts'
import { MAX_NANOS, MIN_NANOS, msFromNanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { type Row, TABLES, type Table } from '#store/engine.ts'
import { wellFormed } from '#store/literals.ts'
import { Sql, sql } from '#store/sql.ts'
import { openTestEngine, type TestEngine } from '../../../test/support/engine.ts'
import { COLUMNS } from './columns.ts'
import { fromMetricRow, hash64, seriesId, toMetricPointRow, toMetricSeriesRow } from './metric.ts'
import { fromObservationRow, toObservationRow } from './observation.ts'
import { fromScoreRow, toScoreRow } from './score.ts'
import { tombstone } from './tombstone.ts'
import { fromTraceRow, toTraceRow } from './trace.ts'

const project = projectId('p')
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.json(),
  fc.constantFrom('{"n":12345678901234567890.123456789}', 'a\\ud800b', '\'"\\\0\u2028', '💥'),
)
const optionalText = fc.option(text, { nil: undefined })
const instant = fc.bigInt(MIN_NANOS, MAX_NANOS)
const optionalInstant = fc.option(instant, { nil: undefined })
const millis = fc.integer({ min: msFromNanos(MIN_NANOS), max: msFromNanos(MAX_NANOS) })
const money = fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true })
const key = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__')
const usage = fc.dictionary(key, fc.maxSafeNat(), { maxKeys: 4, noNullPrototype: true })
const cost = fc.dictionary(key, money, { maxKeys: 4, noNullPrototype: true })
const texts = fc.array(text, { maxLength: 3 })
const origin: fc.Arbitrary<Origin> = fc.record({
  apiKey: text,
  sdkName: text,
  sdkVersion: text,
  via: fc.constantFrom('ingestion', 'otel', 'native', 'api'),
})
const stored = {
  projectId: fc.constant(project),
  environment: text,
  metadata: text,
  origin,
  createdAt: millis,
  updatedAt: millis,
}

const trace: fc.Arbitrary<Trace> = fc.record({
  ...stored,
  id: text.map(traceId),
  timestamp: instant,
  name: optionalText,
  userId: optionalText,
  sessionId: optionalText,
  release: optionalText,
  version: optionalText,
  externalId: optionalText,
  isPublic: fc.boolean(),
  isBookmarked: fc.boolean(),
  tags: texts,
  input: optionalText,
  output: optionalText,
})

const experiment: fc.Arbitrary<Experiment> = fc.record(
  { id: text, name: text, itemVersion: text },
  { requiredKeys: [] },
)

const observation: fc.Arbitrary<Observation> = fc.record({
  ...stored,
  id: text.map(observationId),
  traceId: text.map(traceId),
  type: fc.constantFrom(...OBSERVATION_TYPES),
  level: fc.constantFrom(...OBSERVATION_LEVELS),
  parentObservationId: optionalText,
  name: optionalText,
  startTime: instant,
  endTime: optionalInstant,
  completionStartTime: optionalInstant,
  statusMessage: optionalText,
  version: optionalText,
  release: optionalText,
  model: optionalText,
  modelId: optionalText,
  modelParameters: optionalText,
  input: optionalText,
  output: optionalText,
  providedUsage: usage,
  providedCost: cost,
  usage,
  cost,
  totalCost: fc.option(money, { nil: undefined }),
  pricingTierId: optionalText,
  pricingTierName: optionalText,
  promptId: optionalText,
  promptName: optionalText,
  promptVersion: fc.option(fc.nat(), { nil: undefined }),
  toolDefinitions: fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
  toolCalls: texts,
  toolCallNames: texts,
  userId: optionalText,
  sessionId: optionalText,
  traceName: optionalText,
  tags: texts,
  isPublic: fc.boolean(),
  isAppRoot: fc.boolean(),
  experiment,
})

const score: fc.Arbitrary<Score> = fc.record({
  ...stored,
  id: text.map(scoreId),
  timestamp: instant,
  traceId: fc.option(text.map(traceId), { nil: undefined }),
  observationId: fc.option(text.map(observationId), { nil: undefined }),
  sessionId: optionalText,
  datasetRunId: optionalText,
  name: text,
  dataType: fc.constantFrom(...SCORE_DATA_TYPES),
  // JSON knows no negative zero.
  value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  stringValue: optionalText,
  source: fc.constantFrom(...SCORE_SOURCES),
  comment: optionalText,
  configId: optionalText,
  queueId: optionalText,
  executionTraceId: optionalText,
  authorUserId: optionalText,
})

const folded = <T>(entity: fc.Arbitrary<T>): fc.Arbitrary<Folded<T>> => fc.record({ entity, clock: text })
const [oneTrace] = fc.sample(folded(trace), { numRuns: 1, seed: 1 })
const [oneObservation] = fc.sample(folded(observation), { numRuns: 1, seed: 1 })
const [oneScore] = fc.sample(folded(score), { numRuns: 1, seed: 1 })
const point: MetricPoint = { name: 'latency', labels: { b: '2', a: 'ü' }, value: 0.1, timestamp: 1n }

let store: TestEngine
beforeAll(async () => {
  store = await openTestEngine()
})
afterAll(() => store.close())

const select = (text: string): Promise<Row[]> => store.engine.query(new Sql([text]))

test.each(TABLES)('the columns of %s have the types of the table', async (table) => {
  const described = await select(`DESCRIBE TABLE ${table}`)
  const stored = described.filter((column) => column['default_type'] !== 'MATERIALIZED')
  expect(COLUMNS[table]).toEqual(Object.fromEntries(stored.map(({ name, type }) => [name, type])))
})

describe('rows have the columns of their table, in its order', () => {
  test.each<[Table, object]>([
    ['traces', oneTrace ? toTraceRow(oneTrace, 1) : {}],
    ['observations', oneObservation ? toObservationRow(oneObservation, 1) : {}],
    ['scores', oneScore ? toScoreRow(oneScore, 1) : {}],
    ['metric_series', toMetricSeriesRow(project, point)],
    ['metric_points', toMetricPointRow(project, point, '1')],
  ])('%s', async (table, row) => {
    const described = await select(`DESCRIBE TABLE ${table}`)
    const columns = described.filter((column) => column['default_type'] !== 'MATERIALIZED')
    expect(Object.keys(row).sort()).toEqual(columns.map((column) => column['name']).sort())
  })
})

interface Kind<T> {
  readonly table: Table
  readonly entity: fc.Arbitrary<T>
  readonly toRow: (value: Folded<T>, version: number) => object
  readonly fromRow: (row: Row) => Folded<T>
}

/** Inserts many at once, told apart by their version, and compares what comes back. */
function roundTrip<T>({ table, entity, toRow, fromRow }: Kind<T>): void {
  test(`${table} come back as they went`, async () => {
    await store.engine.command(`SYSTEM STOP MERGES ${table}`)
    await fc.assert(
      fc.asyncProperty(fc.array(folded(entity), { minLength: 1, maxLength: 20 }), fc.uuid(), async (values, token) => {
        await store.engine.command(`TRUNCATE TABLE ${table}`)
        const rows = values.map((value, index) => ({ ...toRow(value, index), project_id: `${index}` }))
        await store.engine.insert(table, rows, token)
        const found = await select(`SELECT * FROM ${table} ORDER BY row_version`)
        const expected = values.map((value, index) =>
          wellFormedDeep({ ...value, entity: { ...value.entity, projectId: `${index}` } }),
        )
        expect(found.map(fromRow)).toEqual(expected)
      }),
      { numRuns: 8 },
    )
  })
}

/** What UTF-8 can't carry is replaced on the way in; everything else is expected as it was. */
function wellFormedDeep(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(wellFormedDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wellFormedDeep(inner)]))
}

roundTrip({ table: 'traces', entity: trace, toRow: toTraceRow, fromRow: fromTraceRow })
roundTrip({ table: 'observations', entity: observation, toRow: toObservationRow, fromRow: fromObservationRow })
roundTrip({ table: 'scores', entity: score, toRow: toScoreRow, fromRow: fromScoreRow })

test('a point comes back with the labels of its series', async () => {
  await store.engine.insert('metric_series', [toMetricSeriesRow(project, point)], 's')
  await store.engine.insert('metric_points', [toMetricPointRow(project, point, hash64('x'))], 'p')
  const rows = await store.engine.query(
    sql`SELECT p.name AS name, labels, value, timestamp FROM metric_points AS p INNER JOIN metric_series AS s ON p.series_id = s.series_id AND p.name = s.name`,
  )
  expect(rows.map(fromMetricRow)).toEqual([point])
})

test('a series is its labels in any order', () => {
  expect(seriesId({ a: '1', b: '2' })).toBe(seriesId({ b: '2', a: '1' }))
  expect(seriesId({ a: '1', b: '2' })).not.toBe(seriesId({ a: '1b', '': '2' }))
})

describe('a tombstone', () => {
  const row = oneObservation && toObservationRow(oneObservation, 5)

  test('keeps the sort key and nothing of what was said', () => {
    expect(row && tombstone(row, 9)).toMatchObject({
      project_id: row?.project_id,
      id: row?.id,
      trace_id: row?.trace_id,
      start_time: row?.start_time,
      input: '',
      metadata: '',
      usage: {},
      tags: [],
      row_version: 9,
      is_deleted: 1,
    })
  })

  test('takes the row away, and a later row brings it back', async () => {
    if (!row) throw new Error('no sample')
    const found = () => select('SELECT id FROM observations FINAL')
    await store.engine.command('TRUNCATE TABLE observations')
    await store.engine.insert('observations', [row], 'a')
    expect(await found()).toHaveLength(1)
    await store.engine.insert('observations', [tombstone(row, 6)], 'b')
    expect(await found()).toHaveLength(0)
    await store.engine.insert('observations', [{ ...row, row_version: 7 }], 'c')
    expect(await found()).toHaveLength(1)
  })
})

test.each([
  ['a fraction and a negative number', { a: 1.9, b: -3 }, { a: 1, b: 0 }],
  ['more than a number holds exactly', { a: 1e30, b: Number.NaN }, { a: Number.MAX_SAFE_INTEGER, b: 0 }],
])('usage of %s is brought near', (_name, given, kept) => {
  const value = oneObservation && { ...oneObservation, entity: { ...oneObservation.entity, usage: given } }
  expect(value && toObservationRow(value, 1).usage).toEqual(kept)
})

test('a list may leave payloads in the store', () => {
  const row = { project_id: 'p', id: 'i', trace_id: 't', start_time: '2026-01-02 03:04:05.000000001' }
  expect(fromObservationRow(row).entity).toMatchObject({ id: 'i', input: undefined, usage: {}, level: 'DEFAULT' })
})
