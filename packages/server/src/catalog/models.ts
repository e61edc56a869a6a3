import { randomUUID } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { Model, ModelFinder } from '#domain/model.ts'
import type { CatalogDb } from './database.ts'
import { createModelMatcher, startOf } from './model-matcher.ts'
import { patternFault } from './model-pattern.ts'
import { fromModelRow, toModelRow } from './model-row.ts'
import { buildBuiltinModels } from './models/builtin.ts'
import { tiersFault } from './tier-rules.ts'

export type NewModel = Pick<Model, 'modelName' | 'matchPattern'> &
  Partial<Pick<Model, 'startDate' | 'unit' | 'tokenizerId' | 'tokenizerConfig'>> & {
    /** Ids are given by the catalogue. */
    readonly tiers: readonly Omit<Model['tiers'][number], 'id'>[]
  }

/** Price entries: a project's own, and the built-in ones that all projects see and none can change. */
export interface Models extends ModelFinder {
  /** @throws AppError `bad_request` for a bad pattern, bad tiers, or a second entry with the same name, start and unit */
  create(projectId: ProjectId, model: NewModel): Promise<Model>
  /**
   * Makes the project's own entry with this id, or replaces it; undefined when the id is not the project's.
   * @throws as `create`
   */
  put(projectId: ProjectId, id: string, model: NewModel): Promise<Model | undefined>
  /** False when the project has no such entry of its own. */
  delete(projectId: ProjectId, id: string): Promise<boolean>
  /** The project's own and the built-in ones, by name, unit, newest start (public-api contract §13). */
  list(projectId: ProjectId): Promise<Model[]>
}

export function createModels(db: CatalogDb, now: () => number): Models {
  const builtin = buildBuiltinModels()
  const builtinById = new Map(builtin.map((model) => [model.id, model]))
  const ownModels = (project: ProjectId) => selectOwn(db, project)
  const matcher = createModelMatcher({ builtin, ownModels })
  return {
    find: (project, name) => matcher.find(project, name),
    byId: async (project, id) => builtinById.get(id) ?? (await selectOwn(db, project, id))[0],
    create: async (project, wanted) => {
      const id = randomUUID()
      const made = await keepModel(db, project, newModel({ id, project, wanted, at: now() }))
      matcher.forget()
      if (!made) throw new AppError('internal', `The id ${id} that was made for a model is in use`)
      return made
    },
    put: async (project, id, wanted) => {
      if (builtinById.has(id)) return undefined
      const kept = await keepModel(db, project, newModel({ id, project, wanted, at: now() }))
      matcher.forget()
      return kept
    },
    delete: async (project, id) => {
      const own = db.deleteFrom('models').where('id', '=', id).where('project_id', '=', project)
      const { numDeletedRows } = await own.executeTakeFirst()
      matcher.forget()
      return numDeletedRows > 0n
    },
    list: async (project) => [...(await ownModels(project)), ...builtin].sort(inListOrder),
  }
}

async function selectOwn(db: CatalogDb, project: ProjectId, id?: string): Promise<Model[]> {
  const own = db.selectFrom('models').selectAll().where('project_id', '=', project)
  const rows = await (id === undefined ? own : own.where('id', '=', id)).execute()
  return rows.map(fromModelRow)
}

interface ModelWish {
  readonly id: string
  readonly project: ProjectId
  readonly wanted: NewModel
  readonly at: number
}

function newModel({ id, project, wanted, at }: ModelWish): Model {
  const tiers = wanted.tiers.map((tier) => ({
    ...tier,
    id: tier.isDefault ? `${id}_tier_default` : `${id}_tier_${tier.priority}`,
  }))
  const fault = patternFault(wanted.matchPattern) ?? tiersFault(tiers)
  if (fault) throw new AppError('bad_request', fault)
  return {
    id,
    projectId: project,
    modelName: wanted.modelName,
    matchPattern: wanted.matchPattern,
    startDate: wanted.startDate,
    unit: wanted.unit,
    tokenizerId: wanted.tokenizerId,
    tokenizerConfig: wanted.tokenizerConfig,
    tiers: tiers.toSorted((a, b) => a.priority - b.priority),
    createdAt: at,
    updatedAt: at,
  }
}

/** Inserts the entry, or replaces the one with its id; undefined when that is another project's. */
async function keepModel(db: CatalogDb, project: ProjectId, model: Model): Promise<Model | undefined> {
  return await db.transaction().execute(async (transaction) => {
    const stored = transaction.selectFrom('models').select(['project_id', 'created_at']).where('id', '=', model.id)
    const earlier = await stored.executeTakeFirst()
    if (earlier && earlier.project_id !== project) return undefined
    await refuseTaken(transaction, project, model)
    const kept = { ...model, createdAt: earlier?.created_at ?? model.createdAt }
    const row = toModelRow(kept, project)
    const insert = transaction.insertInto('models').values(row)
    await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute()
    return kept
  })
}

async function refuseTaken(db: CatalogDb, project: ProjectId, model: Model): Promise<void> {
  const { id, modelName, startDate, unit } = model
  const isSame = (other: Model) =>
    other.id !== id && other.modelName === modelName && other.startDate === startDate && other.unit === unit
  if (!(await selectOwn(db, project)).some(isSame)) return
  throw new AppError('bad_request', `A model named ${modelName} with the same start date and unit exists already`)
}

function inListOrder(a: Model, b: Model): number {
  return (
    compare(a.modelName, b.modelName) ||
    compare(a.unit ?? '', b.unit ?? '') ||
    startOf(b) - startOf(a) ||
    compare(a.id, b.id)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
