import { beforeEach, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { createStoredFeed, type PlacedNews, type StoredFeed } from './stored-feed.ts'

const ONE = projectId('one')
const TWO = projectId('two')
const news = (id: string) => ({ traceIds: [id], observationIds: [] })

let clock = 0
let feed: StoredFeed
beforeEach(() => {
  clock = 0
  feed = createStoredFeed('e', () => clock)
})

function listen(project = ONE) {
  const heard: PlacedNews[] = []
  const leave = feed.subscribe(project, (each) => heard.push(each))
  return { leave, ids: () => heard.flatMap(({ traceIds }) => traceIds) }
}

test('news goes to those who watch its project', () => {
  const [one, two] = [listen(ONE), listen(TWO)]
  feed.publish(ONE, news('a'))
  expect([one.ids(), two.ids()]).toEqual([['a'], []])
})

test('a project that nobody watches is not heard', () => {
  expect(feed.isHeard(ONE)).toBe(false)
  feed.publish(ONE, news('a'))
  expect(feed.place(ONE)).toBe(0)
})

describe('who comes back', () => {
  test('soon learns what was missed', () => {
    listen().leave()
    feed.publish(ONE, news('a'))
    feed.publish(ONE, news('b'))
    expect(feed.since(ONE, 1)?.flatMap(({ traceIds }) => traceIds)).toEqual(['b'])
    expect(feed.since(ONE, 2)).toEqual([])
  })

  test('late has to look anew', () => {
    listen().leave()
    feed.publish(ONE, news('a'))
    clock = 5 * 60_000
    feed.publish(ONE, news('b'))
    expect(feed.since(ONE, 0)).toBeUndefined()
  })

  test('after all that was kept was given up has to look anew, however much came since', () => {
    listen().leave()
    feed.publish(ONE, news('a'))
    clock = 5 * 60_000
    feed.publish(ONE, news('missed'))
    listen()
    for (const id of ['b', 'c']) feed.publish(ONE, news(id))
    expect([0, 1].map((place) => feed.since(ONE, place))).toEqual([undefined, undefined])
    expect(feed.since(ONE, feed.place(ONE) - 1)?.flatMap(({ traceIds }) => traceIds)).toEqual(['c'])
  })

  test('after too much has to look anew', () => {
    listen()
    for (let count = 0; count < 501; count++) feed.publish(ONE, news('a'))
    expect(feed.since(ONE, 0)).toBeUndefined()
    expect(feed.since(ONE, 1)).toHaveLength(500)
  })

  test('from elsewhere has to look anew', () => {
    listen()
    expect(feed.since(ONE, 7)).toBeUndefined()
    expect(feed.since(TWO, 0)).toBeUndefined()
  })
})
