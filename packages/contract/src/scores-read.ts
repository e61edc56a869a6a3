import { z } from 'zod'
import { Instant, Json } from './fields.ts'
import {
  csvParam,
  instantParam,
  intParam,
  listParam,
  numberParam,
  PageMeta,
  pageParams,
  textParam,
  wordParam,
} from './query-params.ts'

export const SCORE_DATA_TYPE_NAMES = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'] as const
export const SCORE_SOURCE_NAMES = ['API', 'EVAL', 'ANNOTATION'] as const

const v1 = {
  ...pageParams(),
  userId: textParam,
  name: textParam,
  fromTimestamp: instantParam,
  toTimestamp: instantParam,
  environment: listParam,
  source: wordParam(SCORE_SOURCE_NAMES),
  operator: wordParam(['<', '>', '<=', '>=', '!=', '=']),
  value: numberParam,
  scoreIds: csvParam,
  configId: textParam,
  queueId: textParam,
  dataType: wordParam(SCORE_DATA_TYPE_NAMES),
  traceTags: listParam,
  filter: textParam,
  fields: csvParam,
}

/** GET /scores: scores of traces (public-api contract §7.3, §7.4). */
export const ScoresV1Query = z.object(v1)
export type ScoresV1Query = z.output<typeof ScoresV1Query>

/** GET /v2/scores: scores of any subject (public-api contract §7.4). */
export const ScoresV2Query = z.object({
  ...v1,
  sessionId: textParam,
  traceId: textParam,
  datasetRunId: textParam,
  observationId: csvParam,
})
export type ScoresV2Query = z.output<typeof ScoresV2Query>

const oneOfCsv = (words: readonly string[]) =>
  csvParam
    .transform((values) => values?.map((value) => value.toUpperCase()))
    .refine((values) => (values ?? []).every((value) => words.includes(value)), `Expected any of ${words.join(', ')}`)

export const SCORE_V3_FIELDS = ['core', 'details', 'subject', 'annotation'] as const

/** Where and what is wrong. */
type Fault = readonly [path: string, message: string]
type Csv = readonly string[] | undefined

function* valueFaults(query: { dataType: Csv; value: Csv; valueMin: unknown; valueMax: unknown }): Generator<Fault> {
  const type = query.dataType?.length === 1 ? query.dataType[0] : undefined
  const isWrong = VALUE_TYPES[type ?? '']
  if (query.value && !isWrong) yield ['value', 'value needs exactly one dataType of NUMERIC, BOOLEAN or CATEGORICAL']
  if (isWrong && query.value?.some(isWrong))
    yield ['value', type === 'NUMERIC' ? 'Expected finite numbers' : 'Expected true or false']
  for (const bound of ['valueMin', 'valueMax'] as const)
    if (query[bound] !== undefined && type !== 'NUMERIC') yield [bound, `${bound} needs dataType=NUMERIC`]
}

const VALUE_TYPES: Readonly<Record<string, (value: string) => boolean>> = {
  NUMERIC: (value) => !Number.isFinite(Number(value)),
  BOOLEAN: (value) => value !== 'true' && value !== 'false',
  CATEGORICAL: () => false,
}

function* subjectFaults(query: {
  traceId: Csv
  sessionId: Csv
  observationId: Csv
  experimentId: Csv
}): Generator<Fault> {
  if (query.observationId && !query.traceId) yield ['observationId', 'observationId needs traceId']
  const subjects = [query.traceId, query.sessionId, query.experimentId].filter((subject) => subject !== undefined)
  if (subjects.length > 1) yield ['traceId', 'Give at most one of traceId, sessionId and experimentId']
}

function* fieldFaults(query: { fields: Csv }): Generator<Fault> {
  for (const field of query.fields ?? [])
    if (!SCORE_V3_FIELDS.some((known) => known === field))
      yield ['fields', `Unknown field group "${field}"; there are ${SCORE_V3_FIELDS.join(', ')}`]
}

