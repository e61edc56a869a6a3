import { z } from 'zod'
import type { Evaluator } from '#domain/evaluator.ts'
import type { ProjectId } from '#domain/ids.ts'
import { VariableMapping } from '#domain/variable-mapping.ts'
import type { CatalogDb } from './database.ts'

/** The assignments of evaluators to rules, by evaluator. */
export type AssignmentsOf = ReadonlyMap<string, Evaluator['assignments']>

/** The rules that use the evaluators, the newest assignment first. */
export async function assignmentsOf(
  db: CatalogDb,
  project: ProjectId,
  evaluators: readonly { readonly id: string }[],
): Promise<AssignmentsOf> {
  const found = new Map<string, Evaluator['assignments'][number][]>()
  if (evaluators.length === 0) return found
  const own = db.selectFrom('evaluation_rule_evaluators').selectAll().where('project_id', '=', project)
  const ids = evaluators.map(({ id }) => id)
  const rows = await own.where('evaluator_id', 'in', ids).orderBy('created_at', 'desc').orderBy('rule_id').execute()
  for (const { evaluator_id, rule_id, mapping } of rows) {
    const known = found.get(evaluator_id) ?? []
    known.push({ ruleId: rule_id, mapping: parseMapping(mapping) })
    found.set(evaluator_id, known)
  }
  return found
}

/** A column `mapping` as the mapping that it holds. */
export function parseMapping(text: string | null): VariableMapping[] | undefined {
  return text === null ? undefined : z.array(VariableMapping).parse(JSON.parse(text))
}

/** Disables the rules that no evaluator is left for. */
export async function disableIdleRules(db: CatalogDb, project: ProjectId, at: number): Promise<void> {
  const used = db.selectFrom('evaluation_rule_evaluators').select('rule_id').where('project_id', '=', project)
  await db
    .updateTable('evaluation_rules')
    .set({ is_enabled: 0, updated_at: at })
    .where('project_id', '=', project)
    .where('is_enabled', '=', 1)
    .where('id', 'not in', used)
    .execute()
}
