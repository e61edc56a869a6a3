import type { StartedBulkJobDto } from '@xtrace/contract'
import type { BulkOrder } from '#api/bulk.ts'

/** What takes a job back from just those traces that it changed; undefined where nothing does, or nothing has to. */
export function oppositeOf({ action, changes }: Pick<StartedBulkJobDto, 'action' | 'changes'>): BulkOrder | undefined {
  if (changes === null || changes.length === 0) return undefined
  const selection = { ids: changes }
  if (action.type === 'bookmark') return { action: { ...action, isBookmarked: !action.isBookmarked }, selection }
  return action.type === 'tag' ? { action: { type: 'untag', tags: action.tags }, selection } : undefined
}
