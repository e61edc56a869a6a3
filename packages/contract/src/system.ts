/** Bodies of the routes about the process itself (public-api contract §2 and §18, xtrace-native contract §1 and §8). */
import { z } from 'zod'

export const Health = z.object({ status: z.string(), version: z.string() })
export type Health = z.output<typeof Health>

export const Liveness = z.object({ status: z.literal('ok') })
export type Liveness = z.output<typeof Liveness>

export const Readiness = z.object({ status: z.enum(['ready', 'not_ready']) })
export type Readiness = z.output<typeof Readiness>

/** A probe is never refused for an odd value: anything but `true` is no. */
const flag = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => value === 'true')

export const HealthQuery = z.object({ failIfDatabaseUnavailable: flag, failIfNoRecentEvents: flag })
export type HealthQuery = z.output<typeof HealthQuery>

export const RateLimitStats = z.object({
  rate_limit_qps: z.number(),
  rate_limit_burst: z.number(),
  total_allowed: z.number(),
  total_rejected: z.number(),
  rejection_rate: z.number(),
  top_rejected_tokens: z.array(z.object({ token: z.string().meta({ description: 'Masked' }), count: z.number() })),
})
export type RateLimitStats = z.output<typeof RateLimitStats>

export const ProjectDto = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  metadata: z.record(z.string(), z.unknown()),
  retentionDays: z.number().optional(),
})
export type ProjectDto = z.output<typeof ProjectDto>

export const ProjectsDto = z.object({ data: z.array(ProjectDto) })
export type ProjectsDto = z.output<typeof ProjectsDto>
