/** What the views of one trace are drawn from: a columnar skeleton without payloads, and windows into payloads. */
import { z } from 'zod'
import { storable } from '#fields.ts'
import { ObservationDto } from '#observations.ts'
import { intParam, requiredTextParam } from '#query-params.ts'

/**
 * A list of what passes the test. Not `z.array`, which makes an object of each entry before it looks at it: half a
 * million of them in a trace of 30 000, an eighth of the time that it takes to open.
 */
const listOf = <T>(what: string, test: (entry: unknown) => entry is T) =>
  z.custom<T[]>((value) => Array.isArray(value) && value.every(test), `a list of ${what}`)

const isText = (entry: unknown): entry is string => typeof entry === 'string'
const isNumber = (entry: unknown): entry is number => typeof entry === 'number'

const texts = listOf('texts', isText)
const numbers = listOf('numbers', isNumber)
const optionalNumbers = listOf('numbers and nulls', (entry) => entry === null || isNumber(entry))

/** Characters of a status message that come with the node. */
export const STATUS_CHARS = 200

/** One entry a node in every list, by start, oldest first. Words are places in `strings`. */
export const SkeletonNodesDto = z.object({
  id: texts,
  /** A place in `id`; -1 for none; -2 - n for `missing[n]`, which the trace does not hold. */
  parent: numbers,
  name: numbers,
  type: numbers,
  level: numbers,
  model: numbers,
  /** The first `STATUS_CHARS` characters of the status message. */
  status: numbers,
  prompt: numbers,
  promptVersion: optionalNumbers,
  /** Milliseconds after `startMs`. */
  start: numbers,
  end: optionalNumbers,
  firstToken: optionalNumbers,
  /** US dollars; null when unknown. */
  cost: optionalNumbers,
  inputTokens: numbers,
  outputTokens: numbers,
  totalTokens: numbers,
  cachedTokens: numbers,
})
export type SkeletonNodesDto = z.infer<typeof SkeletonNodesDto>

export const SkeletonTraceDto = z.object({
  id: z.string(),
  name: z.string().nullable(),
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  environment: z.string(),
  release: z.string().nullable(),
  version: z.string().nullable(),
  tags: z.array(z.string()),
  public: z.boolean(),
  bookmarked: z.boolean(),
  /** Milliseconds since the epoch. */
  time: z.number(),
})
export type SkeletonTraceDto = z.infer<typeof SkeletonTraceDto>

export const SkeletonDto = z.object({
  trace: SkeletonTraceDto,
  /** Milliseconds since the epoch of the earliest start. */
  startMs: z.number(),
  /** The first one is empty: nothing. */
  strings: texts,
  missing: texts,
  nodes: SkeletonNodesDto,
  /** Metadata by which steps can be grouped (`step_id`, `langgraph_node`, …): key → a place in `strings` for each node. */
  groups: z.record(z.string(), numbers),
  /** Grows with every change of the trace. */
  version: z.number(),
})
export type SkeletonDto = z.infer<typeof SkeletonDto>

export const UiTraceParams = z.object({ projectId: z.string(), traceId: z.string() })
export const UiObservationParams = z.object({ projectId: z.string(), observationId: z.string() })

/** A piece of one payload; offsets and lengths count characters (Unicode code points). */
export const PayloadWindowDto = z.object({
  text: z.string(),
  offset: z.int(),
  totalChars: z.int(),
  totalBytes: z.int(),
})
export type PayloadWindowDto = z.infer<typeof PayloadWindowDto>

export const PayloadsDto = z.object({ input: PayloadWindowDto, output: PayloadWindowDto, metadata: PayloadWindowDto })
export type PayloadsDto = z.infer<typeof PayloadsDto>

/** Input, output and metadata of a trace: the first `PAYLOAD_CHARS` characters of each. */
export const TracePayloadsDto = z.object({ payloads: PayloadsDto })
export type TracePayloadsDto = z.infer<typeof TracePayloadsDto>

/** PATCH of a trace; what is absent stays. */
export const EditTraceBody = z.strictObject({
  /** Null for none. */
  name: storable(1000).min(1).nullable().optional(),
  bookmarked: z.boolean().optional(),
})
export type EditTraceBody = z.infer<typeof EditTraceBody>

const amounts = z.record(z.string(), z.number())

/** What the cost of an observation is made from. */
export const CostSourcesDto = z.object({
  /** US dollars by kind, as they were sent; empty when none were. */
  provided: amounts,
  /** US dollars a unit of each kind that it used, whichever name the price goes by; a kind without one is left out. */
  charged: amounts,
  /** US dollars a token of the prompt, new and from a cache, whichever name the price goes by; absent without one. */
  promptPrices: z.object({ input: z.number().optional(), cached: z.number().optional() }),
  /** Whose prices they are; null without a price entry. */
  priceSource: z.enum(['project', 'builtin']).nullable(),
})
export type CostSourcesDto = z.infer<typeof CostSourcesDto>

/** One observation as the public API shows it, what its cost is made from, and its payloads as windows. */
export const ObservationDetailDto = z.object({
  observation: ObservationDto.omit({ input: true, output: true, metadata: true }),
  costSources: CostSourcesDto,
  payloads: PayloadsDto,
})
export type ObservationDetailDto = z.infer<typeof ObservationDetailDto>

/** Characters of a payload that arrive unasked. */
export const PAYLOAD_CHARS = 262_144

export const PayloadField = z.enum(['input', 'output', 'metadata'])
export type PayloadField = z.infer<typeof PayloadField>

export const UiTracePayloadParams = UiTraceParams.extend({ field: PayloadField })
export const UiObservationPayloadParams = UiObservationParams.extend({ field: PayloadField })

export const PayloadQuery = z.object({
  offset: intParam({ min: 0, max: 1_000_000_000, default: 0 }),
  length: intParam({ min: 1, max: 4 * PAYLOAD_CHARS, default: PAYLOAD_CHARS }),
})
export type PayloadQuery = z.output<typeof PayloadQuery>

export const PayloadSearchQuery = z.object({ find: requiredTextParam })
export type PayloadSearchQuery = z.output<typeof PayloadSearchQuery>

export const PayloadMatchesDto = z.object({
  /** In characters, ascending; the first thousand. */
  offsets: z.array(z.int()),
  total: z.int(),
})
export type PayloadMatchesDto = z.infer<typeof PayloadMatchesDto>
