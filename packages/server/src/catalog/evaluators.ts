import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { AppError } from '#domain/errors.ts'
import { type Evaluator, EvaluatorDefinition, type EvaluatorType, type EvaluatorVersion } from '#domain/evaluator.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { type AssignmentsOf, assignmentsOf, disableIdleRules } from './evaluator-assignments.ts'
import { changeInProject } from './locked-change.ts'
import { type Batch, type BatchRequest, batchOf, type Page, type PageRequest, selectPage } from './page.ts'

export interface NewEvaluator {
  readonly name: string
  readonly description?: string | undefined
  readonly definition: EvaluatorDefinition
}

export interface EvaluatorChange {
  readonly name?: string | undefined
  /** Null takes it away. */
  readonly description?: string | null | undefined
  /** Becomes the next version. */
  readonly definition?: EvaluatorDefinition | undefined
}

/** Names are not unique. */
export interface Evaluators {
  create(projectId: ProjectId, evaluator: NewEvaluator): Promise<Evaluator>
  /** The next version of the one with this name and type that was changed last, or else a new evaluator. */
  createVersion(projectId: ProjectId, evaluator: NewEvaluator): Promise<Evaluator>
  byId(projectId: ProjectId, id: string): Promise<Evaluator | undefined>
  /** The one with this name and type that was changed last. */
  byName(projectId: ProjectId, name: string, type: EvaluatorType): Promise<Evaluator | undefined>
  /** The newest change first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<Evaluator>>
  /** Newest first. */
  listAfter(projectId: ProjectId, request: BatchRequest): Promise<Batch<Evaluator>>
  /** Newest first, from behind version `after`; undefined when the project has no such evaluator. */
  versions(
    projectId: ProjectId,
    id: string,
    request: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<EvaluatorVersion[] | undefined>
  /** @throws AppError `not_found`; `bad_request` for a definition of another type */
  update(projectId: ProjectId, id: string, change: EvaluatorChange): Promise<Evaluator>
  /** Takes it out of all rules, too, and disables those left without one; false when the project has no such evaluator. */
  delete(projectId: ProjectId, id: string): Promise<boolean>
}

export function createEvaluators(db: CatalogDb, now: () => number): Evaluators {
  return { ...reads(db), ...changes(db, now) }
}

type Reads = Pick<Evaluators, 'byId' | 'byName' | 'list' | 'listAfter' | 'versions'>

function reads(db: CatalogDb): Reads {
  const complete = async (project: ProjectId, rows: readonly EvaluatorRow[]) => {
    const assignments = await assignmentsOf(db, project, rows)
    return rows.map((row) => fromRow(row, assignments))
  }
  return {
    byId: (project, id) => findById(db, project, id),
    byName: async (project, name, type) => (await complete(project, await namedRows(db, project, { name, type })))[0],
    list: async (project, page) => {
      const rows = selectLatest(db, project).orderBy('evaluators.updated_at', 'desc').orderBy('evaluators.id')
      const { values, totalItems } = await selectPage(rows, page)
      return { values: await complete(project, values), totalItems }
    },
    listAfter: async (project, { limit, after }) => {
      const all = selectLatest(db, project)
      const rest = after
        ? all.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('evaluators.created_at', 'evaluators.id'), '<', tuple(after.createdAt, after.id)),
          )
        : all
      const newest = rest.orderBy('evaluators.created_at', 'desc').orderBy('evaluators.id', 'desc')
      const { values, next } = batchOf(await newest.limit(limit + 1).execute(), limit)
      return { values: await complete(project, values), next }
    },
    versions: async (project, id, { after, limit }) => {
      if (!(await findById(db, project, id))) return undefined
      const all = db.selectFrom('evaluator_versions').selectAll().where('project_id', '=', project)
      const own = all.where('evaluator_id', '=', id).orderBy('version', 'desc').limit(limit)
      return (await (after === undefined ? own : own.where('version', '<', after)).execute()).map(fromVersionRow)
    },
  }
}

type Changes = Pick<Evaluators, 'create' | 'createVersion' | 'update' | 'delete'>

