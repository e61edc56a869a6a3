/**
 * What a score was given to. Metrics join scores with these INNER: a score without the partner that
 * a dimension or a filter speaks of does not count (public-api contract §12.1).
 */
import type { ProjectId } from '#domain/ids.ts'
import { type Sql, sql } from '#store/sql.ts'
import { ofProject } from './reader.ts'

export interface Partner {
  /** Of the score. */
  readonly key: Sql
  /** The partner's column that equals it. */
  readonly id: Sql
  /** What follows FROM for all partners; conditions may be added with AND. */
  rows(projectId: ProjectId): Sql
}

export const TRACE_OF_SCORE: Partner = {
  key: sql`trace_id`,
  id: sql`id`,
  rows: (projectId) => sql`traces FINAL WHERE ${ofProject(projectId)}`,
}

export const OBSERVATION_OF_SCORE: Partner = {
  key: sql`observation_id`,
  id: sql`id`,
  rows: (projectId) => sql`observations FINAL WHERE ${ofProject(projectId)}`,
}

/** By the run that the score names, or else by a span of its trace that names one. */
export const EXPERIMENT_OF_SCORE: Partner = {
  key: sql`if(dataset_run_id != '', concat('run ', dataset_run_id), concat('trace ', trace_id))`,
  id: sql`arrayJoin([concat('run ', experiment_id), concat('trace ', trace_id)])`,
  rows: (projectId) => sql`observations FINAL WHERE ${ofProject(projectId)} AND experiment_id != ''`,
}
