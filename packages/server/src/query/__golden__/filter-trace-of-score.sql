(trace_id IN (SELECT id FROM traces FINAL WHERE project_id = 'p1' AND (hasAny(tags, ['x']))))
