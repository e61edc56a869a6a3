import { describe, expect, test } from 'vitest'
import { changedTags, type TagChange, tagsToChange, tagsTyped } from './trace-tags.ts'

describe('typed is', () => {
  test.each([
    ['nothing', ' , ,', []],
    ['one', ' slow ', ['slow']],
    ['several, each once', 'b, a,b', ['b', 'a']],
    ['blanks within stay', 'to check', ['to check']],
    [
      'no more than are taken at once',
      Array.from({ length: 30 }, (_, n) => n).join(),
      Array.from({ length: 20 }, (_, n) => `${n}`),
    ],
  ])('%s', (_, text, expected) => expect(tagsTyped(text)).toEqual(expected))
})

const BEFORE = ['a', 'c']

describe('of the tags a and c', () => {
  interface Case {
    readonly change: TagChange
    readonly tags: readonly string[]
    readonly changed: readonly string[]
    readonly after: readonly string[]
  }
  test.each<[name: string, story: Case]>([
    ['another joins them in its place', { change: 'tag', tags: ['b'], changed: ['b'], after: ['a', 'b', 'c'] }],
    ['one that is there joins nothing', { change: 'tag', tags: ['a'], changed: [], after: BEFORE }],
    ['one is taken away', { change: 'untag', tags: ['a'], changed: ['a'], after: ['c'] }],
    ['one that is not there is taken from nothing', { change: 'untag', tags: ['b'], changed: [], after: BEFORE }],
  ])('%s, and undone they stand as before', (_, { change, tags, changed, after }) => {
    const found = tagsToChange(change, BEFORE, tags)
    expect([found, changedTags(change, BEFORE, found)]).toEqual([changed, after])
    expect(changedTags(change === 'tag' ? 'untag' : 'tag', after, found)).toEqual(BEFORE)
  })
})
