/** Signing in to the web interface: who may, what the cookie is worth, and what a foreign page can not do with it. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { organizationId, projectId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, post, signIn } from '../support/browser-session.ts'

const OWNER = { email: 'ada@example.org', name: 'Ada', password: 'correct horse' }
const { email, password } = OWNER

const options = { owner: OWNER }
let app: TestApp
let owner: BrowserSession
beforeAll(async () => {
  app = await openTestApp(options)
  await addStrangers()
  owner = await signIn(app, { email, password })
})
afterAll(() => app?.close())

/** Another organization with a project of its own, and a viewer in ours. */
async function addStrangers(): Promise<void> {
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  const organization = { id: 'theirs', name: 'Theirs' }
  await catalog.projects.ensure({ organization, project: { id: 'theirs', name: 'Theirs' } })
  const viewer = await catalog.users.ensure({ email: 'vi@example.org', name: 'Vi' })
  const { passwordHash } = (await catalog.users.findForSignIn(email)) ?? {}
  await catalog.users.setPassword(viewer.id, passwordHash ?? '')
  await catalog.members.set(organizationId('default'), viewer.id, 'VIEWER')
  const nobody = await catalog.users.ensure({ email: 'no@example.org', name: 'No password' })
  await catalog.members.set(organizationId('default'), nobody.id, 'OWNER')
  const outsider = await catalog.users.ensure({ email: 'out@example.org', name: 'Out' })
  await catalog.users.setPassword(outsider.id, passwordHash ?? '')
  await catalog.members.set(organizationId('default'), outsider.id, 'NONE')
  await catalog.projects.ensure({
    organization: { id: 'default', name: 'Default' },
    project: { id: 'second', name: 'Second' },
  })
  await catalog.projectMembers.set(projectId('second'), outsider.id, 'MEMBER')
  await catalog.close()
}

const ids = (info: unknown): unknown => {
  if (typeof info !== 'object' || info === null || !('projects' in info) || !Array.isArray(info.projects)) return info
  return info.projects.map(({ id, role }) => `${id}:${role}`)
}

describe('signing in', () => {
  test.each([
    ['a wrong password', { email, password: 'wrong' }, 401],
    ['an unknown address', { email: 'who@example.org', password }, 401],
    ['a user without a password', { email: 'no@example.org', password: 'A' }, 401],
    ['a wrong token', { token: `${TEST_TOKEN}x` }, 401],
    ['half of the credentials', { email }, 400],
    ['too much', { email, password, token: TEST_TOKEN }, 400],
  ])('refuses %s', async (_, body, status) => {
    const answer = await post(app, body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test.each([
    ['owner', { email: email.toUpperCase(), password }, ['default:OWNER', 'second:OWNER']],
    ['viewer', { email: 'vi@example.org', password }, ['default:VIEWER', 'second:VIEWER']],
    ['member of one project', { email: 'out@example.org', password }, ['second:MEMBER']],
    ['token', { token: TEST_TOKEN }, ['default:OWNER', 'second:OWNER']],
  ])('the %s sees what is theirs', async (_, body, expected) => {
    const session = await signIn(app, body)
    expect(ids(await session.get('/api/ui/session'))).toEqual(expected)
  })

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const cookie = (await post(app, { email, password })).headers.get('set-cookie')
    expect(cookie).toMatch(/^xtrace=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'xtrace.example' }
    const secure = (await post(app, { email, password }, forwarded)).headers.get('set-cookie')
    expect(secure).toMatch(/^__Host-xtrace=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test('signing out ends the session, and no other', async () => {
    const session = await signIn(app, { email, password })
    expect((await session.send('DELETE', '/api/ui/session')).headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await session.send('GET', '/api/ui/session')).status).toBe(401)
    expect((await owner.send('GET', '/api/ui/session')).status).toBe(200)
  })

  test('a browser that signs in again leaves no session behind', async () => {
    const first = await signIn(app, { email, password })
    await post(app, { email, password }, { cookie: first.cookie })
    expect((await first.send('GET', '/api/ui/session')).status).toBe(401)
  })
})

describe('what the cookie opens', () => {
  const TRACES = '/public/traces'
  test.each([
    ['without a cookie', { cookie: '' }, 401],
    ['with a made-up cookie', { cookie: 'xtrace=made-up' }, 401],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from another port of this host', { 'sec-fetch-site': 'same-site' }, 403],
  ])('nothing %s', async (_, headers, status) => {
    expect((await owner.send('GET', `/api/ui/projects/default${TRACES}`, { headers })).status).toBe(status)
  })

  test('nothing of the public API itself', async () => {
    expect((await owner.send('GET', '/api/public/traces')).status).toBe(401)
  })

  test.each([
    ['of another origin, told by Origin alone', { 'sec-fetch-site': '', origin: 'http://127.0.0.1:3000' }],
    ['without the token against forgery', { 'x-xtrace-csrf': '' }],
    ['with the token of another session', { 'x-xtrace-csrf': 'x'.repeat(43) }],
    ['as a typed address', { 'sec-fetch-site': 'none' }],
  ])('no change %s', async (_, headers) => {
    const body = { name: 'helpful', dataType: 'NUMERIC' }
    const path = '/api/ui/projects/default/public/score-configs'
    expect((await owner.send('POST', path, { body, headers })).status).toBe(403)
  })

  test('a viewer reads and does not write', async () => {
    const viewer = await signIn(app, { email: 'vi@example.org', password })
    expect((await viewer.send('GET', `/api/ui/projects/default${TRACES}`)).status).toBe(200)
    const body = { name: 'helpful', dataType: 'NUMERIC' }
    const refused = await viewer.send('POST', '/api/ui/projects/default/public/score-configs', { body })
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'FORBIDDEN' }])
    expect((await owner.send('POST', '/api/ui/projects/default/public/score-configs', { body })).status).toBe(200)
  })

  test.each(['theirs', 'nowhere', 'default%00'])('not the project %s', async (id) => {
    for (const session of [owner, await signIn(app, { token: TEST_TOKEN })])
      expect((await session.send('GET', `/api/ui/projects/${id}${TRACES}`)).status).toBe(404)
  })

  test('the project of the path, whatever the key pair of the request', async () => {
    const outsider = await signIn(app, { email: 'out@example.org', password })
    expect((await outsider.send('GET', `/api/ui/projects/default${TRACES}`)).status).toBe(404)
    expect(await outsider.get('/api/ui/projects/second/public/projects')).toMatchObject({ data: [{ id: 'second' }] })
  })
})

describe('the end of sessions', () => {
  test('a new password in the settings', async () => {
    const session = await signIn(app, { email, password })
    await app.restart()
    expect((await session.send('GET', '/api/ui/session')).status).toBe(200)
    options.owner = { ...OWNER, password: 'battery staple' }
    await app.restart()
    expect((await session.send('GET', '/api/ui/session')).status).toBe(401)
    expect((await post(app, { email, password })).status).toBe(401)
    expect((await post(app, { email, password: 'battery staple' })).status).toBe(200)
  })

  test('too many attempts are told to wait', async () => {
    let last = await post(app, { email, password: 'wrong' })
    for (let tries = 0; tries < 100 && last.status === 401; tries++) last = await post(app, { token: 'guess' })
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
