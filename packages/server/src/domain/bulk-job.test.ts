import { describe, expect, test } from 'vitest'
import { type BulkAction, changedBy } from './bulk-job.ts'

const TRACES = [
  { id: 'bare', tags: [], isBookmarked: false },
  { id: 'odd', tags: ['odd'], isBookmarked: true },
  { id: 'both', tags: ['new', 'odd'], isBookmarked: false },
]

describe('what can be taken back from just those that it changed is', () => {
  test.each<[name: string, action: BulkAction, changed: readonly string[] | undefined]>([
    ['a tag', { type: 'tag', tags: ['odd'] }, ['bare']],
    ['a tag that nothing has', { type: 'tag', tags: ['fresh'] }, ['bare', 'odd', 'both']],
    ['not tags of which a trace has one', { type: 'tag', tags: ['odd', 'new'] }, undefined],
    ['a bookmark', { type: 'bookmark', isBookmarked: true }, ['bare', 'both']],
    ['the end of a bookmark', { type: 'bookmark', isBookmarked: false }, ['odd']],
    ['not an untagging, which waits instead', { type: 'untag', tags: ['odd'] }, undefined],
    ['not a deletion', { type: 'delete' }, undefined],
    ['not an item of a dataset', { type: 'dataset', datasetName: 'qa' }, undefined],
  ])('%s', (_, action, changed) => expect(changedBy(action, TRACES)).toEqual(changed))

  test('tags of which each trace has all or none', () => {
    const traces = TRACES.filter(({ id }) => id !== 'odd')
    expect(changedBy({ type: 'tag', tags: ['odd', 'new'] }, traces)).toEqual(['bare'])
  })
})
