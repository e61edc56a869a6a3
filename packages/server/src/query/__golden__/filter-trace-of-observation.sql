((NOT (user_id = '') AND NOT (user_id IN (['u']))) OR ((user_id = '') AND trace_id NOT IN (SELECT id FROM traces FINAL WHERE project_id = 'p1' AND NOT ifNull(NOT (user_id IN (['u'])), 0))))
