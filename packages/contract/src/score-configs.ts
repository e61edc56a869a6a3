import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { PageMeta, pageParams } from './query-params.ts'

export const ScoreConfigsQuery = z.object(pageParams())
export type ScoreConfigsQuery = z.output<typeof ScoreConfigsQuery>

const dataType = z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT'])
const category = z.object({ label: z.string().min(1), value: z.number() })

const changeable = {
  description: given(storable(20_000)),
  minValue: given(z.number()),
  maxValue: given(z.number()),
  categories: given(z.array(category)),
}

/** POST /score-configs; what the fields may be together is checked where configs are kept (public-api contract §8). */
export const ScoreConfigBody = z.object({ name: z.string(), dataType, ...changeable })
export type ScoreConfigBody = z.output<typeof ScoreConfigBody>

/** PATCH /score-configs/{configId}: at least one field. */
export const ScoreConfigChangeBody = z
  .object({ name: given(z.string()), isArchived: given(z.boolean()), ...changeable })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'Give at least one field to change')
export type ScoreConfigChangeBody = z.output<typeof ScoreConfigChangeBody>

export const ScoreConfigDto = z
  .object({
    id: z.string(),
    projectId: z.string(),
    name: z.string(),
    dataType,
    isArchived: z.boolean(),
    minValue: z.number().nullable(),
    maxValue: z.number().nullable(),
    categories: z.array(category).nullable(),
    description: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'ScoreConfig' })
export type ScoreConfigDto = z.infer<typeof ScoreConfigDto>

export const ScoreConfigsDto = z.object({ data: z.array(ScoreConfigDto), meta: PageMeta })
export type ScoreConfigsDto = z.infer<typeof ScoreConfigsDto>
