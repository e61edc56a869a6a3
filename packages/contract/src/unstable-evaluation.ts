/** Evaluators and rules on the unstable routes, where names identify (public-api contract §20). */
import { z } from 'zod'
import {
  areBoundsOrdered,
  Categories,
  CodeLanguage,
  EvaluatorName,
  MappingBody,
  MappingDto,
  ModelConfig,
  RuleFilters,
  Sampling,
} from './evaluation-fields.ts'
import { PageMeta } from './query-params.ts'

const Described = z.object({ description: z.string() })

const OutputDefinition = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    reasoning: Described,
    score: Described.extend({ minValue: z.number().nullish(), maxValue: z.number().nullish() }).refine(
      areBoundsOrdered,
      { path: ['minValue'], message: 'minValue must not exceed maxValue' },
    ),
  }),
  z.object({ dataType: z.literal('BOOLEAN'), reasoning: Described, score: Described }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    reasoning: Described,
    score: Described.extend({ categories: Categories, shouldAllowMultipleMatches: z.boolean() }),
  }),
])
export type UnstableOutputDefinition = z.infer<typeof OutputDefinition>

const EvaluatorType = z.enum(['llm_as_judge', 'code'])

/** Without `type` it is an LLM's. */
export const UnstableEvaluatorBody = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('code'),
      name: EvaluatorName,
      sourceCode: z.string().min(1),
      sourceCodeLanguage: CodeLanguage,
    }),
    z.object({
      type: z.literal('llm_as_judge').optional(),
      name: EvaluatorName,
      prompt: z.string().min(1),
      outputDefinition: OutputDefinition,
      modelConfig: ModelConfig.nullish(),
      mapping: z.array(MappingBody).nullish(),
    }),
  ])
  .meta({ id: 'UnstableEvaluatorBody' })
export type UnstableEvaluatorBody = z.infer<typeof UnstableEvaluatorBody>

const common = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  variables: z.array(z.string()),
  mapping: z.array(MappingDto).nullable(),
  evaluationRuleCount: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

export const UnstableEvaluatorDto = z
  .discriminatedUnion('type', [
    common.extend({
      type: z.literal('llm_as_judge'),
      prompt: z.string(),
      outputDefinition: OutputDefinition,
      modelConfig: ModelConfig.nullable(),
    }),
    common.extend({ type: z.literal('code'), sourceCode: z.string(), sourceCodeLanguage: CodeLanguage }),
  ])
  .meta({ id: 'UnstableEvaluator' })
export type UnstableEvaluatorDto = z.infer<typeof UnstableEvaluatorDto>

export const UnstableEvaluatorsDto = z.object({ data: z.array(UnstableEvaluatorDto), meta: PageMeta })
export type UnstableEvaluatorsDto = z.infer<typeof UnstableEvaluatorsDto>

const Mapping = z.array(MappingBody)
const Named = z.object({ name: z.string().min(1), type: EvaluatorType.nullish() })
const Target = z.enum(['observation', 'experiment'])
const Assignments = z
  .array(z.object({ evaluator: Named, mapping: Mapping.nullish() }))
  .min(1)
  .max(100)

const refuseBoth = (
  body: { evaluators?: unknown; evaluator?: unknown; mapping?: unknown },
  context: z.RefinementCtx,
): void => {
  if (body.evaluators == null || (body.evaluator == null && body.mapping == null)) return
  context.addIssue({
    code: 'custom',
    path: ['evaluators'],
    message: 'Give evaluators, or evaluator and mapping, not both',
  })
}

export const CreateUnstableRuleBody = z
  .object({
    name: EvaluatorName,
    target: Target,
    enabled: z.boolean(),
    sampling: Sampling.nullish(),
    filter: RuleFilters.nullish(),
    evaluator: Named.nullish(),
    mapping: Mapping.nullish(),
    evaluators: Assignments.nullish(),
  })
  .superRefine((body, context) => {
    refuseBoth(body, context)
    if (body.evaluators == null && body.evaluator == null)
      context.addIssue({ code: 'custom', path: ['evaluators'], message: 'Give evaluators, or evaluator' })
  })
  .meta({ id: 'CreateUnstableRuleBody' })
export type CreateUnstableRuleBody = z.infer<typeof CreateUnstableRuleBody>

export const UpdateUnstableRuleBody = z
  .object({
    name: EvaluatorName.nullish(),
    target: Target.nullish(),
    enabled: z.boolean().nullish(),
    sampling: Sampling.nullish(),
    filter: RuleFilters.nullish(),
    evaluator: z.object({ name: z.string().min(1) }).nullish(),
    mapping: Mapping.nullish(),
    evaluators: Assignments.nullish(),
  })
  .superRefine(refuseBoth)
  .refine((body) => Object.values(body).some((value) => value != null), 'Give at least one field')
  .meta({ id: 'UpdateUnstableRuleBody' })
export type UpdateUnstableRuleBody = z.infer<typeof UpdateUnstableRuleBody>

const EvaluatorRef = z.object({ id: z.string(), name: z.string(), type: EvaluatorType })

export const UnstableRuleDto = z
  .object({
    id: z.string(),
    name: z.string(),
    evaluator: EvaluatorRef.nullable(),
    evaluators: z.array(z.object({ evaluator: EvaluatorRef, mapping: z.array(MappingDto).nullable() })),
    target: Target,
    enabled: z.boolean(),
    status: z.enum(['active', 'inactive', 'paused']),
    pausedReason: z.string().nullable(),
    pausedMessage: z.string().nullable(),
    sampling: z.number(),
    filter: z.array(z.record(z.string(), z.unknown())),
    mapping: z.array(MappingDto),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'UnstableEvaluationRule' })
export type UnstableRuleDto = z.infer<typeof UnstableRuleDto>

export const UnstableRulesDto = z.object({ data: z.array(UnstableRuleDto), meta: PageMeta })
export type UnstableRulesDto = z.infer<typeof UnstableRulesDto>
