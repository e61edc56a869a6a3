import { SkeletonDto } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

const T = '2026-01-02T03:04:05.000Z'
const TRACE = '/api/ui/projects/default/traces/t'

let app: TestApp
let session: BrowserSession

beforeAll(async () => {
  app = await openTestApp()
  session = await signIn(app, { token: TEST_TOKEN })
  const body = { id: 't', name: 'sent', timestamp: T, environment: 'staging' }
  const batch = [{ id: 'e', type: 'trace-create', timestamp: T, body }]
  await app.send('POST', '/api/public/ingestion', { body: { batch } })
})
afterAll(() => app?.close())

const edit = async (body: unknown, path = TRACE) => (await session.send('PATCH', path, { body })).status
const traceNow = async () => SkeletonDto.parse(await session.get(`${TRACE}/skeleton`)).trace

describe('a trace can be', () => {
  test.each([
    ['renamed', { name: 'better' }, { name: 'better', bookmarked: false }],
    ['bookmarked, its name staying', { bookmarked: true }, { name: 'better', bookmarked: true }],
    ['left without a name', { name: null, bookmarked: false }, { name: null, bookmarked: false }],
  ])('%s', async (_, body, expected) => {
    expect(await edit(body)).toBe(204)
    expect(await traceNow()).toMatchObject({ ...expected, environment: 'staging', time: Date.parse(T) })
  })
})

test('what is said under the other spelling of an id is said of the trace that is stored', async () => {
  const id = '0f0e0d0c-1111-4222-8333-444455556666'
  const body = { id, name: 'sent', timestamp: T }
  await app.send('POST', '/api/public/ingestion', {
    body: { batch: [{ id: 'e2', type: 'trace-create', timestamp: T, body }] },
  })
  expect(await edit({ name: 'better' }, `/api/ui/projects/default/traces/${id.replaceAll('-', '')}`)).toBe(204)
  expect(await app.get('/api/public/traces?name=better&fields=core')).toMatchObject({ data: [{ id, timestamp: T }] })
})

describe('refused is', () => {
  test.each<[string, [body: unknown, path: string], number]>([
    ['a trace that is not there', [{ name: 'x' }, `${TRACE}-none`], 404],
    ['an empty name', [{ name: '' }, TRACE], 400],
    ['what cannot be edited', [{ userId: 'x' }, TRACE], 400],
  ])('%s', async (_, [body, path], status) => expect(await edit(body, path)).toBe(status))
})
