-- One row of a table is read by decompressing the grain that it lies in. At 8192 rows of 1 KB that was most of
-- what opening a trace cost; grains of 1024 rows, and of 2 MB where payloads are long, give the same answer for a
-- third of the work, and scans take no longer. The width of a grain can't be altered, so that each table moves
-- into a new one: its parts are linked, not copied, keep their grains, and get new ones when they are merged.
-- Should this end in the middle, the table that stays is whole, and the next start does it again.
DROP TABLE IF EXISTS observations_fine {on_cluster} SYNC;
CREATE TABLE observations_fine {on_cluster} AS observations
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(start_time, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfHour(start_time), trace_id, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1,
    index_granularity = 1024, index_granularity_bytes = 2097152;
ALTER TABLE observations_fine {on_cluster} ATTACH PARTITION ALL FROM observations;
EXCHANGE TABLES observations AND observations_fine {on_cluster};
DROP TABLE observations_fine {on_cluster} SYNC;

DROP TABLE IF EXISTS traces_fine {on_cluster} SYNC;
CREATE TABLE traces_fine {on_cluster} AS traces
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfHour(timestamp), id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1,
    index_granularity = 1024, index_granularity_bytes = 2097152;
ALTER TABLE traces_fine {on_cluster} ATTACH PARTITION ALL FROM traces;
EXCHANGE TABLES traces AND traces_fine {on_cluster};
DROP TABLE traces_fine {on_cluster} SYNC;

-- One entry for 8 grains, as there was for one before: a page of 50 traces checks each of their ids against each
-- entry. A second for each million rows; look-ups go through all rows until then, so that the start waits for it.
ALTER TABLE observations {on_cluster} DROP INDEX IF EXISTS by_id, DROP INDEX IF EXISTS by_trace;
ALTER TABLE observations {on_cluster}
    ADD INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 8,
    ADD INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 8;
ALTER TABLE observations {on_cluster} MATERIALIZE INDEX by_id, MATERIALIZE INDEX by_trace SETTINGS mutations_sync = 1;
ALTER TABLE traces {on_cluster} DROP INDEX IF EXISTS by_id, DROP INDEX IF EXISTS by_session, DROP INDEX IF EXISTS by_user;
ALTER TABLE traces {on_cluster}
    ADD INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 8,
    ADD INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 8,
    ADD INDEX by_user user_id TYPE bloom_filter(0.01) GRANULARITY 8;
ALTER TABLE traces {on_cluster}
    MATERIALIZE INDEX by_id, MATERIALIZE INDEX by_session, MATERIALIZE INDEX by_user SETTINGS mutations_sync = 1;

-- What every dashboard sums up, computed once instead of from the maps at each question (of a million
-- observations by day and model: half of the time). Old parts are filled in the background; until then these
-- are computed as they were before.
ALTER TABLE observations {on_cluster}
    ADD COLUMN IF NOT EXISTS usage_input UInt64 MATERIALIZED arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, usage))),
    ADD COLUMN IF NOT EXISTS usage_output UInt64 MATERIALIZED arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0, usage))),
    ADD COLUMN IF NOT EXISTS usage_total UInt64 MATERIALIZED usage['total'],
    ADD COLUMN IF NOT EXISTS cost_input Float64 MATERIALIZED arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, cost))),
    ADD COLUMN IF NOT EXISTS cost_output Float64 MATERIALIZED arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0, cost)));

-- Words of payloads, for `matches`: grains that lack a word are passed over. A text index finds it faster still,
-- but cost 37 microseconds an observation of 1 KB when written, as much as all the rest; this one costs 5.
ALTER TABLE observations {on_cluster}
    ADD INDEX IF NOT EXISTS words_of_input lower(input) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1,
    ADD INDEX IF NOT EXISTS words_of_output lower(output) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1;

-- In the background; last, since a change of the table would wait for it.
ALTER TABLE observations {on_cluster}
    MATERIALIZE COLUMN usage_input, MATERIALIZE COLUMN usage_output, MATERIALIZE COLUMN usage_total,
    MATERIALIZE COLUMN cost_input, MATERIALIZE COLUMN cost_output,
    MATERIALIZE INDEX words_of_input, MATERIALIZE INDEX words_of_output SETTINGS mutations_sync = 0;
