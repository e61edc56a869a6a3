import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type EvaluationRule, isExperimentFilter, MAX_ENABLED_RULES, type RuleFilter } from '#domain/evaluation-rule.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { VariableMapping } from '#domain/variable-mapping.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { changeInProject } from './locked-change.ts'
import { type Batch, type BatchRequest, batchOf, type Page, type PageRequest, selectPage } from './page.ts'
import { checkAssignments, insertAssignments, type RuleAssignments, selectAssignments } from './rule-assignments.ts'

export interface RuleFields {
  readonly name: string
  readonly isEnabled: boolean
  readonly sampling: number
  readonly filter: readonly RuleFilter[]
  readonly assignments: readonly NewAssignment[]
}

export interface NewAssignment {
  readonly evaluatorId: string
  readonly mapping: readonly VariableMapping[] | undefined
}

/** What the unstable routes ask for besides, and the others do not. */
export interface RuleChecks {
  /** No other rule of the project has the name. */
  readonly isNameUnique: boolean
  /** Mappings are whole even while the rule is disabled, and their sources fit what the rule is about. */
  readonly isStrict: boolean
}

export interface EvaluationRules {
  /** @throws AppError `conflict` for a name that is taken and past the bound of enabled rules, `not_found` for an unknown evaluator, `bad_request` for a mapping that does not fit */
  create(projectId: ProjectId, fields: RuleFields, checks: RuleChecks): Promise<EvaluationRule>
  byId(projectId: ProjectId, id: string): Promise<EvaluationRule | undefined>
  /** The newest change first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<EvaluationRule>>
  /** Newest first. */
  listAfter(projectId: ProjectId, request: BatchRequest): Promise<Batch<EvaluationRule>>
  /**
   * Replaces the fields that `change` gives; no other change of the project runs meanwhile.
   * @throws AppError `not_found`, and as `create`
   */
  update(projectId: ProjectId, id: string, request: RuleUpdate): Promise<EvaluationRule>
  /** False when the project has no such rule. */
  delete(projectId: ProjectId, id: string): Promise<boolean>
}

export interface RuleUpdate {
  readonly change: (rule: EvaluationRule) => Partial<RuleFields>
  readonly checks: RuleChecks
}

export function createEvaluationRules(db: CatalogDb, now: () => number): EvaluationRules {
  return { ...reads(db), ...changes(db, now) }
}

type Reads = Pick<EvaluationRules, 'byId' | 'list' | 'listAfter'>

function reads(db: CatalogDb): Reads {
  const complete = async (project: ProjectId, rows: readonly RuleRow[]) => {
    const assignments = await selectAssignments(db, project, rows)
    return rows.map((row) => fromRow(row, assignments))
  }
  return {
    byId: (project, id) => findById(db, project, id),
    list: async (project, page) => {
      const { values, totalItems } = await selectPage(
        own(db, project).orderBy('updated_at', 'desc').orderBy('id'),
        page,
      )
      return { values: await complete(project, values), totalItems }
    },
    listAfter: async (project, { limit, after }) => {
      const all = own(db, project)
      const rest = after
        ? all.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('created_at', 'id'), '<', tuple(after.createdAt, after.id)),
          )
        : all
      const newest = rest.orderBy('created_at', 'desc').orderBy('id', 'desc')
      const { values, next } = batchOf(await newest.limit(limit + 1).execute(), limit)
      return { values: await complete(project, values), next }
    },
  }
}

type Changes = Pick<EvaluationRules, 'create' | 'update' | 'delete'>

