-- Full text looks at payloads and names at once, and passes over a grain only where each of them has an index.
ALTER TABLE observations {on_cluster}
    ADD INDEX IF NOT EXISTS words_of_name lower(name) TYPE tokenbf_v1(8192, 3, 0) GRANULARITY 1;
ALTER TABLE observations {on_cluster} MATERIALIZE INDEX words_of_name SETTINGS mutations_sync = 0;
