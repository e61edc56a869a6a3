/** Where the variables of an evaluator's prompt get their values from (public-api contract §20). */
import { z } from 'zod'

/** Fields of what is scored. */
const SOURCES = ['input', 'output', 'metadata', 'tool_calls', 'expected_output', 'experiment_item_metadata'] as const
const OF_EXPERIMENTS: ReadonlySet<string> = new Set(['expected_output', 'experiment_item_metadata'])

export const VariableMapping = z.object({
  variable: z.string(),
  source: z.enum(SOURCES),
  /** A JSONPath within the source. */
  jsonPath: z.string().optional(),
})
export type VariableMapping = z.infer<typeof VariableMapping>

/** What is wrong with a mapping: a code of the unstable routes, a sentence, and what goes with the code. */
export interface MappingFault {
  readonly reason: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface MappingRules {
  readonly variables: readonly string[]
  /** Whether the sources of experiments are there; not checked when undefined. */
  readonly isOfExperiment?: boolean | undefined
  /** Whether every variable must be mapped. */
  readonly isWhole: boolean
}

/** The first thing that is wrong with a mapping; undefined when nothing is. */
export function mappingFault(mapping: readonly VariableMapping[], rules: MappingRules): MappingFault | undefined {
  const mapped = new Set<string>()
  for (const entry of mapping) {
    const fault = entryFault(entry, rules)
    if (fault) return fault
    const { variable } = entry
    if (mapped.has(variable))
      return faultOf('duplicate_variable_mapping', `The variable ${variable} is mapped more than once`, { variable })
    mapped.add(variable)
  }
  const missing = rules.variables.filter((variable) => !mapped.has(variable))
  if (!rules.isWhole || missing.length === 0) return undefined
  return faultOf('missing_variable_mapping', `Every variable needs a mapping; there is none of ${missing.join(', ')}`, {
    variables: missing,
  })
}

function entryFault({ variable, source, jsonPath }: VariableMapping, rules: MappingRules): MappingFault | undefined {
  if (!rules.variables.includes(variable))
    return faultOf('invalid_variable_mapping', `The evaluator has no variable ${variable}`, {
      variable,
      allowedValues: rules.variables,
    })
  if (rules.isOfExperiment === false && OF_EXPERIMENTS.has(source))
    return faultOf('invalid_variable_mapping', `The source ${source} is there for experiments only`, {
      variable,
      value: source,
      allowedValues: SOURCES.filter((known) => !OF_EXPERIMENTS.has(known)),
    })
  if (jsonPath !== undefined && !JSON_PATH.test(jsonPath))
    return faultOf('invalid_json_path', `${jsonPath} is not a JSONPath; it begins with $`, {
      variable,
      value: jsonPath,
    })
  return undefined
}

/** `$`, then names and brackets; what is within brackets is not looked into. */
const JSON_PATH = /^\$(?:\.{1,2}(?:\*|[^\s.[\]]+)|(?:\.\.)?\[[^\]]+\])*$/

function faultOf(reason: string, message: string, details: MappingFault['details']): MappingFault {
  return { reason, message, details }
}
