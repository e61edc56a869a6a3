import { z } from 'zod'
import { Id, Instant, Json } from './fields.ts'
import { ObservationDto } from './observations.ts'
import { csvParam, instantParam, listParam, PageMeta, pageParams, textParam } from './query-params.ts'
import { ScoreV1Dto } from './scores-read.ts'

/** GET /traces (public-api contract §4.1); up to 200 a page (xtrace-native contract §9). */
export const TracesQuery = z.object({
  ...pageParams(200),
  userId: textParam,
  name: textParam,
  sessionId: textParam,
  version: textParam,
  release: textParam,
  environment: listParam,
  tags: listParam,
  fromTimestamp: instantParam,
  toTimestamp: instantParam,
  orderBy: textParam,
  fields: csvParam,
  filter: textParam,
})
export type TracesQuery = z.output<typeof TracesQuery>

/** GET /traces/{traceId}. */
export const TraceQuery = z.object({ fields: csvParam })
export type TraceQuery = z.output<typeof TraceQuery>

export const TraceParams = z.object({ traceId: z.string() })
export type TraceParams = z.infer<typeof TraceParams>

/** DELETE /traces. */
export const DeleteTracesBody = z.object({ traceIds: z.array(Id).min(1).max(1000) }).meta({ id: 'DeleteTracesBody' })
export type DeleteTracesBody = z.infer<typeof DeleteTracesBody>

export const DeletedDto = z.object({ message: z.string() })
export type DeletedDto = z.infer<typeof DeletedDto>

const nullableText = z.string().nullable()

/** A trace alone, as a session shows it. */
export const TraceDto = z
  .object({
    id: z.string(),
    projectId: z.string(),
    externalId: nullableText,
    timestamp: Instant,
    name: nullableText,
    userId: nullableText,
    sessionId: nullableText,
    release: nullableText,
    version: nullableText,
    environment: z.string(),
    public: z.boolean(),
    bookmarked: z.boolean(),
    tags: z.array(z.string()),
    input: Json,
    output: Json,
    metadata: Json,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Trace' })
export type TraceDto = z.infer<typeof TraceDto>

/** What is counted over a trace; -1 when the field group `metrics` was not asked for. */
const counted = {
  htmlPath: z.string(),
  /** US dollars. */
  totalCost: z.number(),
  /** Seconds. */
  latency: z.number(),
}

/** A trace of a list: its observations and scores by id. */
export const ListedTraceDto = TraceDto.extend({
  ...counted,
  observations: z.array(z.string()),
  scores: z.array(z.string()),
}).meta({ id: 'TraceWithDetails' })
export type ListedTraceDto = z.infer<typeof ListedTraceDto>

export const TracesDto = z.object({ data: z.array(ListedTraceDto), meta: PageMeta })
export type TracesDto = z.infer<typeof TracesDto>

/** A trace with its whole observations and scores. */
export const WholeTraceDto = TraceDto.extend({
  ...counted,
  observations: z.array(ObservationDto),
  scores: z.array(ScoreV1Dto),
}).meta({ id: 'TraceWithFullDetails' })
export type WholeTraceDto = z.infer<typeof WholeTraceDto>
