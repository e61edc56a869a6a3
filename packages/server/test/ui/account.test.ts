/** What people change about themselves: who may change which password, and what it ends. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#auth/password.ts'
import { openCatalog } from '#catalog/catalog.ts'
import { organizationId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, post, signIn } from '../support/browser-session.ts'

const OWNER = { email: 'ada@example.org', name: 'Ada', password: 'correct horse' }
const MEMBER = { email: 'vi@example.org', password: 'first password' }
const OWNER_SIGN_IN = { email: OWNER.email, password: OWNER.password }
const PATH = '/api/ui/account/password'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ owner: OWNER })
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  for (const email of [MEMBER.email, 'guess@example.org']) {
    const { id } = await catalog.users.ensure({ email, name: email })
    await catalog.users.setPassword(id, await hashPassword(MEMBER.password))
    await catalog.members.set(organizationId('default'), id, 'MEMBER')
  }
  await catalog.close()
})
afterAll(() => app?.close())

const change = (session: BrowserSession, current: string, next = 'second password') =>
  session.send('PUT', PATH, { body: { current, next } })

describe('a password is not changed', () => {
  test.each([
    ['without the present one', { who: MEMBER, current: 'wrong', status: 403, says: /wrong/ }],
    ['to a short one', { who: MEMBER, current: MEMBER.password, next: 'short', status: 400, says: /8 characters/ }],
    ['where the settings name it', { who: OWNER_SIGN_IN, current: OWNER.password, status: 409, says: /settings/ }],
    ['of the token', { who: { token: TEST_TOKEN }, current: TEST_TOKEN, status: 400, says: /no user/ }],
  ])('%s', async (_, { who, status, says, ...body }) => {
    const session = await signIn(app, who)
    const answer = await session.send('PUT', PATH, { body: { next: 'long enough', ...body } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toMatch(says)
  })

  test('without the token against forgery', async () => {
    const session = await signIn(app, MEMBER)
    const body = { current: MEMBER.password, next: 'second password' }
    expect((await session.send('PUT', PATH, { body, headers: { 'x-xtrace-csrf': '' } })).status).toBe(403)
  })

  test('by guessing on and on', async () => {
    const session = await signIn(app, { ...MEMBER, email: 'guess@example.org' })
    const answers = []
    for (let tries = 0; tries < 20 && answers.at(-1) !== 429; tries++)
      answers.push((await change(session, 'a guess')).status)
    expect(answers.at(-1)).toBe(429)
    expect((await change(session, MEMBER.password)).status).toBe(429)
  })
})

test("a new password ends the other sessions of the user, and nobody else's", async () => {
  const [here, there, owner] = [await signIn(app, MEMBER), await signIn(app, MEMBER), await signIn(app, OWNER_SIGN_IN)]
  const answer = await change(here, MEMBER.password)
  expect([answer.status, (await here.send('GET', '/api/ui/session')).status]).toEqual([200, 200])
  expect((await there.send('GET', '/api/ui/session')).status).toBe(401)
  expect((await owner.send('GET', '/api/ui/session')).status).toBe(200)
  expect((await post(app, MEMBER)).status).toBe(401)
  const again = { ...MEMBER, password: 'second password' }
  const elsewhere = await signIn(app, again)
  expect(await (await here.send('DELETE', '/api/ui/account/other-sessions')).json()).toEqual({ others: 1 })
  expect((await elsewhere.send('GET', '/api/ui/session')).status).toBe(401)
})
