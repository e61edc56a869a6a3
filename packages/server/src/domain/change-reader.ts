/**
 * Checks that parsed JSON is a change and makes its instants of their text. Tables of checks instead
 * of a schema library: every record passes here once more on its way to the store, and the library
 * took three times as long as parsing the text. A test holds these tables to a schema.
 */
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { isId } from '#domain/ids.ts'
import { OBSERVATION_LEVELS, OBSERVATION_TYPES } from '#domain/observation.ts'
import { SCORE_DATA_TYPES, SCORE_SOURCES } from '#domain/score.ts'

type Fields = Record<string, unknown>
type Check = (value: unknown) => boolean

/** What an object of one kind may have; other fields are refused. */
interface Shape {
  readonly checks: ReadonlyMap<string, Check>
  readonly required: readonly string[]
  /** Fields that become bigints. */
  readonly instants: readonly string[]
}

/**
 * The change in a value that JSON.parse gave, which is used up: its instants are replaced.
 * @throws AppError `bad_request` naming the first field that is unknown, missing or of the wrong type
 */
export function readChange(value: unknown): Change {
  if (!isFields(value)) throw wrong('', 'not an object')
  const { kind } = value
  const shape = typeof kind === 'string' ? SHAPES.get(kind) : undefined
  if (!shape) throw wrong('kind', 'not one that is known')
  check(value, shape, '')
  readInstants(value, shape)
  if (isFields(value['fallback'])) readInstants(value['fallback'], FALLBACK)
  if (Array.isArray(value['points'])) for (const point of value['points']) readInstants(point, POINT)
  return checked(value)
}

// biome-ignore lint/plugin: the tables below have looked at every field; the test with the schema holds them to it
const checked = (fields: unknown): Change => fields as Change

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(field: string, why: string): AppError {
  return new AppError('bad_request', `change with a wrong field '${field}': ${why}`)
}

function check(fields: Fields, { checks, required }: Shape, path: string): void {
  for (const field of Object.keys(fields)) {
    const passes = checks.get(field)
    if (!passes) throw wrong(path + field, 'not one that is known')
    if (!passes(fields[field])) throw wrong(path + field, 'not of its type')
  }
  for (const field of required) if (fields[field] === undefined) throw wrong(path + field, 'missing')
}

function readInstants(fields: Fields, { instants }: Shape): void {
  for (const field of instants) {
    const instant = fields[field]
    if (typeof instant === 'string') fields[field] = BigInt(instant)
  }
}

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = Number.isFinite
const isFlag: Check = (value) => typeof value === 'boolean'
const isClearable: Check = (value) => value === null || typeof value === 'string'
const isIdText: Check = (value) => typeof value === 'string' && isId(value)
const isInstant: Check = (value) => typeof value === 'string' && INSTANT.test(value)
const INSTANT = /^-?\d{1,19}$/
const oneOf = (...words: readonly unknown[]): Check => {
  const known = new Set(words)
  return (value) => known.has(value)
}
const orNull =
  (passes: Check): Check =>
  (value) =>
    value === null || passes(value)
const listOf =
  (passes: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(passes)
const mapOf =
  (passes: Check): Check =>
  (value) =>
    isFields(value) && Object.values(value).every(passes)
const object =
  (shape: Shape, path: string): Check =>
  (value) => {
    if (!isFields(value)) return false
    check(value, shape, path)
    return true
  }

const isNumbers = mapOf(isNumber)

function shape(checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Shape {
  const instants = Object.keys(checks).filter((field) => checks[field] === isInstant)
  return { checks: new Map(Object.entries(checks)), required, instants }
}

/** A field of text each. */
function texts(...fields: readonly string[]): Record<string, Check> {
  return Object.fromEntries(fields.map((field) => [field, isText]))
}

function clearables(...fields: readonly string[]): Record<string, Check> {
  return Object.fromEntries(fields.map((field) => [field, isClearable]))
}

const ORIGIN = shape(
  { ...texts('apiKey', 'sdkName', 'sdkVersion'), via: oneOf('ingestion', 'otel', 'native', 'api') },
  ['apiKey', 'sdkName', 'sdkVersion', 'via'],
)

const BASE = {
  kind: isText,
  projectId: (value: unknown) => typeof value === 'string' && value !== '',
  at: isNumber,
  isUpdate: isFlag,
  receivedAt: isNumber,
  origin: object(ORIGIN, 'origin.'),
}
const BASE_REQUIRED = ['projectId', 'at', 'receivedAt', 'origin'] as const

const FALLBACK = shape({ timestamp: isInstant, ...texts('environment', 'name', 'input', 'output') })

const TRACE = shape(
  {
    ...BASE,
    id: isIdText,
    timestamp: isInstant,
    ...clearables('name', 'userId', 'sessionId', 'release', 'version', 'externalId'),
    ...texts('environment', 'input', 'output', 'metadata'),
    isPublic: isFlag,
    isBookmarked: isFlag,
    tags: listOf(isText),
    setTags: listOf(isText),
    removedTags: listOf(isText),
    fallback: object(FALLBACK, 'fallback.'),
  },
  [...BASE_REQUIRED, 'id'],
)

const EXPERIMENT = shape(
  texts(
    'id',
    'name',
    'description',
    'datasetId',
    'itemId',
    'itemVersion',
    'itemRootObservationId',
    'itemExpectedOutput',
    'metadata',
    'itemMetadata',
  ),
)

const OBSERVATION = shape(
  {
    ...BASE,
    id: isIdText,
    traceId: isIdText,
    type: oneOf(...OBSERVATION_TYPES),
    level: orNull(oneOf(...OBSERVATION_LEVELS)),
    startTime: isInstant,
    endTime: isInstant,
    completionStartTime: isInstant,
    ...clearables('name', 'model'),
    ...texts('parentObservationId', 'environment', 'statusMessage', 'version', 'release', 'modelParameters'),
    ...texts('input', 'output', 'metadata', 'promptId', 'promptName', 'userId', 'sessionId', 'traceName'),
    usage: isNumbers,
    cost: isNumbers,
    promptVersion: isNumber,
    tags: listOf(isText),
    isPublic: isFlag,
    isAppRoot: isFlag,
    experiment: object(EXPERIMENT, 'experiment.'),
  },
  [...BASE_REQUIRED, 'id'],
)

const SCORE = shape(
  {
    ...BASE,
    id: isIdText,
    timestamp: isInstant,
    traceId: isIdText,
    observationId: orNull(isIdText),
    ...texts('sessionId', 'datasetRunId', 'name', 'environment', 'metadata'),
    ...clearables('stringValue', 'comment', 'configId', 'queueId', 'executionTraceId', 'authorUserId'),
    dataType: oneOf(...SCORE_DATA_TYPES),
    value: isNumber,
    source: oneOf(...SCORE_SOURCES),
  },
  [...BASE_REQUIRED, 'id', 'name', 'dataType', 'value', 'stringValue', 'source'],
)

const POINT = shape({ name: isText, labels: mapOf(isText), value: isNumber, timestamp: isInstant }, [
  'name',
  'labels',
  'value',
  'timestamp',
])

const METRICS = shape({ ...BASE, idempotencyKey: isText, points: listOf(object(POINT, 'points.')) }, [
  ...BASE_REQUIRED,
  'points',
])

const REMOVAL = shape({ ...BASE, of: oneOf('trace', 'score'), id: isIdText }, [...BASE_REQUIRED, 'of', 'id'])

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['trace', TRACE],
  ['observation', OBSERVATION],
  ['score', SCORE],
  ['metrics', METRICS],
  ['removal', REMOVAL],
])
