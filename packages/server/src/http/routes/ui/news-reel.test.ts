import { expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { createStoredFeed } from '#eventlog/stored-feed.ts'
import { createNewsReel } from './news-reel.ts'

const PROJECT = projectId('p')
const LONG_MS = 10 * 60_000
const news = (id: string) => ({ traceIds: [id], observationIds: [] })
const NEVER = new AbortController().signal

/** A project whose news was told once and then to nobody, until it was not kept any more. */
function forgotten() {
  let clock = 0
  const feed = createStoredFeed('e', () => clock)
  const early = createNewsReel(feed, PROJECT, undefined)
  feed.publish(PROJECT, news('early'))
  early.close()
  clock += LONG_MS
  feed.publish(PROJECT, news('missed'))
  return { feed, earlyId: early.id() }
}

test('who comes back to what is not kept any more is told so, whoever watches by then', async () => {
  const { feed, earlyId } = forgotten()
  const other = createNewsReel(feed, PROJECT, undefined)
  feed.publish(PROJECT, news('late'))
  expect(await createNewsReel(feed, PROJECT, earlyId).next(NEVER)).toBe('lost')
  other.close()
})

test('who is new and cut off before the first news comes back to all of it', async () => {
  const { feed } = forgotten()
  const reel = createNewsReel(feed, PROJECT, undefined)
  reel.close()
  feed.publish(PROJECT, news('first'))
  expect(await createNewsReel(feed, PROJECT, reel.id()).next(NEVER)).toEqual(news('first'))
})
