/** Demo data arrives by the ways in that programs use, and looks like what they record. */
import { TraceListDto } from '@xtrace/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

let app: TestApp
let session: BrowserSession
beforeAll(async () => {
  app = await openTestApp()
  session = await signIn(app, { token: TEST_TOKEN })
  const answer = await session.send('POST', '/api/ui/projects/default/demo', { body: { observations: 400 } })
  expect(answer.status).toBe(200)
})
afterAll(() => app?.close())

test('is of several programs, priced, scored, with sessions and errors', async () => {
  const from = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000).toISOString()
  const list = await session.get(`/api/ui/projects/default/explore/traces?from=${from}&limit=200`)
  const { rows } = TraceListDto.parse(list)
  const some = (is: (row: TraceListDto['rows'][number]) => boolean) => rows.filter(is).length
  expect(new Set(rows.map(({ name }) => name))).toEqual(
    new Set(['research-agent', 'document-chat', 'invoke_agent concierge', 'support-chat', 'code-graph']),
  )
  expect(some(({ cost }) => cost !== null && cost > 0)).toBeGreaterThan(rows.length * 0.8)
  expect(some(({ sessionId, userId }) => sessionId !== null && userId !== null)).toBe(rows.length)
  expect(some(({ scores }) => scores.length > 0)).toBeGreaterThan(0)
  expect(some(({ errors }) => errors > 0)).toBeGreaterThan(0)
  expect(some(({ environment }) => environment === 'staging')).toBeGreaterThan(0)
})

test('has metrics of machines', async () => {
  expect(await session.get('/api/ui/projects/default/public/metrics/names')).toMatchObject({
    data: ['gpu_utilization', 'kv_cache_usage', 'queue_depth'],
  })
})
