import type {
  EvaluatorDefinitionBody,
  EvaluatorDefinitionDto,
  EvaluatorDto,
  EvaluatorVersionDto,
  MappingBody,
  MappingDto,
  OutputDefinitionBody,
} from '@xtrace/contract'
import { type Evaluator, type EvaluatorDefinition, type EvaluatorVersion, variablesOf } from '#domain/evaluator.ts'
import type { VariableMapping } from '#domain/variable-mapping.ts'
import { defined } from '#lib/defined.ts'
import { isoFromMs } from './page-dto.ts'

/** Why what should run does not; nobody must take its silence for a verdict. */
export const NOT_RUN = {
  pausedReason: 'EXECUTION_UNAVAILABLE',
  pausedMessage: 'This version of xtrace keeps evaluators and evaluation rules but does not run them yet',
} as const

/** A definition as a client sent it; a prompt that is text is a user's message. */
export function toDefinition(body: EvaluatorDefinitionBody): EvaluatorDefinition {
  if (body.type === 'code') {
    const { sourceCode, sourceCodeLanguage } = body
    return { type: 'code', sourceCode, sourceCodeLanguage }
  }
  return {
    type: 'llm_as_judge',
    prompt: typeof body.prompt === 'string' ? [{ role: 'user', content: body.prompt }] : body.prompt,
    modelConfig: body.modelConfig ?? null,
    variableMapping: toMapping(body.variableMapping) ?? null,
    outputDefinition: toOutputDefinition(body.outputDefinition),
  }
}

type OutputDefinition = Extract<EvaluatorDefinition, { type: 'llm_as_judge' }>['outputDefinition']

function toOutputDefinition(body: OutputDefinitionBody): OutputDefinition {
  const instructions = defined({
    scoreReasoningInstructions: body.scoreReasoningInstructions ?? undefined,
    scoreValueInstructions: body.scoreValueInstructions ?? undefined,
  })
  switch (body.dataType) {
    case 'NUMERIC': {
      const bounds = defined({ minValue: body.minValue ?? undefined, maxValue: body.maxValue ?? undefined })
      return { dataType: body.dataType, ...bounds, ...instructions }
    }
    case 'BOOLEAN':
      return { dataType: body.dataType, ...instructions }
    case 'CATEGORICAL': {
      const { dataType, categories, shouldAllowMultipleMatches } = body
      return { dataType, categories, shouldAllowMultipleMatches, ...instructions }
    }
  }
}

/** A mapping as a client sent it; undefined for none. */
export function toMapping(body: readonly MappingBody[] | null | undefined): VariableMapping[] | undefined {
  return body?.map(({ variable, source, jsonPath }) => ({ variable, source, ...(jsonPath != null && { jsonPath }) }))
}

export function toMappingDto(mapping: readonly VariableMapping[]): MappingDto[] {
  return mapping.map((entry) => ({ ...entry }))
}

function toDefinitionDto(definition: EvaluatorDefinition): EvaluatorDefinitionDto {
  return definition.type === 'code' ? definition : { ...definition, variables: variablesOf(definition) }
}

/** Public-api contract §26.3. */
export function toEvaluatorDto(evaluator: Evaluator): EvaluatorDto {
  const { id, name, description = null, latest, assignments, createdAt, updatedAt } = evaluator
  return {
    ...{ id, name, description, createdBy: null, status: 'paused', ...NOT_RUN },
    pausedAt: isoFromMs(latest.createdAt),
    evaluationRuleAssignments: assignments.map(({ ruleId, mapping }) => ({
      evaluationRuleId: ruleId,
      ...(mapping && { variableMappingOverride: toMappingDto(mapping) }),
    })),
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
    versionId: latest.id,
    version: latest.version,
    versionCreatedAt: isoFromMs(latest.createdAt),
    versionCreatedBy: null,
    ...toDefinitionDto(latest.definition),
  }
}

export function toVersionDto({ id, version, definition, createdAt }: EvaluatorVersion): EvaluatorVersionDto {
  return { id, version, createdAt: isoFromMs(createdAt), createdBy: null, ...toDefinitionDto(definition) }
}
