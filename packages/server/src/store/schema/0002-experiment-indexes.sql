-- Few spans belong to one run, and few scores: what asks for a run by its id passes over the rest. (A range
-- of experiment_id, to pass over what belongs to no run at all, made such questions slower under FINAL.)
ALTER TABLE observations {on_cluster} ADD INDEX IF NOT EXISTS by_experiment experiment_id TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE scores {on_cluster} ADD INDEX IF NOT EXISTS by_dataset_run dataset_run_id TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE observations {on_cluster} MATERIALIZE INDEX by_experiment;
ALTER TABLE scores {on_cluster} MATERIALIZE INDEX by_dataset_run;
