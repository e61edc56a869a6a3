/** Live news over server-sent events. */
import { z } from 'zod'
import { ObservationListRowDto, TraceListRowDto } from './explore.ts'

/**
 * Event `rows`: what came or changed, as the list shows it, oldest first. Event `reset`: too much was
 * missed, the list must be asked for anew; `data` is then empty.
 */
export const TraceTailDto = z.object({ rows: z.array(TraceListRowDto) })
export type TraceTailDto = z.infer<typeof TraceTailDto>
export const ObservationTailDto = z.object({ rows: z.array(ObservationListRowDto) })
export type ObservationTailDto = z.infer<typeof ObservationTailDto>
