/** Evaluation rules by cursor (public-api contract §26.3). */
import { z } from 'zod'
import { MappingBody, MappingDto, RuleFilters, Sampling } from './evaluation-fields.ts'
import { CursorMeta } from './query-params.ts'

const Name = z.string().trim().min(1).max(500)

/** Without a mapping the evaluator's own holds. */
const Assignments = z
  .array(z.object({ evaluatorId: z.string().min(1), variableMapping: z.array(MappingBody).nullish() }))
  .max(100)

export const CreateEvaluationRuleBody = z
  .object({
    name: Name,
    enabled: z.boolean(),
    sampling: Sampling.optional(),
    filter: RuleFilters.optional(),
    evaluatorAssignments: Assignments,
  })
  .meta({ id: 'CreateEvaluationRuleBody' })
export type CreateEvaluationRuleBody = z.infer<typeof CreateEvaluationRuleBody>

export const UpdateEvaluationRuleBody = z
  .object({
    name: Name.optional(),
    enabled: z.boolean().optional(),
    sampling: Sampling.optional(),
    filter: RuleFilters.optional(),
    evaluatorAssignments: Assignments.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'Give at least one field')
  .meta({ id: 'UpdateEvaluationRuleBody' })
export type UpdateEvaluationRuleBody = z.infer<typeof UpdateEvaluationRuleBody>

export const EvaluationRuleParams = z.object({ evaluationRuleId: z.string() })

export const EvaluationRuleDto = z
  .object({
    id: z.string(),
    name: z.string(),
    createdBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    enabled: z.boolean(),
    sampling: z.number(),
    filter: z.array(z.record(z.string(), z.unknown())),
    evaluatorAssignments: z.array(
      z.object({ evaluatorId: z.string(), variableMapping: z.array(MappingDto).nullable() }),
    ),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'EvaluationRule' })
export type EvaluationRuleDto = z.infer<typeof EvaluationRuleDto>

export const EvaluationRulesDto = z.object({ data: z.array(EvaluationRuleDto), meta: CursorMeta })
export type EvaluationRulesDto = z.infer<typeof EvaluationRulesDto>
