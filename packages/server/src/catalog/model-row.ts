import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import type { Model } from '#domain/model.ts'
import type { CatalogTables } from './database.ts'

export type ModelRow = Selectable<CatalogTables['models']>

const Condition = z.union([
  z.object({
    usageDetailPattern: z.string(),
    operator: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
    value: z.number(),
    caseSensitive: z.boolean().exactOptional(),
  }),
  z.object({
    source: z.enum(['model_parameters', 'metadata']),
    key: z.string(),
    operator: z.literal('in'),
    values: z.array(z.string()),
  }),
])

const Tiers = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    isDefault: z.boolean(),
    priority: z.number(),
    conditions: z.array(Condition),
    prices: z.record(z.string(), z.number()),
  }),
)

const Tokenizer = z.looseObject({
  tokenizerModel: z.string().exactOptional(),
  tokensPerMessage: z.number().exactOptional(),
  tokensPerName: z.number().exactOptional(),
})

/** @throws AppError `internal` when what is stored is no model */
export function fromModelRow(row: ModelRow): Model {
  try {
    return {
      id: row.id,
      projectId: projectId(row.project_id),
      modelName: row.model_name,
      matchPattern: row.match_pattern,
      startDate: row.start_date ?? undefined,
      unit: row.unit ?? undefined,
      tokenizerId: row.tokenizer_id ?? undefined,
      tokenizerConfig: row.tokenizer_config === null ? undefined : Tokenizer.parse(JSON.parse(row.tokenizer_config)),
      tiers: Tiers.parse(JSON.parse(row.tiers)),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  } catch (cause) {
    throw new AppError('internal', `The stored model ${row.id} is corrupted`, { cause })
  }
}

export function toModelRow(model: Model, project: string): ModelRow {
  return {
    id: model.id,
    project_id: project,
    model_name: model.modelName,
    match_pattern: model.matchPattern,
    start_date: model.startDate ?? null,
    unit: model.unit ?? null,
    tokenizer_id: model.tokenizerId ?? null,
    tokenizer_config: model.tokenizerConfig ? JSON.stringify(model.tokenizerConfig) : null,
    tiers: JSON.stringify(model.tiers),
    created_at: model.createdAt,
    updated_at: model.updatedAt,
  }
}
