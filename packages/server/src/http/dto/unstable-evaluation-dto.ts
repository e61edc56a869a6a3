import type {
  OutputDefinitionBody,
  UnstableEvaluatorBody,
  UnstableEvaluatorDto,
  UnstableOutputDefinition,
  UnstableRuleDto,
} from '@xtrace/contract'
import { type EvaluationRule, isExperimentFilter, type RuleAssignment } from '#domain/evaluation-rule.ts'
import { type Evaluator, type EvaluatorDefinition, variablesOf } from '#domain/evaluator.ts'
import type { VariableMapping } from '#domain/variable-mapping.ts'
import { defined } from '#lib/defined.ts'
import { NOT_RUN, toDefinition, toMappingDto } from './evaluator-dto.ts'
import { isoFromMs } from './page-dto.ts'

/** The unstable routes' nested form of a definition as the stable routes' flat one (public-api contract §20, §26.3). */
export function toStableDefinition(body: UnstableEvaluatorBody): EvaluatorDefinition {
  if (body.type === 'code') return toDefinition(body)
  const { prompt, modelConfig, mapping, outputDefinition } = body
  return toDefinition({
    type: 'llm_as_judge',
    ...{ prompt, modelConfig, variableMapping: mapping },
    outputDefinition: flattened(outputDefinition),
  })
}

function flattened({ reasoning, score, ...rest }: UnstableOutputDefinition): OutputDefinitionBody {
  const instructions = {
    scoreReasoningInstructions: reasoning.description || undefined,
    scoreValueInstructions: score.description || undefined,
  }
  if (rest.dataType === 'BOOLEAN') return { dataType: rest.dataType, ...instructions }
  if ('categories' in score) {
    const { categories, shouldAllowMultipleMatches } = score
    return { dataType: 'CATEGORICAL', categories, shouldAllowMultipleMatches, ...instructions }
  }
  const { minValue, maxValue } = { minValue: undefined, maxValue: undefined, ...score }
  return { dataType: 'NUMERIC', minValue, maxValue, ...instructions }
}

type OutputDefinition = Extract<EvaluatorDefinition, { type: 'llm_as_judge' }>['outputDefinition']

function nested(output: OutputDefinition): UnstableOutputDefinition {
  const reasoning = { description: output.scoreReasoningInstructions ?? '' }
  const description = output.scoreValueInstructions ?? ''
  switch (output.dataType) {
    case 'NUMERIC': {
      const bounds = defined({ minValue: output.minValue, maxValue: output.maxValue })
      return { dataType: output.dataType, reasoning, score: { description, ...bounds } }
    }
    case 'BOOLEAN':
      return { dataType: output.dataType, reasoning, score: { description } }
    case 'CATEGORICAL': {
      const { dataType, categories, shouldAllowMultipleMatches } = output
      return { dataType, reasoning, score: { description, categories, shouldAllowMultipleMatches } }
    }
  }
}

/** A prompt of several messages is shown as one text. */
export function toUnstableEvaluatorDto(evaluator: Evaluator): UnstableEvaluatorDto {
  const { id, name, latest, assignments, createdAt, updatedAt } = evaluator
  const { definition, version } = latest
  const mapping = definition.type === 'code' ? null : definition.variableMapping
  const fields = {
    ...{ id, name, version },
    variables: variablesOf(definition),
    mapping: mapping && toMappingDto(mapping),
    evaluationRuleCount: assignments.length,
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
  if (definition.type === 'code') return { ...fields, ...definition }
  return {
    ...fields,
    type: definition.type,
    prompt: definition.prompt.map(({ content }) => content).join('\n\n'),
    outputDefinition: nested(definition.outputDefinition),
    modelConfig: definition.modelConfig,
  }
}

/** `evaluator` and `mapping` are the first of `evaluators`, for older clients. */
export function toUnstableRuleDto(rule: EvaluationRule): UnstableRuleDto {
  const { id, name, isEnabled, sampling, filter, assignments } = rule
  const evaluators = assignments.map((assignment) => {
    const { id: evaluatorId, name: evaluatorName, type } = assignment.evaluator
    const mapping = effectiveMapping(assignment)
    return { evaluator: { id: evaluatorId, name: evaluatorName, type }, mapping: mapping && toMappingDto(mapping) }
  })
  return {
    ...{ id, name, evaluators, enabled: isEnabled, sampling },
    evaluator: evaluators[0]?.evaluator ?? null,
    mapping: evaluators[0]?.mapping ?? [],
    target: filter.some(isExperimentFilter) ? 'experiment' : 'observation',
    filter: filter.filter((condition) => !isExperimentFilter(condition)),
    ...(isEnabled ? { status: 'paused', ...NOT_RUN } : { status: 'inactive', pausedReason: null, pausedMessage: null }),
    createdAt: isoFromMs(rule.createdAt),
    updatedAt: isoFromMs(rule.updatedAt),
  }
}

function effectiveMapping({ evaluator, mapping }: RuleAssignment): readonly VariableMapping[] | null {
  if (mapping) return mapping
  return evaluator.definition.type === 'code' ? null : evaluator.definition.variableMapping
}