/** GET /v3/scores; a parameter that is not listed is refused (public-api contract §7.5). */
export const ScoresV3Query = z
  .strictObject({
    limit: intParam({ min: 1, max: 100, default: 50 }),
    cursor: textParam,
    fields: csvParam,
    id: csvParam,
    name: csvParam,
    source: oneOfCsv(SCORE_SOURCE_NAMES),
    dataType: oneOfCsv(SCORE_DATA_TYPE_NAMES),
    environment: csvParam,
    configId: csvParam,
    queueId: csvParam,
    authorUserId: csvParam,
    value: csvParam,
    valueMin: numberParam,
    valueMax: numberParam,
    traceId: csvParam,
    sessionId: csvParam,
    observationId: csvParam,
    experimentId: csvParam,
    fromTimestamp: instantParam,
    toTimestamp: instantParam,
    userId: textParam.refine((value) => value === undefined, 'userId is not supported here; use GET /v2/scores'),
    traceTags: textParam.refine((value) => value === undefined, 'traceTags is not supported here; use GET /v2/scores'),
  })
  .superRefine((query, ctx) => {
    for (const [path, message] of [...valueFaults(query), ...subjectFaults(query), ...fieldFaults(query)])
      ctx.addIssue({ code: 'custom', path: [path], message })
  })
export type ScoresV3Query = z.output<typeof ScoresV3Query>

const nullableText = z.string().nullable()

const base = {
  id: z.string(),
  projectId: z.string(),
  environment: z.string(),
  name: z.string(),
  dataType: z.enum(SCORE_DATA_TYPE_NAMES),
  source: z.enum(SCORE_SOURCE_NAMES),
  timestamp: Instant,
  createdAt: Instant,
  updatedAt: Instant,
}

/** A score on a trace as v1 shows it, inside a trace too. A TEXT score has no value. */
export const ScoreV1Dto = z
  .object({
    ...base,
    value: z.number().optional(),
    stringValue: nullableText,
    traceId: z.string(),
    observationId: nullableText,
    authorUserId: nullableText,
    comment: nullableText,
    metadata: Json,
    configId: nullableText,
    queueId: nullableText,
    executionTraceId: nullableText,
  })
  .meta({ id: 'ScoreV1' })
export type ScoreV1Dto = z.infer<typeof ScoreV1Dto>

/** A score on any subject. */
export const ScoreDto = ScoreV1Dto.extend({
  traceId: nullableText,
  sessionId: nullableText,
  datasetRunId: nullableText,
}).meta({ id: 'Score' })
export type ScoreDto = z.infer<typeof ScoreDto>

const scoredTrace = z
  .object({
    userId: nullableText,
    tags: z.array(z.string()),
    environment: z.string(),
    sessionId: nullableText.optional(),
  })
  .nullable()
  .optional()

/** v1 lists show the trace of each score without its session. */
export const ListedScoreV1Dto = ScoreV1Dto.extend({ trace: scoredTrace })
export const ScoresV1Dto = z.object({ data: z.array(ListedScoreV1Dto), meta: PageMeta })
export type ScoresV1Dto = z.infer<typeof ScoresV1Dto>

export const ListedScoreDto = ScoreDto.extend({ trace: scoredTrace })
export const ScoresDto = z.object({ data: z.array(ListedScoreDto), meta: PageMeta })
export type ScoresDto = z.infer<typeof ScoresDto>

export const ScoreSubjectDto = z.object({
  kind: z.enum(['trace', 'observation', 'session', 'experiment']),
  id: z.string(),
  traceId: z.string().optional(),
})
export type ScoreSubjectDto = z.infer<typeof ScoreSubjectDto>

/** A score as v3 shows it: the value has the type that `dataType` says. */
export const ScoreV3Dto = z
  .object({
    ...base,
    value: z.union([z.number(), z.boolean(), z.string()]),
    comment: nullableText.optional(),
    configId: nullableText.optional(),
    metadata: Json.optional(),
    authorUserId: nullableText.optional(),
    queueId: nullableText.optional(),
    subject: ScoreSubjectDto.nullable().optional(),
  })
  .meta({ id: 'ScoreV3' })
export type ScoreV3Dto = z.infer<typeof ScoreV3Dto>

export const ScoresV3Dto = z.object({
  data: z.array(ScoreV3Dto),
  meta: z.object({ limit: z.int(), cursor: z.string().optional() }),
})
export type ScoresV3Dto = z.infer<typeof ScoresV3Dto>
