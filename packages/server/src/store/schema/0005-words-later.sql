-- Words are hashed anew at each insert and at each merge that a row passes through: half of what the engine did for
-- payloads of 12 KB, a third for those of 1 KB. Now it is done once what was merged has settled (jobs/index-words.ts,
-- and INSERT_SETTINGS for inserts); a part without these indices is read whole.
ALTER TABLE observations {on_cluster} MODIFY SETTING exclude_materialize_skip_indexes_on_merge = 'words_of_input, words_of_output';