function changes(db: CatalogDb, now: () => number): Changes {
  const update = async (transaction: CatalogDb, evaluator: Evaluator, change: EvaluatorChange) => {
    const { id, projectId: project } = evaluator
    const version = evaluator.latest.version + (change.definition ? 1 : 0)
    const columns = { ...columnsOf(change), latest_version: version, updated_at: now() }
    const own = transaction.updateTable('evaluators').set(columns).where('project_id', '=', project)
    await own.where('id', '=', id).execute()
    if (change.definition) await insertVersion(transaction, evaluator, { ...change, version, at: now() })
    return await getById(transaction, project, id)
  }
  const create = async (transaction: CatalogDb, project: ProjectId, wanted: NewEvaluator) => {
    const at = now()
    const { name, description = null, definition } = wanted
    const row = { id: randomUUID(), project_id: project, name, description, type: definition.type }
    const times = { latest_version: 1, created_at: at, updated_at: at }
    await transaction
      .insertInto('evaluators')
      .values({ ...row, ...times })
      .execute()
    await insertVersion(transaction, { id: row.id, projectId: project }, { definition, version: 1, at })
    return await getById(transaction, project, row.id)
  }
  return {
    create: (project, wanted) => changeInProject(db, project, (transaction) => create(transaction, project, wanted)),
    createVersion: (project, wanted) =>
      changeInProject(db, project, async (transaction) => {
        const { name, definition } = wanted
        const [present] = await namedRows(transaction, project, { name, type: definition.type })
        if (!present) return await create(transaction, project, wanted)
        return await update(transaction, await getById(transaction, project, present.id), { definition })
      }),
    update: (project, id, change) =>
      changeInProject(db, project, async (transaction) => {
        const present = await getById(transaction, project, id)
        const { type } = present.latest.definition
        if (change.definition && change.definition.type !== type)
          throw new AppError('bad_request', `The type of an evaluator can not change; this one is ${type}`)
        return await update(transaction, present, change)
      }),
    delete: (project, id) =>
      changeInProject(db, project, async (transaction) => {
        const one = transaction.deleteFrom('evaluators').where('project_id', '=', project).where('id', '=', id)
        const { numDeletedRows } = await one.executeTakeFirst()
        await disableIdleRules(transaction, project, now())
        return numDeletedRows > 0n
      }),
  }
}

function columnsOf({ name, description }: EvaluatorChange) {
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) }
}

async function insertVersion(
  db: CatalogDb,
  evaluator: Pick<Evaluator, 'id' | 'projectId'>,
  { definition, version, at }: { readonly definition?: EvaluatorDefinition | undefined; version: number; at: number },
): Promise<void> {
  const row = { id: randomUUID(), project_id: evaluator.projectId, evaluator_id: evaluator.id, version, created_at: at }
  await db
    .insertInto('evaluator_versions')
    .values({ ...row, definition: JSON.stringify(definition) })
    .execute()
}

function selectLatest(db: CatalogDb, project: ProjectId) {
  return db
    .selectFrom('evaluators')
    .innerJoin('evaluator_versions as latest', (join) =>
      join.onRef('latest.evaluator_id', '=', 'evaluators.id').onRef('latest.version', '=', 'evaluators.latest_version'),
    )
    .selectAll('evaluators')
    .select(['latest.id as version_id', 'latest.definition', 'latest.created_at as version_created_at'])
    .where('evaluators.project_id', '=', project)
}

type EvaluatorRow = Awaited<ReturnType<ReturnType<typeof selectLatest>['execute']>>[number]

async function namedRows(
  db: CatalogDb,
  project: ProjectId,
  { name, type }: { readonly name: string; readonly type: EvaluatorType },
): Promise<EvaluatorRow[]> {
  const named = selectLatest(db, project).where('evaluators.name', '=', name).where('evaluators.type', '=', type)
  return await named.orderBy('evaluators.updated_at', 'desc').orderBy('evaluators.id').limit(1).execute()
}

async function findById(db: CatalogDb, project: ProjectId, id: string): Promise<Evaluator | undefined> {
  const row = await selectLatest(db, project).where('evaluators.id', '=', id).executeTakeFirst()
  return row && fromRow(row, await assignmentsOf(db, project, [row]))
}

async function getById(db: CatalogDb, project: ProjectId, id: string): Promise<Evaluator> {
  const evaluator = await findById(db, project, id)
  if (!evaluator) throw new AppError('not_found', 'Evaluator not found within authorized project')
  return evaluator
}

function fromRow(row: EvaluatorRow, assignments: AssignmentsOf): Evaluator {
  const latest = { id: row.version_id, version: row.latest_version, created_at: row.version_created_at }
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    name: row.name,
    description: row.description ?? undefined,
    latest: fromVersionRow({ ...latest, definition: row.definition }),
    assignments: assignments.get(row.id) ?? [],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

type VersionRow = Pick<Selectable<CatalogTables['evaluator_versions']>, 'id' | 'version' | 'definition' | 'created_at'>

function fromVersionRow({ id, version, definition, created_at }: VersionRow): EvaluatorVersion {
  return { id, version, definition: EvaluatorDefinition.parse(JSON.parse(definition)), createdAt: created_at }
}
