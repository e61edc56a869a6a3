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
    image_hosts: string
    created_at: number
    updated_at: number
  }
  deleted_projects: { id: string; deleted_at: number }
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
    expires_at: number | null
  }
  organization_keys: {
    id: string
    organization_id: string
    public_key: string
    secret_hash: string
    display_secret: string
    note: string | null
    created_at: number
    last_used_at: number | null
  }
  users: {
    id: string
    email: string
    name: string
    created_at: number
    updated_at: number
    password_hash: Generated<string | null>
  }
  browser_sessions: {
    id: string
    secret_hash: string
    /** What the secret was before it was last renewed; good for a moment longer. */
    previous_hash: string | null
    /** Null for a session of the token, whose hash is then in `token_hash`. */
    user_id: string | null
    token_hash: string | null
    created_at: number
    renewed_at: number
    expires_at: number
  }
  organization_memberships: {
    organization_id: string
    user_id: string
    role: string
    created_at: number
    updated_at: number
  }
  project_memberships: { project_id: string; user_id: string; role: string; created_at: number; updated_at: number }
  blob_storage_integrations: {
    id: string
    project_id: string
    settings: string
    sealed_secret: string | null
    created_at: number
    updated_at: number
  }
  dashboards: {
    id: string
    project_id: string
    name: string
    created_at: number
    updated_at: number
    description: string
    placements: string
    filters: string
  }
  dashboard_widgets: {
    id: string
    project_id: string
    name: string
    created_at: number
    updated_at: number
    description: string
    definition: string
  }
  evaluators: {
    id: string
    project_id: string
    name: string
    created_at: number
    updated_at: number
    description: string | null
    type: string
    latest_version: number
  }
  evaluator_versions: {
    id: string
    project_id: string
    evaluator_id: string
    version: number
    definition: string
    created_at: number
  }
  evaluation_rules: {
    id: string
    project_id: string
    name: string
    created_at: number
    updated_at: number
    is_enabled: number
    sampling: number
    filter: string
  }
  evaluation_rule_evaluators: {
    project_id: string
    rule_id: string
    evaluator_id: string
    position: number
    mapping: string | null
    created_at: number
  }
  skills: { project_id: string; name: string; tags: string }
  skill_versions: {
    id: string
    project_id: string
    name: string
    created_at: number
    updated_at: number
    version: number
    description: string
    frontmatter: string
    labels: string
    commit_message: string | null
    files: string
  }
  skill_files: { project_id: string; sha256: string; id: string; content: string; created_at: number }
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
  prompts: { id: string; project_id: string; name: string; type: string }
  prompt_versions: {
    id: string
    prompt_id: string
    version: number
    content: string
    config: string
    commit_message: string | null
    created_by: string
    created_at: number
    updated_at: number
  }
  prompt_labels: { prompt_id: string; label: string; version_id: string; position: number }
  prompt_tags: { prompt_id: string; position: number; tag: string }
  prompt_config_values: { version_id: string; key: string; value: string }
  prompt_references: {
    project_id: string
    version_id: string
    name: string
    version: number | null
    label: string | null
  }
  media: {
    project_id: string
    id: string
    sha256: string
    content_type: string
    content_length: number
    uploaded_at: number | null
    failed_http_status: number | null
    failed_message: string | null
    created_at: number
    updated_at: number
  }
  comments: {
    id: string
    project_id: string
    object_type: string
    object_id: string
    content: string
    author_user_id: string | null
    created_at: number
    updated_at: number
  }
  annotation_queues: {
    id: string
    project_id: string
    name: string
    description: string | null
    score_config_ids: string
    created_at: number
    updated_at: number
  }
  annotation_queue_items: {
    id: string
    project_id: string
    queue_id: string
    object_id: string
    object_type: string
    status: string
    completed_at: number | null
    created_at: number
    updated_at: number
  }
  annotation_queue_assignments: { project_id: string; queue_id: string; user_id: string; created_at: number }
  llm_connections: {
    id: string
    project_id: string
    provider: string
    adapter: string
    sealed_secret: string
    display_secret: string
    base_url: string | null
    custom_models: string
    with_default_models: number
    sealed_headers: string | null
    header_names: string
    config: string | null
    created_at: number
    updated_at: number
  }
  feedback: {
    id: string
    project_id: string
    target_type: string
    target: string
    feedback: string
    goal: string | null
    reference_url: string | null
    created_at: number
  }
  media_links: {
    id: string
    project_id: string
    media_id: string
    trace_id: string | null
    observation_id: string | null
    dataset_id: string | null
    dataset_item_id: string | null
    field: string
    created_at: number
  }
  datasets: {
    id: string
    project_id: string
    name: string
    description: string | null
    metadata: string | null
    input_schema: string | null
    expected_output_schema: string | null
    /** The newest instant that a version of an item was given. */
    last_write_at: number
    created_at: number
    updated_at: number
  }
  dataset_item_versions: {
    dataset_id: string
    valid_from: number
    /** From then on another version stands, or none; null while this one does. */
    valid_to: number | null
    project_id: string
    id: string
    status: string
    input: string | null
    expected_output: string | null
    metadata: string | null
    source_trace_id: string | null
    source_observation_id: string | null
  }
  /** The media that any version of an item of the dataset names. */
  dataset_item_media: { dataset_id: string; project_id: string; media_id: string }
  dataset_runs: {
    id: string
    project_id: string
    dataset_id: string
    name: string
    description: string | null
    metadata: string | null
    created_at: number
    updated_at: number
  }
  dataset_run_items: {
    id: string
    project_id: string
    run_id: string
    item_id: string
    trace_id: string
    observation_id: string | null
    created_at: number
    updated_at: number
  }
  saved_views: {
    id: string
    project_id: string
    table_name: string
    name: string
    state: string
    created_at: number
    updated_at: number
  }
  bulk_jobs: {
    id: string
    project_id: string
    action: string
    selection: string
    state: string
    done: number
    total: number
    cursor: string | null
    error: string | null
    requested_by: string
    not_before: number
    created_at: number
    updated_at: number
    failures: number
    retry_at: number | null
  }
  removed_dataset_runs: { project_id: string; run_id: string; removed_at: number }
}

export type CatalogDb = Kysely<CatalogTables>
