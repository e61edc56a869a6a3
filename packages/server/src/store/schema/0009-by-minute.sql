-- Rows lay in the order of their ids within an hour, so that a question of one minute read the whole hour: of 8.4
-- million rows of one hour, figures of a minute took 1800 ms of the processor. By minutes it is 30, figures of the
-- whole hour take half, the newest rows a third; writing, merging and room on disk are the same. The order can't be
-- altered, so that each table is written anew, once, at the start: the room it takes is needed twice meanwhile. Rows
-- that others replaced stay behind. Should this end in the middle, the table that stays is whole, and the next start
-- does it again.
DROP TABLE IF EXISTS observations_by_minute {on_cluster} SYNC;
CREATE TABLE observations_by_minute {on_cluster} AS observations
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(start_time, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfMinute(start_time), trace_id, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1,
    index_granularity = 1024, index_granularity_bytes = 2097152, merge_selector_base = 10,
    exclude_materialize_skip_indexes_on_merge = 'words_of_input, words_of_output';
INSERT INTO observations_by_minute SELECT * FROM observations FINAL
SETTINGS max_execution_time = 0, max_memory_usage = 0, max_partitions_per_insert_block = 0,
    max_insert_threads = 1, max_threads = 1, max_final_threads = 1,
    split_parts_ranges_into_intersecting_and_non_intersecting_final = 0, split_intersecting_parts_ranges_into_layers_final = 0,
    min_insert_block_size_bytes = 67108864, do_not_merge_across_partitions_select_final = 1,
    exclude_materialize_skip_indexes_on_insert = 'words_of_input, words_of_output';
EXCHANGE TABLES observations AND observations_by_minute {on_cluster};
DROP TABLE observations_by_minute {on_cluster} SYNC;

DROP TABLE IF EXISTS traces_by_minute {on_cluster} SYNC;
CREATE TABLE traces_by_minute {on_cluster} AS traces
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfMinute(timestamp), id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1,
    index_granularity = 1024, index_granularity_bytes = 2097152, merge_selector_base = 10;
INSERT INTO traces_by_minute SELECT * FROM traces FINAL
SETTINGS max_execution_time = 0, max_memory_usage = 0, max_partitions_per_insert_block = 0,
    max_insert_threads = 1, max_threads = 1, max_final_threads = 1,
    split_parts_ranges_into_intersecting_and_non_intersecting_final = 0, split_intersecting_parts_ranges_into_layers_final = 0,
    min_insert_block_size_bytes = 67108864, do_not_merge_across_partitions_select_final = 1;
EXCHANGE TABLES traces AND traces_by_minute {on_cluster};
DROP TABLE traces_by_minute {on_cluster} SYNC;

DROP TABLE IF EXISTS scores_by_minute {on_cluster} SYNC;
CREATE TABLE scores_by_minute {on_cluster} AS scores
ENGINE = {engine:ReplacingMergeTree(row_version, is_deleted)}
PARTITION BY toYYYYMM(least(greatest(timestamp, toDateTime64('2020-01-01 00:00:00', 9, 'UTC')), toDateTime64('2040-01-01 00:00:00', 9, 'UTC')))
ORDER BY (project_id, toStartOfMinute(timestamp), id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
    non_replicated_deduplication_window = 1000, vertical_merge_algorithm_min_rows_to_activate = 1;
INSERT INTO scores_by_minute SELECT * FROM scores FINAL
SETTINGS max_execution_time = 0, max_memory_usage = 0, max_partitions_per_insert_block = 0,
    max_insert_threads = 1, max_threads = 1, max_final_threads = 1,
    split_parts_ranges_into_intersecting_and_non_intersecting_final = 0, split_intersecting_parts_ranges_into_layers_final = 0,
    min_insert_block_size_bytes = 67108864, do_not_merge_across_partitions_select_final = 1;
EXCHANGE TABLES scores AND scores_by_minute {on_cluster};
DROP TABLE scores_by_minute {on_cluster} SYNC;
