import { AppError } from '#domain/errors.ts'
import type { RuleAssignment } from '#domain/evaluation-rule.ts'
import { EvaluatorDefinition, variablesOf } from '#domain/evaluator.ts'
import type { ProjectId } from '#domain/ids.ts'
import { mappingFault, type VariableMapping } from '#domain/variable-mapping.ts'
import type { CatalogDb } from './database.ts'
import { parseMapping } from './evaluator-assignments.ts'

/** The evaluators of rules, in their order, by rule. */
export type RuleAssignments = ReadonlyMap<string, readonly RuleAssignment[]>

interface Wanted {
  readonly evaluatorId: string
  readonly mapping: readonly VariableMapping[] | undefined
}

export async function selectAssignments(
  db: CatalogDb,
  project: ProjectId,
  rules: readonly { readonly id: string }[],
): Promise<RuleAssignments> {
  const found = new Map<string, RuleAssignment[]>()
  if (rules.length === 0) return found
  const ids = rules.map(({ id }) => id)
  const rows = await selectEvaluators(db, project)
    .innerJoin('evaluation_rule_evaluators as assigned', 'assigned.evaluator_id', 'evaluators.id')
    .select(['assigned.rule_id', 'assigned.mapping'])
    .where('assigned.rule_id', 'in', ids)
    .orderBy('assigned.position')
    .execute()
  for (const { rule_id, mapping, id, name, definition } of rows) {
    const known = found.get(rule_id) ?? []
    const parsed = EvaluatorDefinition.parse(JSON.parse(definition))
    const evaluator = { id, name, type: parsed.type, definition: parsed }
    known.push({ evaluator, mapping: parseMapping(mapping) })
    found.set(rule_id, known)
  }
  return found
}

/** Stores the evaluators of a rule that has none, in their order. */
export async function insertAssignments(
  db: CatalogDb,
  rule: { readonly id: string; readonly project_id: string; readonly created_at: number },
  assignments: readonly Wanted[],
): Promise<void> {
  if (assignments.length === 0) return
  const rows = assignments.map(({ evaluatorId, mapping }, position) => ({
    project_id: rule.project_id,
    rule_id: rule.id,
    evaluator_id: evaluatorId,
    position,
    mapping: mapping === undefined ? null : JSON.stringify(mapping),
    created_at: rule.created_at,
  }))
  await db.insertInto('evaluation_rule_evaluators').values(rows).execute()
}

export interface AssignmentCheck {
  readonly assignments: readonly Wanted[]
  /** As in `MappingRules`. */
  readonly isOfExperiment: boolean | undefined
  readonly isWhole: boolean
}

/** @throws AppError `not_found` for an evaluator that the project does not have, `bad_request` for one given twice and for a mapping that does not fit */
export async function checkAssignments(db: CatalogDb, project: ProjectId, check: AssignmentCheck): Promise<void> {
  const ids = check.assignments.map(({ evaluatorId }) => evaluatorId)
  if (ids.length === 0) return
  if (new Set(ids).size < ids.length) throw new AppError('bad_request', 'Each evaluator can be assigned to a rule once')
  const rows = await selectEvaluators(db, project).where('evaluators.id', 'in', ids).execute()
  const definitions = new Map(rows.map(({ id, definition }) => [id, EvaluatorDefinition.parse(JSON.parse(definition))]))
  for (const { evaluatorId, mapping } of check.assignments) {
    const definition = definitions.get(evaluatorId)
    if (!definition) throw new AppError('not_found', `Evaluator ${evaluatorId} not found within authorized project`)
    checkMapping(definition, mapping, check)
  }
}

function checkMapping(
  definition: EvaluatorDefinition,
  own: readonly VariableMapping[] | undefined,
  { isOfExperiment, isWhole }: AssignmentCheck,
): void {
  if (definition.type === 'code') {
    if (own !== undefined)
      throw new AppError('bad_request', 'Evaluators of type code take no mapping', {
        reason: 'invalid_variable_mapping',
      })
    return
  }
  const effective = own ?? definition.variableMapping ?? []
  const fault = mappingFault(effective, { variables: variablesOf(definition), isOfExperiment, isWhole })
  if (fault) throw new AppError('bad_request', fault.message, { reason: fault.reason, details: fault.details })
}

function selectEvaluators(db: CatalogDb, project: ProjectId) {
  return db
    .selectFrom('evaluators')
    .innerJoin('evaluator_versions as latest', (join) =>
      join.onRef('latest.evaluator_id', '=', 'evaluators.id').onRef('latest.version', '=', 'evaluators.latest_version'),
    )
    .select(['evaluators.id', 'evaluators.name', 'latest.definition'])
    .where('evaluators.project_id', '=', project)
}
