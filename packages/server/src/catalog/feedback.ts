import { randomUUID } from 'node:crypto'
import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'

export interface NewFeedback {
  readonly targetType: string
  readonly target: string
  readonly feedback: string
  readonly goal: string | undefined
  readonly referenceUrl: string | undefined
}

/** What users say of the product; it stays in the catalogue, for its operator to read (public-api contract §21). */
export interface FeedbackBox {
  /** Gives its id. */
  add(projectId: ProjectId, feedback: NewFeedback): Promise<string>
}

export function createFeedbackBox(db: CatalogDb, now: () => number): FeedbackBox {
  return {
    add: async (project, { targetType, target, feedback, goal, referenceUrl }) => {
      const id = randomUUID()
      const row = { id, project_id: project, target_type: targetType, target, feedback, created_at: now() }
      await db
        .insertInto('feedback')
        .values({ ...row, goal: goal ?? null, reference_url: referenceUrl ?? null })
        .execute()
      return id
    },
  }
}
