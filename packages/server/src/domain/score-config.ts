import type { ProjectId } from '#domain/ids.ts'
import type { ScoreDataType } from '#domain/score.ts'

/** What the scores of one name may look like (public-api contract §8). */
export interface ScoreConfig {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly dataType: Exclude<ScoreDataType, 'CORRECTION'>
  readonly isArchived: boolean
  readonly minValue: number | undefined
  readonly maxValue: number | undefined
  readonly categories: readonly { readonly label: string; readonly value: number }[] | undefined
  readonly description: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

export interface ScoreConfigFinder {
  /** Those of the project that exist, in any order. */
  byIds(projectId: ProjectId, ids: readonly string[]): Promise<readonly ScoreConfig[]>
}