function changes(db: CatalogDb, now: () => number): Changes {
  return {
    create: (project, fields, checks) =>
      changeInProject(db, project, async (transaction) => {
        const at = now()
        const row = { id: randomUUID(), project_id: project, ...columnsOf(fields), created_at: at, updated_at: at }
        await checkRule(transaction, { ...row, fields, checks })
        await transaction.insertInto('evaluation_rules').values(row).execute()
        await insertAssignments(transaction, row, fields.assignments)
        return await getById(transaction, project, row.id)
      }),
    update: (project, id, { change, checks }) =>
      changeInProject(db, project, async (transaction) => {
        const present = await getById(transaction, project, id)
        const fields = { ...fieldsOf(present), ...change(present) }
        await checkRule(transaction, { id, project_id: project, fields, checks })
        const at = now()
        const columns = { ...columnsOf(fields), updated_at: at }
        const update = transaction.updateTable('evaluation_rules').set(columns).where('project_id', '=', project)
        await update.where('id', '=', id).execute()
        const assigned = transaction.deleteFrom('evaluation_rule_evaluators').where('project_id', '=', project)
        await assigned.where('rule_id', '=', id).execute()
        await insertAssignments(transaction, { id, project_id: project, created_at: at }, fields.assignments)
        return await getById(transaction, project, id)
      }),
    delete: async (project, id) => {
      const one = db.deleteFrom('evaluation_rules').where('project_id', '=', project).where('id', '=', id)
      return (await one.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

interface RuleCheck {
  readonly id: string
  readonly project_id: string
  readonly fields: RuleFields
  readonly checks: RuleChecks
}

async function checkRule(db: CatalogDb, { id, project_id, fields, checks }: RuleCheck): Promise<void> {
  const project = projectId(project_id)
  const others = own(db, project).where('id', '<>', id)
  if (checks.isNameUnique && (await others.where('name', '=', fields.name).executeTakeFirst()))
    throw new AppError('conflict', `An evaluation rule named "${fields.name}" exists already`, {
      reason: 'name_conflict',
    })
  if (fields.isEnabled && fields.assignments.length === 0)
    throw new AppError('bad_request', 'An enabled rule needs at least one evaluator')
  if (fields.isEnabled && (await others.where('is_enabled', '=', 1).execute()).length >= MAX_ENABLED_RULES)
    throw new AppError(
      'conflict',
      `No more than ${MAX_ENABLED_RULES} evaluation rules can be enabled at once; disable another one first`,
    )
  await checkAssignments(db, project, {
    assignments: fields.assignments,
    isOfExperiment: checks.isStrict ? fields.filter.some(isExperimentFilter) : undefined,
    isWhole: checks.isStrict || fields.isEnabled,
  })
}

const own = (db: CatalogDb, project: ProjectId) =>
  db.selectFrom('evaluation_rules').selectAll().where('project_id', '=', project)

type RuleRow = Selectable<CatalogTables['evaluation_rules']>

async function findById(db: CatalogDb, project: ProjectId, id: string): Promise<EvaluationRule | undefined> {
  const row = await own(db, project).where('id', '=', id).executeTakeFirst()
  return row && fromRow(row, await selectAssignments(db, project, [row]))
}

async function getById(db: CatalogDb, project: ProjectId, id: string): Promise<EvaluationRule> {
  const rule = await findById(db, project, id)
  if (!rule) throw new AppError('not_found', 'Evaluation rule not found within authorized project')
  return rule
}

function columnsOf({ name, isEnabled, sampling, filter }: RuleFields) {
  return { name, is_enabled: Number(isEnabled), sampling, filter: JSON.stringify(filter) }
}

function fieldsOf({ name, isEnabled, sampling, filter, assignments }: EvaluationRule): RuleFields {
  const kept = assignments.map(({ evaluator, mapping }) => ({ evaluatorId: evaluator.id, mapping }))
  return { name, isEnabled, sampling, filter, assignments: kept }
}

const Filters = z.array(z.record(z.string(), z.unknown()))

function fromRow(row: RuleRow, assignments: RuleAssignments): EvaluationRule {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    isEnabled: row.is_enabled !== 0,
    sampling: row.sampling,
    filter: Filters.parse(JSON.parse(row.filter)),
    assignments: assignments.get(row.id) ?? [],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
