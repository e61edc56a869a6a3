import { z } from 'zod'
import { given } from './given.ts'

/** POST /feedback; nothing but these fields (public-api contract §21). */
export const FeedbackBody = z.strictObject({
  targetType: z.enum(['skill', 'mcp-tool', 'cli', 'docs', 'public-api', 'other']),
  target: z.string().trim().min(1).max(200),
  feedback: z.string().trim().min(1).max(3000),
  goal: given(z.string().max(3000)),
  referenceUrl: given(z.url().max(2000)),
})
export type FeedbackBody = z.output<typeof FeedbackBody>

export const FeedbackDto = z.object({ id: z.string() })
export type FeedbackDto = z.infer<typeof FeedbackDto>
