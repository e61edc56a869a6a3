/** Evaluators by cursor; names are no identifiers (public-api contract §26.3). */
import { z } from 'zod'
import {
  areBoundsOrdered,
  Categories,
  CodeLanguage,
  EvaluatorName,
  MappingBody,
  MappingDto,
  ModelConfig,
} from './evaluation-fields.ts'
import { CursorMeta, intParam, textParam } from './query-params.ts'

const instructions = {
  scoreReasoningInstructions: z.string().nullish(),
  scoreValueInstructions: z.string().nullish(),
}

/** What an LLM evaluator answers. */
export const OutputDefinitionBody = z.discriminatedUnion('dataType', [
  z
    .object({
      dataType: z.literal('NUMERIC'),
      minValue: z.number().nullish(),
      maxValue: z.number().nullish(),
      ...instructions,
    })
    .refine(areBoundsOrdered, { path: ['minValue'], message: 'minValue must not exceed maxValue' }),
  z.object({ dataType: z.literal('BOOLEAN'), ...instructions }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    categories: Categories,
    shouldAllowMultipleMatches: z.boolean(),
    ...instructions,
  }),
])
export type OutputDefinitionBody = z.infer<typeof OutputDefinitionBody>

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

const judge = {
  type: z.literal('llm_as_judge'),
  prompt: z.union([z.string().min(1), z.array(Message).min(1)]),
  modelConfig: ModelConfig.nullish(),
  variableMapping: z.array(MappingBody).nullish(),
  outputDefinition: OutputDefinitionBody,
}

const code = { type: z.literal('code'), sourceCode: z.string().min(1), sourceCodeLanguage: CodeLanguage }

/** What a version of an evaluator does. */
export const EvaluatorDefinitionBody = z.discriminatedUnion('type', [z.object(judge), z.object(code)])
export type EvaluatorDefinitionBody = z.infer<typeof EvaluatorDefinitionBody>

const description = z.string().nullish()

export const CreateEvaluatorBody = z
  .discriminatedUnion('type', [
    z.object({ name: EvaluatorName, description, ...judge }),
    z.object({ name: EvaluatorName, description, ...code }),
  ])
  .meta({ id: 'CreateEvaluatorBody' })
export type CreateEvaluatorBody = z.infer<typeof CreateEvaluatorBody>

const metadata = { name: EvaluatorName.optional(), description }

/** With `type` the definition is replaced as a whole, without it only name and description. */
export const UpdateEvaluatorBody = z
  .discriminatedUnion('type', [
    z.object({ ...metadata, ...judge }),
    z.object({ ...metadata, ...code }),
    z
      .strictObject({ ...metadata, type: z.undefined().optional() })
      .refine((body) => body.name !== undefined || body.description !== undefined, 'Give at least one field'),
  ])
  .meta({ id: 'UpdateEvaluatorBody' })
export type UpdateEvaluatorBody = z.infer<typeof UpdateEvaluatorBody>

/** A page by cursor. */
export const CursorQuery = z.object({ limit: intParam({ min: 1, max: 100, default: 50 }), cursor: textParam })
export type CursorQuery = z.infer<typeof CursorQuery>

export const EvaluatorParams = z.object({ evaluatorId: z.string() })

const kept = {
  scoreReasoningInstructions: z.string().optional(),
  scoreValueInstructions: z.string().optional(),
}

const OutputDefinitionDto = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    minValue: z.number().optional(),
    maxValue: z.number().optional(),
    ...kept,
  }),
  z.object({ dataType: z.literal('BOOLEAN'), ...kept }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    categories: z.array(z.string()),
    shouldAllowMultipleMatches: z.boolean(),
    ...kept,
  }),
])

const JudgeDto = z.object({
  type: z.literal('llm_as_judge'),
  prompt: z.array(Message),
  variables: z.array(z.string()),
  variableMapping: z.array(MappingDto).nullable(),
  outputDefinition: OutputDefinitionDto,
  modelConfig: ModelConfig.nullable(),
})
const CodeDto = z.object({ type: z.literal('code'), sourceCode: z.string(), sourceCodeLanguage: CodeLanguage })

/** A definition as it is shown. */
export const EvaluatorDefinitionDto = z.discriminatedUnion('type', [JudgeDto, CodeDto])
export type EvaluatorDefinitionDto = z.infer<typeof EvaluatorDefinitionDto>

/** Nobody is known to have made anything: keys do, not users. */
const Creator = z.object({ id: z.string(), name: z.string().nullable() }).nullable()

const evaluator = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  createdBy: Creator,
  status: z.enum(['active', 'paused']),
  pausedAt: z.iso.datetime().nullable(),
  pausedReason: z.string().nullable(),
  pausedMessage: z.string().nullable(),
  evaluationRuleAssignments: z.array(
    z.object({ evaluationRuleId: z.string(), variableMappingOverride: z.array(MappingDto).optional() }),
  ),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  versionId: z.string(),
  version: z.int(),
  versionCreatedAt: z.iso.datetime(),
  versionCreatedBy: Creator,
})

export const EvaluatorDto = z
  .discriminatedUnion('type', [evaluator.extend(JudgeDto.shape), evaluator.extend(CodeDto.shape)])
  .meta({ id: 'Evaluator' })
export type EvaluatorDto = z.infer<typeof EvaluatorDto>

export const EvaluatorsDto = z.object({ data: z.array(EvaluatorDto), meta: CursorMeta })
export type EvaluatorsDto = z.infer<typeof EvaluatorsDto>

const version = z.object({ id: z.string(), version: z.int(), createdAt: z.iso.datetime(), createdBy: Creator })

export const EvaluatorVersionDto = z
  .discriminatedUnion('type', [version.extend(JudgeDto.shape), version.extend(CodeDto.shape)])
  .meta({ id: 'EvaluatorVersion' })
export type EvaluatorVersionDto = z.infer<typeof EvaluatorVersionDto>

export const EvaluatorVersionsDto = z.object({ data: z.array(EvaluatorVersionDto), meta: CursorMeta })
export type EvaluatorVersionsDto = z.infer<typeof EvaluatorVersionsDto>

/** The answer to a deletion of an evaluator or a rule. */
export const DeletedIdDto = z.object({ id: z.string() })
export type DeletedIdDto = z.infer<typeof DeletedIdDto>
