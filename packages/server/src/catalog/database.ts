import type { Generated, Kysely } from 'kysely'

/**
 * The catalogue's tables, in the part of SQL that SQLite and Postgres share: text, 64-bit integers
 * and doubles only. Instants are milliseconds since the epoch, truth values are 0 and 1, structures
 * are JSON text. The columns are created by migrations/; a test holds the two together.
 */
export interface CatalogTables {
  settings: { name: string; value: string }
  organizations: { id: string; name: string; created_at: number }
  projects: {
    id: string
    organization_id: string
    name: string
    metadata: string
    retention_days: number | null
    created_at: number
    updated_at: number
  }
  api_keys: {
    id: string
    project_id: string
    public_key: string
    secret_hash: string
    display_secret: string
    note: string | null
    is_configured: Generated<number>
    created_at: number
    last_used_at: number | null
  }
  models: {
    id: string
    project_id: string
    model_name: string
    match_pattern: string
    start_date: number | null
    unit: string | null
    tokenizer_id: string | null
    tokenizer_config: string | null
    tiers: string
    created_at: number
    updated_at: number
  }
  score_configs: {
    id: string
    project_id: string
    name: string
    data_type: string
    is_archived: Generated<number>
    min_value: number | null
    max_value: number | null
    categories: string | null
    description: string | null
    created_at: number
    updated_at: number
  }
  idempotency_keys: { id: string; project_id: string; received_at: number }
}

export type CatalogDb = Kysely<CatalogTables>
