import { z } from 'zod'
import { storable } from './fields.ts'
import { given } from './given.ts'

/** POST /feedback; nothing but these fields (public-api contract §21). */
export const FeedbackBody = z.strictObject({
  targetType: z.enum(['skill', 'mcp-tool', 'cli', 'docs', 'public-api', 'other']),
  target: storable(200).trim().min(1),
  feedback: storable(3000).trim().min(1),
  goal: given(storable(3000)),
  referenceUrl: given(storable(2000).pipe(z.url())),
})
export type FeedbackBody = z.output<typeof FeedbackBody>

export const FeedbackDto = z.object({ id: z.string() })
export type FeedbackDto = z.infer<typeof FeedbackDto>
