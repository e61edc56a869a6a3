import { z } from 'zod'
import { instantParam, listParam, requiredInstantParam, wordParam } from '#query-params.ts'

/** What the groups of an overview are of. */
export const OVERVIEW_KEYS = ['model', 'name', 'user', 'environment'] as const

export const OverviewQuery = z.object({
  from: requiredInstantParam,
  to: instantParam,
  env: listParam,
  by: wordParam(OVERVIEW_KEYS),
})
export type OverviewQuery = z.output<typeof OverviewQuery>

const seconds = z.number().nullable()

/** What the traces of a time come to; a trace counts where its first observation begins. */
export const TraceFiguresDto = z.object({
  traces: z.int(),
  /** Of them, those with an observation of level ERROR. */
  failed: z.int(),
  /** US dollars; null when no price is known. */
  cost: z.number().nullable(),
  tokens: z.number(),
  p50: seconds,
  p90: seconds,
  p99: seconds,
})
export type TraceFiguresDto = z.infer<typeof TraceFiguresDto>

/** Instants are milliseconds since the epoch. */
export const OverviewDto = z.object({
  stepMs: z.number(),
  total: TraceFiguresDto,
  /** Of the time of the same length before. */
  before: TraceFiguresDto,
  /** Oldest first; those of nothing are left out. */
  buckets: z.array(TraceFiguresDto.extend({ startMs: z.number() })),
  groups: z.array(
    z.object({
      startMs: z.number(),
      /** A model, name, user or environment; empty for those without one. */
      key: z.string(),
      /** Observations of a model, else traces. */
      calls: z.int(),
      failed: z.int(),
      cost: z.number().nullable(),
      tokens: z.number(),
      /** Of the key, over all buckets. */
      p90: seconds,
    }),
  ),
  /** How many keys there are beside those of `groups`. */
  otherGroups: z.int(),
  /** Numbers and truth values, of the scores given most often. */
  scores: z.array(z.object({ startMs: z.number(), name: z.string(), mean: z.number(), count: z.int() })),
})
export type OverviewDto = z.infer<typeof OverviewDto>
