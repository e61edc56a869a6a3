/** The types of the columns that rows have; a test holds them to the tables. */
import type { Table } from '#store/engine.ts'

/** ClickHouse's names of the types that occur. */
export type ColumnType =
  | 'String'
  | 'LowCardinality(String)'
  | "DateTime64(9, 'UTC')"
  | "Nullable(DateTime64(9, 'UTC'))"
  | "DateTime64(3, 'UTC')"
  | 'Bool'
  | 'UInt8'
  | 'UInt64'
  | 'Float64'
  | 'Nullable(Float64)'
  | 'Nullable(UInt32)'
  | 'Map(LowCardinality(String), UInt64)'
  | 'Map(LowCardinality(String), Float64)'
  | 'Map(String, String)'
  | 'Array(String)'
  | 'Array(LowCardinality(String))'

export type Columns = Readonly<Record<string, ColumnType>>

const ORIGIN = {
  api_key: 'LowCardinality(String)',
  sdk_name: 'LowCardinality(String)',
  sdk_version: 'LowCardinality(String)',
  via: 'LowCardinality(String)',
} as const

const HISTORY = {
  created_at: "DateTime64(3, 'UTC')",
  updated_at: "DateTime64(3, 'UTC')",
  clock: 'String',
  row_version: 'UInt64',
  is_deleted: 'UInt8',
} as const

const EXPERIMENT = {
  experiment_id: 'String',
  experiment_name: 'String',
  experiment_description: 'String',
  experiment_dataset_id: 'String',
  experiment_item_id: 'String',
  experiment_item_version: 'String',
  experiment_item_root_observation_id: 'String',
  experiment_item_expected_output: 'String',
  experiment_metadata: 'String',
  experiment_item_metadata: 'String',
} as const

export const COLUMNS: Readonly<Record<Table, Columns>> = {
  traces: {
    project_id: 'LowCardinality(String)',
    id: 'String',
    timestamp: "DateTime64(9, 'UTC')",
    name: 'String',
    user_id: 'String',
    session_id: 'String',
    release: 'LowCardinality(String)',
    version: 'LowCardinality(String)',
    external_id: 'String',
    environment: 'LowCardinality(String)',
    public: 'Bool',
    bookmarked: 'Bool',
    tags: 'Array(LowCardinality(String))',
    input: 'String',
    output: 'String',
    metadata: 'String',
    ...ORIGIN,
    ...HISTORY,
  },
  observations: {
    project_id: 'LowCardinality(String)',
    id: 'String',
    trace_id: 'String',
    type: 'LowCardinality(String)',
    parent_observation_id: 'String',
    name: 'String',
    start_time: "DateTime64(9, 'UTC')",
    end_time: "Nullable(DateTime64(9, 'UTC'))",
    completion_start_time: "Nullable(DateTime64(9, 'UTC'))",
    environment: 'LowCardinality(String)',
    level: 'LowCardinality(String)',
    status_message: 'String',
    version: 'LowCardinality(String)',
    release: 'LowCardinality(String)',
    model: 'LowCardinality(String)',
    model_id: 'LowCardinality(String)',
    model_parameters: 'String',
    input: 'String',
    output: 'String',
    metadata: 'String',
    provided_usage: 'Map(LowCardinality(String), UInt64)',
    provided_cost: 'Map(LowCardinality(String), Float64)',
    usage: 'Map(LowCardinality(String), UInt64)',
    cost: 'Map(LowCardinality(String), Float64)',
    total_cost: 'Nullable(Float64)',
    pricing_tier_id: 'LowCardinality(String)',
    pricing_tier_name: 'LowCardinality(String)',
    prompt_id: 'LowCardinality(String)',
    prompt_name: 'LowCardinality(String)',
    prompt_version: 'Nullable(UInt32)',
    tool_definitions: 'Map(String, String)',
    tool_calls: 'Array(String)',
    tool_call_names: 'Array(LowCardinality(String))',
    user_id: 'String',
    session_id: 'String',
    trace_name: 'String',
    tags: 'Array(LowCardinality(String))',
    public: 'Bool',
    is_app_root: 'Bool',
    ...EXPERIMENT,
    ...ORIGIN,
    ...HISTORY,
  },
  scores: {
    project_id: 'LowCardinality(String)',
    id: 'String',
    timestamp: "DateTime64(9, 'UTC')",
    trace_id: 'String',
    observation_id: 'String',
    session_id: 'String',
    dataset_run_id: 'String',
    name: 'LowCardinality(String)',
    data_type: 'LowCardinality(String)',
    value: 'Float64',
    string_value: 'String',
    source: 'LowCardinality(String)',
    environment: 'LowCardinality(String)',
    comment: 'String',
    metadata: 'String',
    config_id: 'LowCardinality(String)',
    queue_id: 'LowCardinality(String)',
    execution_trace_id: 'String',
    author_user_id: 'LowCardinality(String)',
    ...ORIGIN,
    ...HISTORY,
  },
  metric_series: {
    project_id: 'LowCardinality(String)',
    name: 'LowCardinality(String)',
    series_id: 'UInt64',
    labels: 'Map(String, String)',
  },
  metric_points: {
    project_id: 'LowCardinality(String)',
    name: 'LowCardinality(String)',
    series_id: 'UInt64',
    timestamp: "DateTime64(9, 'UTC')",
    value: 'Float64',
    point_id: 'UInt64',
  },
}
