import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { ScoreConfig, ScoreConfigFinder } from '#domain/score-config.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

export type NewScoreConfig = Pick<ScoreConfig, 'name' | 'dataType'> &
  Partial<Pick<ScoreConfig, 'minValue' | 'maxValue' | 'categories' | 'description'>>

export interface ScoreConfigs extends ScoreConfigFinder {
  /** @throws AppError `bad_request` with what breaks the rules of public-api contract §8 */
  create(projectId: ProjectId, config: NewScoreConfig): Promise<ScoreConfig>
  /** After this, scores that name the config are refused; false when the project has no such config. */
  archive(projectId: ProjectId, id: string): Promise<boolean>
}

export function createScoreConfigs(db: CatalogDb, now: () => number): ScoreConfigs {
  return {
    create: async (project, config) => {
      const row = toRow(project, config, now())
      await db.insertInto('score_configs').values(row).execute()
      return fromRow(row)
    },
    byId: async (project, id) => {
      const own = db.selectFrom('score_configs').selectAll().where('id', '=', id).where('project_id', '=', project)
      const row = await own.executeTakeFirst()
      return row && fromRow(row)
    },
    archive: async (project, id) => {
      const update = db.updateTable('score_configs').set({ is_archived: 1, updated_at: now() })
      const done = await update.where('id', '=', id).where('project_id', '=', project).executeTakeFirst()
      return done.numUpdatedRows > 0n
    },
  }
}

type ConfigRow = Selectable<CatalogTables['score_configs']>

const BOOLEAN_CATEGORIES = [
  { label: 'True', value: 1 },
  { label: 'False', value: 0 },
]

function toRow(project: ProjectId, config: NewScoreConfig, at: number): ConfigRow {
  const fault = faultOf(config)
  if (fault) throw new AppError('bad_request', fault)
  const categories = config.dataType === 'BOOLEAN' ? BOOLEAN_CATEGORIES : config.categories
  return {
    id: randomUUID(),
    project_id: project,
    name: config.name,
    data_type: config.dataType,
    is_archived: 0,
    min_value: config.minValue ?? null,
    max_value: config.maxValue ?? null,
    categories: categories ? JSON.stringify(categories) : null,
    description: config.description ?? null,
    created_at: at,
    updated_at: at,
  }
}

const NAME = /^[\p{L}\p{N}_ .()-]{1,35}$/u

function faultOf(config: NewScoreConfig): string | undefined {
  const { name, dataType, minValue, maxValue, categories } = config
  if (!NAME.test(name)) return 'name must be 1 to 35 letters, digits, spaces or any of _ . ( ) -'
  if (dataType !== 'NUMERIC' && (minValue !== undefined || maxValue !== undefined))
    return `minValue and maxValue are for NUMERIC configs, not ${dataType}`
  if (minValue !== undefined && maxValue !== undefined && maxValue <= minValue)
    return 'maxValue must be greater than minValue'
  if (dataType === 'CATEGORICAL') return faultOfCategories(categories)
  return categories === undefined ? undefined : `categories are for CATEGORICAL configs, not ${dataType}`
}

function faultOfCategories(categories: NewScoreConfig['categories']): string | undefined {
  if (!categories || categories.length === 0) return 'a CATEGORICAL config needs at least one category'
  if (new Set(categories.map(({ label }) => label)).size < categories.length) return 'category labels must be unique'
  if (new Set(categories.map(({ value }) => value)).size < categories.length) return 'category values must be unique'
  return undefined
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
