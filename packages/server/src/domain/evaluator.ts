/** Evaluators: what scores an observation, in versions that never change (public-api contract §20, §26.3). */
import { z } from 'zod'
import type { ProjectId } from './ids.ts'
import { VariableMapping } from './variable-mapping.ts'

const instructions = {
  scoreReasoningInstructions: z.string().optional(),
  scoreValueInstructions: z.string().optional(),
}

const OutputDefinition = z.discriminatedUnion('dataType', [
  z.object({
    dataType: z.literal('NUMERIC'),
    minValue: z.number().optional(),
    maxValue: z.number().optional(),
    ...instructions,
  }),
  z.object({ dataType: z.literal('BOOLEAN'), ...instructions }),
  z.object({
    dataType: z.literal('CATEGORICAL'),
    categories: z.array(z.string()),
    shouldAllowMultipleMatches: z.boolean(),
    ...instructions,
  }),
])

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

/** What a version does; parsed when it is read back from where it is kept. */
export const EvaluatorDefinition = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('llm_as_judge'),
    prompt: z.array(Message),
    /** The project's default model when null. */
    modelConfig: z.object({ provider: z.string(), model: z.string() }).nullable(),
    /** What rules inherit that map nothing themselves. */
    variableMapping: z.array(VariableMapping).nullable(),
    outputDefinition: OutputDefinition,
  }),
  z.object({ type: z.literal('code'), sourceCode: z.string(), sourceCodeLanguage: z.enum(['PYTHON', 'TYPESCRIPT']) }),
])
export type EvaluatorDefinition = z.infer<typeof EvaluatorDefinition>
export type EvaluatorType = EvaluatorDefinition['type']

export interface EvaluatorVersion {
  readonly id: string
  /** From 1. */
  readonly version: number
  readonly definition: EvaluatorDefinition
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export interface Evaluator {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly description: string | undefined
  readonly latest: EvaluatorVersion
  /** The rules that use it, the newest assignment first. */
  readonly assignments: readonly { readonly ruleId: string; readonly mapping: readonly VariableMapping[] | undefined }[]
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

const VARIABLE = /\{\{\s*([^\s{}]+)\s*\}\}/g

/** The variables that an evaluator's prompt names, each once, in order; code has none. */
export function variablesOf(definition: EvaluatorDefinition): string[] {
  if (definition.type === 'code') return []
  const names = definition.prompt.flatMap(({ content }) =>
    Array.from(content.matchAll(VARIABLE), ([, name = '']) => name),
  )
  return [...new Set(names)]
}
