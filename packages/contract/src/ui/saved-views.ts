import { z } from 'zod'
import { storable } from '#fields.ts'

/** A table with its filter, order and columns under a name, for all of the project. */
export const SaveViewBody = z.strictObject({
  table: z.enum(['traces', 'observations']),
  name: storable(100).min(1),
  /** The search parameters of the page. */
  state: z.record(z.string(), storable(10_000)),
})
export type SaveViewBody = z.infer<typeof SaveViewBody>

export const SavedViewDto = z.object({
  id: z.string(),
  table: z.enum(['traces', 'observations']),
  name: z.string(),
  state: z.record(z.string(), z.string()),
})
export type SavedViewDto = z.infer<typeof SavedViewDto>

export const SavedViewsDto = z.object({ views: z.array(SavedViewDto) })
export type SavedViewsDto = z.infer<typeof SavedViewsDto>

export const SavedViewParams = z.object({ projectId: z.string(), viewId: z.string() })
