-- What is left of days whose traces and observations retention took away: their counts and sums, by all that the
-- daily metrics can be asked for. A day is written as one block, before its rows go; counted_to is the position
-- in the event log up to which its changes are in here, so that a day that is counted again after a crash is not
-- counted twice.
CREATE TABLE IF NOT EXISTS daily_usage {on_cluster}
(
    project_id          LowCardinality(String),
    day                 Date32,
    counted_to          UInt64,
    -- Facts of the traces.
    name                String,
    user_id             String,
    release             LowCardinality(String),
    version             LowCardinality(String),
    environment         LowCardinality(String),
    tags                Array(LowCardinality(String)),
    -- Of the observations; '' where the row counts traces, or the observations named none.
    model               LowCardinality(String),
    traces              UInt64,
    observations        UInt64,
    -- Traces that the observations belong to.
    observed_traces     UInt64,
    input_tokens        UInt64,
    output_tokens       UInt64,
    total_tokens        UInt64,
    cost                Float64
)
ENGINE = {engine:MergeTree}
ORDER BY (project_id, day, model, name)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
