/**
 * What the tables, charts and suggestions of the web interface get; how they ask is in `explore-queries.ts`, which the
 * page need not fetch. Instants are milliseconds since the epoch, with fractions.
 */
import { z } from 'zod'

const ms = z.number()
const text = z.string().nullable()

export const ScoreSummaryDto = z.object({
  name: z.string(),
  dataType: z.string(),
  /** The mean of numbers; 0 or 1 of booleans. */
  value: z.number(),
  /** The newest category or text; empty for numbers. */
  text: z.string(),
})
export type ScoreSummaryDto = z.infer<typeof ScoreSummaryDto>

const tokens = { inputTokens: z.number(), outputTokens: z.number(), totalTokens: z.number() }

/** Texts of the columns that were asked for, by their names; what a row has not is left out. */
const more = z.record(z.string(), z.string()).optional()

export const TraceListRowDto = z.object({
  id: z.string(),
  time: ms,
  name: text,
  userId: text,
  sessionId: text,
  environment: z.string(),
  release: text,
  version: text,
  tags: z.array(z.string()),
  bookmarked: z.boolean(),
  /** First characters, as stored. */
  input: text,
  output: text,
  observations: z.int(),
  errors: z.int(),
  warnings: z.int(),
  /** Seconds. */
  latency: z.number().nullable(),
  /** US dollars; null when no price is known. */
  cost: z.number().nullable(),
  ...tokens,
  /** An observation has begun and not ended. */
  isOpen: z.boolean(),
  models: z.array(z.string()),
  scores: z.array(ScoreSummaryDto),
  more,
})
export type TraceListRowDto = z.infer<typeof TraceListRowDto>

const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    /** Of the next page; null after the last one. */
    cursor: z.string().nullable(),
    /** Back to when was looked, where that took as long as it may before the page was full; the next page goes on there. */
    scannedTo: ms.nullable(),
  })

export const TraceListDto = pageOf(TraceListRowDto)
export type TraceListDto = z.infer<typeof TraceListDto>

export const ObservationListRowDto = z.object({
  id: z.string(),
  traceId: z.string(),
  parentId: text,
  type: z.string(),
  name: text,
  level: z.string(),
  status: text,
  time: ms,
  /** Seconds; null while it is open. */
  latency: z.number().nullable(),
  /** Seconds. */
  timeToFirstToken: z.number().nullable(),
  model: text,
  cost: z.number().nullable(),
  ...tokens,
  promptName: text,
  promptVersion: z.number().nullable(),
  tools: z.array(z.string()),
  environment: z.string(),
  version: text,
  input: text,
  output: text,
  more,
})
export type ObservationListRowDto = z.infer<typeof ObservationListRowDto>

export const ObservationListDto = pageOf(ObservationListRowDto)
export type ObservationListDto = z.infer<typeof ObservationListDto>

export const ExploredView = z.enum(['traces', 'observations'])
export type ExploredView = z.infer<typeof ExploredView>

export const ExploredParams = z.object({ projectId: z.string(), view: ExploredView })

export const HistogramDto = z.object({
  /** Width of a bar. */
  stepMs: z.number(),
  /** Start, rows, rows with an error; oldest first, bars of nothing left out. */
  bars: z.array(z.tuple([z.number(), z.int(), z.int()])),
  /** Of each bar what was asked for beside the counts, in milliseconds or US dollars; null where it is not known. */
  figures: z.array(z.number().nullable()).optional(),
  total: z.int(),
  /** Counting took longer than it may: what is older than the newest rows is worked out from these. */
  isEstimated: z.boolean(),
})
export type HistogramDto = z.infer<typeof HistogramDto>

export const SuggestionsDto = z.object({ values: z.array(z.object({ value: z.string(), count: z.int() })) })
export type SuggestionsDto = z.infer<typeof SuggestionsDto>

/** The traces of one session or user within the time asked for. */
export const TraceGroupDto = z.object({
  id: z.string(),
  traces: z.int(),
  /** Users of a session, sessions of a user: the first few, and how many there are. */
  others: z.array(z.string()),
  otherCount: z.int(),
  first: ms,
  last: ms,
  environments: z.array(z.string()),
  errors: z.int(),
  cost: z.number().nullable(),
  ...tokens,
})
export type TraceGroupDto = z.infer<typeof TraceGroupDto>

export const TraceGroupsDto = z.object({ rows: z.array(TraceGroupDto), total: z.int() })
export type TraceGroupsDto = z.infer<typeof TraceGroupsDto>
