import { z } from 'zod'
import { Instant } from './fields.ts'
import { instantParam, listParam, PageMeta, pageParams } from './query-params.ts'
import { TraceDto } from './traces.ts'

/** GET /sessions (public-api contract §6); the bounds are on `createdAt`. */
export const SessionsQuery = z.object({
  ...pageParams(),
  fromTimestamp: instantParam,
  toTimestamp: instantParam,
  environment: listParam,
})
export type SessionsQuery = z.output<typeof SessionsQuery>

export const SessionDto = z
  .object({ id: z.string(), createdAt: Instant, projectId: z.string(), environment: z.string() })
  .meta({ id: 'Session' })
export type SessionDto = z.infer<typeof SessionDto>

export const SessionsDto = z.object({ data: z.array(SessionDto), meta: PageMeta })
export type SessionsDto = z.infer<typeof SessionsDto>

export const WholeSessionDto = SessionDto.extend({ traces: z.array(TraceDto) }).meta({ id: 'SessionWithTraces' })
export type WholeSessionDto = z.infer<typeof WholeSessionDto>
