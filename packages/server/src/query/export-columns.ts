import { type Sql, sql } from '#store/sql.ts'
import { inputTokens, latency, outputTokens, timeToFirstToken, totalTokens } from './measures.ts'

/** What can be exported. */
export const EXPORT_SUBJECTS = ['traces', 'observations', 'scores', 'metrics'] as const
export type ExportSubject = (typeof EXPORT_SUBJECTS)[number]

export interface ExportColumn {
  readonly name: string
  readonly sql: Sql
  /** A list or a map: in CSV, which has none, JSON text. */
  readonly isStructure?: boolean
}

const plain = (...names: readonly PlainName[]): ExportColumn[] => names.map((name) => ({ name, sql: PLAIN[name] }))
const structure = (name: StructureName): ExportColumn => ({ name, sql: STRUCTURES[name], isStructure: true })

/** Columns as they are kept; text is '' where it is absent, inputs, outputs and metadata are JSON text. */
const PLAIN = {
  id: sql`id`,
  trace_id: sql`trace_id`,
  observation_id: sql`observation_id`,
  parent_observation_id: sql`parent_observation_id`,
  session_id: sql`session_id`,
  user_id: sql`user_id`,
  dataset_run_id: sql`dataset_run_id`,
  timestamp: sql`timestamp`,
  start_time: sql`start_time`,
  end_time: sql`end_time`,
  completion_start_time: sql`completion_start_time`,
  name: sql`name`,
  type: sql`type`,
  environment: sql`environment`,
  release: sql`release`,
  version: sql`version`,
  level: sql`level`,
  status_message: sql`status_message`,
  model: sql`model`,
  model_parameters: sql`model_parameters`,
  prompt_name: sql`prompt_name`,
  prompt_version: sql`prompt_version`,
  public: sql`public`,
  bookmarked: sql`bookmarked`,
  input: sql`input`,
  output: sql`output`,
  metadata: sql`metadata`,
  total_cost: sql`total_cost`,
  data_type: sql`data_type`,
  value: sql`value`,
  string_value: sql`string_value`,
  source: sql`source`,
  comment: sql`comment`,
  config_id: sql`config_id`,
  created_at: sql`created_at`,
  updated_at: sql`updated_at`,
} as const
type PlainName = keyof typeof PLAIN

const STRUCTURES = { tags: sql`tags`, usage: sql`usage`, cost: sql`cost`, labels: sql`labels` } as const
type StructureName = keyof typeof STRUCTURES

export const EXPORT_COLUMNS: Readonly<Record<ExportSubject, readonly ExportColumn[]>> = {
  traces: [
    ...plain('id', 'timestamp', 'name', 'user_id', 'session_id', 'environment', 'release', 'version'),
    structure('tags'),
    ...plain('public', 'bookmarked', 'input', 'output', 'metadata', 'created_at', 'updated_at'),
  ],
  observations: [
    ...plain('id', 'trace_id', 'parent_observation_id', 'type', 'name', 'start_time', 'end_time'),
    ...plain('completion_start_time', 'environment', 'level', 'status_message', 'version', 'model', 'model_parameters'),
    ...plain('prompt_name', 'prompt_version', 'input', 'output', 'metadata'),
    structure('usage'),
    structure('cost'),
    { name: 'input_tokens', sql: sql`${inputTokens} AS input_tokens` },
    { name: 'output_tokens', sql: sql`${outputTokens} AS output_tokens` },
    { name: 'total_tokens', sql: sql`${totalTokens} AS total_tokens` },
    ...plain('total_cost'),
    { name: 'latency_seconds', sql: sql`${latency} AS latency_seconds` },
    { name: 'time_to_first_token_seconds', sql: sql`${timeToFirstToken} AS time_to_first_token_seconds` },
    ...plain('created_at', 'updated_at'),
  ],
  scores: [
    ...plain('id', 'timestamp', 'trace_id', 'observation_id', 'session_id', 'dataset_run_id', 'name', 'data_type'),
    ...plain('value', 'string_value', 'source', 'environment', 'comment', 'metadata', 'config_id'),
    ...plain('created_at', 'updated_at'),
  ],
  metrics: [...plain('name'), structure('labels'), ...plain('timestamp', 'value')],
}
