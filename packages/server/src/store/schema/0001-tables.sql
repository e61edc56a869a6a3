-- The tables of the store. Text is '' where it is absent; instants are UTC.
-- row_version is the position in the event log of the last change, so that a replay writes the
-- same row again; a row with is_deleted = 1 takes away the row of the same sort key.
-- {on_cluster} and {engine:…} are rendered by store/migrate.ts.
--
-- A month is a partition from 2020 to 2040; what lies outside goes to the first or the last one, so
-- that odd clocks can't make thousands of them. The sort key determines the partition, which lets
-- FINAL work on each alone (do_not_merge_across_partitions_select_final).
--
-- An insert and a merge are on the disk before they count: what the event log lets go of must
-- survive a loss of power. A repeated insert is recognised by its token. Wide tables merge column
-- by column from the first row on: measured with 60 000 observations, 93 MB instead of 487, and faster.

CREATE TABLE IF NOT EXISTS traces {on_cluster}
(
    project_id      LowCardinality(String),
    id              String,
    timestamp       DateTime64(9, 'UTC') CODEC(Delta, ZSTD),
    name            String,
    user_id         String,
    session_id      String,
    release         LowCardinality(String),
    version         LowCardinality(String),
    external_id     String,
    environment     LowCardinality(String),
    public          Bool,
    bookmarked      Bool,
    tags            Array(LowCardinality(String)),
    input           String CODEC(ZSTD),
    output          String CODEC(ZSTD),
    metadata        String CODEC(ZSTD),
    api_key         LowCardinality(String),
    sdk_name        LowCardinality(String),
    sdk_version     LowCardinality(String),
    via             LowCardinality(String),
    created_at      DateTime64(3, 'UTC'),
    updated_at      DateTime64(3, 'UTC'),
    -- What the fold needs to merge a later change (domain/fold): JSON.
    clock           String CODEC(ZSTD),
    row_version     UInt64 CODEC(Delta, ZSTD),
    is_deleted      UInt8,
    INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_user user_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfHour(timestamp), id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1;

CREATE TABLE IF NOT EXISTS observations {on_cluster}
(
    project_id                          LowCardinality(String),
    id                                  String,
    trace_id                            String,
    type                                LowCardinality(String),
    parent_observation_id               String,
    name                                String,
    start_time                          DateTime64(9, 'UTC') CODEC(Delta, ZSTD),
    end_time                            Nullable(DateTime64(9, 'UTC')) CODEC(Delta, ZSTD),
    completion_start_time               Nullable(DateTime64(9, 'UTC')) CODEC(Delta, ZSTD),
    environment                         LowCardinality(String),
    level                               LowCardinality(String),
    status_message                      String,
    version                             LowCardinality(String),
    release                             LowCardinality(String),
    model                               LowCardinality(String),
    model_id                            LowCardinality(String),
    model_parameters                    String,
    input                               String CODEC(ZSTD),
    output                              String CODEC(ZSTD),
    metadata                            String CODEC(ZSTD),
    provided_usage                      Map(LowCardinality(String), UInt64),
    provided_cost                       Map(LowCardinality(String), Float64),
    usage                               Map(LowCardinality(String), UInt64),
    cost                                Map(LowCardinality(String), Float64),
    total_cost                          Nullable(Float64),
    pricing_tier_id                     LowCardinality(String),
    pricing_tier_name                   LowCardinality(String),
    prompt_id                           LowCardinality(String),
    prompt_name                         LowCardinality(String),
    prompt_version                      Nullable(UInt32),
    tool_definitions                    Map(String, String),
    tool_calls                          Array(String),
    tool_call_names                     Array(LowCardinality(String)),
    -- Trace-level facts that the span itself carried; the trace's own are in `traces`.
    user_id                             String,
    session_id                          String,
    trace_name                          String,
    tags                                Array(LowCardinality(String)),
    public                              Bool,
    is_app_root                         Bool,
    experiment_id                       String,
    experiment_name                     String,
    experiment_description              String,
    experiment_dataset_id               String,
    experiment_item_id                  String,
    experiment_item_version             String,
    experiment_item_root_observation_id String,
    experiment_item_expected_output     String CODEC(ZSTD),
    experiment_metadata                 String CODEC(ZSTD),
    experiment_item_metadata            String CODEC(ZSTD),
    api_key                             LowCardinality(String),
    sdk_name                            LowCardinality(String),
    sdk_version                         LowCardinality(String),
    via                                 LowCardinality(String),
    created_at                          DateTime64(3, 'UTC'),
    updated_at                          DateTime64(3, 'UTC'),
    clock                               String CODEC(ZSTD),
    row_version                         UInt64 CODEC(Delta, ZSTD),
    is_deleted                          UInt8,
    INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(start_time, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfHour(start_time), trace_id, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1;

CREATE TABLE IF NOT EXISTS scores {on_cluster}
(
    project_id          LowCardinality(String),
    id                  String,
    timestamp           DateTime64(9, 'UTC') CODEC(Delta, ZSTD),
    trace_id            String,
    observation_id      String,
    session_id          String,
    dataset_run_id      String,
    name                LowCardinality(String),
    data_type           LowCardinality(String),
    value               Float64,
    string_value        String,
    source              LowCardinality(String),
    environment         LowCardinality(String),
    comment             String,
    metadata            String CODEC(ZSTD),
    config_id           LowCardinality(String),
    queue_id            LowCardinality(String),
    execution_trace_id  String,
    author_user_id      LowCardinality(String),
    api_key             LowCardinality(String),
    sdk_name            LowCardinality(String),
    sdk_version         LowCardinality(String),
    via                 LowCardinality(String),
    created_at          DateTime64(3, 'UTC'),
    updated_at          DateTime64(3, 'UTC'),
    clock               String CODEC(ZSTD),
    row_version         UInt64 CODEC(Delta, ZSTD),
    is_deleted          UInt8,
    INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfHour(timestamp), id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1;

-- One row a label set. series_id is a 64-bit hash of the sorted labels.
CREATE TABLE IF NOT EXISTS metric_series {on_cluster}
(
    project_id  LowCardinality(String),
    name        LowCardinality(String),
    series_id   UInt64,
    labels      Map(String, String)
)
ENGINE = {engine:ReplacingMergeTree}
ORDER BY (project_id, name, series_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000;

-- point_id tells equal points of different requests apart and makes a replay write the same row.
CREATE TABLE IF NOT EXISTS metric_points {on_cluster}
(
    project_id  LowCardinality(String),
    name        LowCardinality(String),
    series_id   UInt64,
    timestamp   DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD),
    value       Float64 CODEC(Gorilla, ZSTD),
    point_id    UInt64
)
ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, name, series_id, timestamp, point_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000;
