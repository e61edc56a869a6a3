import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { ScoreConfig, ScoreConfigFinder } from '#domain/score-config.ts'
import { defined } from '#lib/defined.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { mapPage, type Page, type PageRequest, selectPage } from './page.ts'

export type NewScoreConfig = Pick<ScoreConfig, 'name' | 'dataType'> &
  Partial<Pick<ScoreConfig, 'minValue' | 'maxValue' | 'categories' | 'description'>>

export type ScoreConfigChange = Partial<Omit<NewScoreConfig, 'dataType'>> & { readonly isArchived?: boolean }

export interface ScoreConfigs extends ScoreConfigFinder {
  byId(projectId: ProjectId, id: string): Promise<ScoreConfig | undefined>
  /** @throws AppError `bad_request` with the issues: what breaks the rules of public-api contract §8 */
  create(projectId: ProjectId, config: NewScoreConfig): Promise<ScoreConfig>
  /**
   * Changes the fields given; scores that name an archived config are refused. Undefined when the project has
   * no such config. @throws as `create`, for the config as it would be
   */
  update(projectId: ProjectId, id: string, change: ScoreConfigChange): Promise<ScoreConfig | undefined>
  /** Newest first. */
  list(projectId: ProjectId, page: PageRequest): Promise<Page<ScoreConfig>>
}

/** A statement takes a bounded number of values. */
const IDS_PER_QUERY = 500

export function createScoreConfigs(db: CatalogDb, now: () => number): ScoreConfigs {
  const own = (project: ProjectId) => db.selectFrom('score_configs').selectAll().where('project_id', '=', project)
  const byId: ScoreConfigs['byId'] = async (project, id) => {
    const row = await own(project).where('id', '=', id).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    byId,
    byIds: async (project, ids) => {
      const found: ScoreConfig[] = []
      for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
        const some = own(project).where('id', 'in', ids.slice(start, start + IDS_PER_QUERY))
        found.push(...(await some.execute()).map(fromRow))
      }
      return found
    },
    create: async (project, config) => {
      const at = now()
      const row = { id: randomUUID(), project_id: project, is_archived: 0, created_at: at, updated_at: at }
      const full = { ...row, ...toColumns(config) }
      await db.insertInto('score_configs').values(full).execute()
      return fromRow(full)
    },
    update: async (project, id, { isArchived, ...change }) => {
      const stored = await byId(project, id)
      if (!stored) return undefined
      const columns = toColumns({ ...checkable(stored), ...change })
      const archived = isArchived === undefined ? {} : { is_archived: Number(isArchived) }
      const update = db.updateTable('score_configs').set({ ...columns, ...archived, updated_at: now() })
      await update.where('id', '=', id).where('project_id', '=', project).execute()
      return await byId(project, id)
    },
    list: async (project, page) => {
      const rows = own(project).orderBy('created_at', 'desc').orderBy('id')
      return mapPage(await selectPage(rows, page), fromRow)
    },
  }
}

type ConfigRow = Selectable<CatalogTables['score_configs']>

const BOOLEAN_CATEGORIES = [
  { label: 'True', value: 1 },
  { label: 'False', value: 0 },
]

/** A stored config as it could be made anew: the categories of a BOOLEAN are not for callers to give. */
function checkable({ name, dataType, minValue, maxValue, categories, description }: ScoreConfig): NewScoreConfig {
  const own = dataType === 'BOOLEAN' ? undefined : categories
  return { name, dataType, ...defined({ minValue, maxValue, categories: own, description }) }
}

function toColumns(
  config: NewScoreConfig,
): Omit<ConfigRow, 'id' | 'project_id' | 'is_archived' | 'created_at' | 'updated_at'> {
  const issues = [...faultsOf(config)].map(([path, message]) => ({ code: 'custom', path: [path], message }))
  if (issues.length > 0) throw new AppError('bad_request', undefined, { issues })
  const categories = config.dataType === 'BOOLEAN' ? BOOLEAN_CATEGORIES : config.categories
  return {
    name: config.name,
    data_type: config.dataType,
    min_value: config.minValue ?? null,
    max_value: config.maxValue ?? null,
    categories: categories ? JSON.stringify(categories) : null,
    description: config.description ?? null,
  }
}

const NAME = /^[\p{L}\p{N}_ .()-]{1,35}$/u

type Fault = readonly [field: keyof NewScoreConfig, message: string]

function* faultsOf(config: NewScoreConfig): Generator<Fault> {
  const { name, dataType, minValue, maxValue, categories } = config
  if (!NAME.test(name)) yield ['name', 'name must be 1 to 35 letters, digits, spaces or any of _ . ( ) -']
  for (const bound of ['minValue', 'maxValue'] as const)
    if (dataType !== 'NUMERIC' && config[bound] !== undefined)
      yield [bound, `minValue and maxValue are for NUMERIC configs, not ${dataType}`]
  if (minValue !== undefined && maxValue !== undefined && maxValue <= minValue)
    yield ['maxValue', 'maxValue must be greater than minValue']
  if (dataType === 'CATEGORICAL') yield* categoryFaults(categories ?? [])
  else if (categories !== undefined) yield ['categories', `categories are for CATEGORICAL configs, not ${dataType}`]
}

function* categoryFaults(categories: NonNullable<NewScoreConfig['categories']>): Generator<Fault> {
  if (categories.length === 0) yield ['categories', 'a CATEGORICAL config needs at least one category']
  for (const part of ['label', 'value'] as const)
    if (new Set(categories.map((category) => category[part])).size < categories.length)
      yield ['categories', `category ${part}s must be unique`]
}

const DataType = z.enum(['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT'])
const Categories = z.array(z.object({ label: z.string(), value: z.number() }))

function fromRow(row: ConfigRow): ScoreConfig {
  try {
    return {
      id: row.id,
      projectId: projectId(row.project_id),
      name: row.name,
      dataType: DataType.parse(row.data_type),
      isArchived: row.is_archived !== 0,
      minValue: row.min_value ?? undefined,
      maxValue: row.max_value ?? undefined,
      categories: row.categories === null ? undefined : Categories.parse(JSON.parse(row.categories)),
      description: row.description ?? undefined,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  } catch (cause) {
    throw new AppError('internal', 'Requested score config is corrupted', { cause })
  }
}
