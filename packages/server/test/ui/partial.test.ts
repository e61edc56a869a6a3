/** Lists of a server that gives none of them any time: each answer is a part, and says so. */
import { TraceListDto } from '@xtrace/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

let app: TestApp
let session: BrowserSession
beforeAll(async () => {
  app = await openTestApp({ listBudgetMs: 0 })
  session = await signIn(app, { token: TEST_TOKEN })
  const trace = (id: string, timestamp: string) => ({ id, type: 'trace-create', timestamp, body: { id, timestamp } })
  const batch = [trace('new', '2026-01-02T23:50:00Z'), trace('old', '2026-01-02T01:00:00Z')]
  const answer = await app.send('POST', '/api/public/ingestion', { body: { batch } })
  expect(await answer.json()).toMatchObject({ errors: [] })
})
afterAll(() => app?.close())

const LIST = '/explore/traces?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z'

async function page(cursor: string | null = null): Promise<TraceListDto> {
  const path = `/api/ui/projects/default${LIST}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
  const answer = await session.send('GET', path)
  expect(answer.status).toBe(200)
  return TraceListDto.parse(await answer.json())
}

test('a list gives what it has found, says back to when it looked, and goes on there', async () => {
  const first = await page()
  expect(first.rows.map(({ id }) => id)).toEqual(['new'])
  expect(first.scannedTo).toBe(Date.parse('2026-01-02T23:00:00Z'))
  const found: string[] = []
  for (let at = first; at.cursor !== null; ) {
    const next = await page(at.cursor)
    expect(next.scannedTo ?? 0).toBeLessThan(at.scannedTo ?? 0)
    found.push(...next.rows.map(({ id }) => id))
    at = next
  }
  expect(found).toEqual(['old'])
})
