import { expect, test } from 'vitest'
import { oppositeOf } from './opposite.ts'

type Job = Parameters<typeof oppositeOf>[0]

test.each<[name: string, job: Job, opposite: ReturnType<typeof oppositeOf>]>([
  [
    'tags are taken from those that got them',
    { action: { type: 'tag', tags: ['odd'] }, changes: ['a'] },
    { action: { type: 'untag', tags: ['odd'] }, selection: { ids: ['a'] } },
  ],
  [
    'a bookmark ends where it began',
    { action: { type: 'bookmark', isBookmarked: true }, changes: ['a', 'b'] },
    { action: { type: 'bookmark', isBookmarked: false }, selection: { ids: ['a', 'b'] } },
  ],
  ['what changed nothing has none', { action: { type: 'tag', tags: ['odd'] }, changes: [] }, undefined],
  ['what may have changed anything has none', { action: { type: 'tag', tags: ['odd'] }, changes: null }, undefined],
  ['a deletion has none', { action: { type: 'delete' }, changes: ['a'] }, undefined],
])('%s', (_, job, opposite) => expect(oppositeOf(job)).toEqual(opposite))
