/** What evaluators and evaluation rules have in common, on the unstable and on the stable routes (public-api contract §20, §26.3). */
import { z } from 'zod'
import { FilterCondition } from './filter.ts'

export const EVALUATION_SOURCES = [
  'input',
  'output',
  'metadata',
  'tool_calls',
  'expected_output',
  'experiment_item_metadata',
] as const

/** Where a variable of a prompt gets its value from. */
export const MappingBody = z.object({
  variable: z.string().min(1),
  source: z.enum(EVALUATION_SOURCES),
  jsonPath: z.string().nullish(),
})
export type MappingBody = z.infer<typeof MappingBody>

export const MappingDto = z.object({
  variable: z.string(),
  source: z.enum(EVALUATION_SOURCES),
  jsonPath: z.string().optional(),
})
export type MappingDto = z.infer<typeof MappingDto>

/** Conditions on the observations that a rule is about. */
export const RuleFilters = z.array(
  FilterCondition.refine(
    ({ type }) => type !== 'positionInTrace' && type !== 'booleanObject',
    'This type of condition is not one of evaluation rules',
  ),
)

export const Sampling = z.number().gt(0).lte(1)

export const ModelConfig = z.object({ provider: z.string().min(1), model: z.string().min(1) })

export const CodeLanguage = z.enum(['PYTHON', 'TYPESCRIPT'])

export const EvaluatorName = z.string().trim().min(1).max(500)

interface Bounds {
  readonly minValue?: number | null | undefined
  readonly maxValue?: number | null | undefined
}

export const areBoundsOrdered = ({ minValue, maxValue }: Bounds): boolean =>
  minValue == null || maxValue == null || minValue <= maxValue

/** At least two, none twice. */
export const Categories = z
  .array(z.string().min(1))
  .min(2)
  .refine((names) => new Set(names).size === names.length, 'Categories must be unique')
