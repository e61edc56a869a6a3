/** Settings through the web interface: keys, members, projects and the health of the process, and who may what. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openCatalog } from '#catalog/catalog.ts'
import { organizationId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, post, signIn } from '../support/browser-session.ts'

const PASSWORD = 'correct horse'
const ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const
const addressOf = (role: string) => `${role.toLowerCase()}@example.org`

let app: TestApp
const sessions = new Map<string, BrowserSession>()
beforeAll(async () => {
  app = await openTestApp({ owner: { email: addressOf('OWNER'), name: 'Owner', password: PASSWORD } })
  await addOthers()
  for (const role of [...ROLES, 'stranger'])
    sessions.set(role, await signIn(app, { email: addressOf(role), password: PASSWORD }))
  sessions.set('token', await signIn(app, { token: TEST_TOKEN }))
})
afterAll(() => app?.close())

/** One of each role, and the owner of another organization. */
async function addOthers(): Promise<void> {
  const { users, members, projects, close } = await openCatalog({
    path: join(app.dataDir, 'catalog.db'),
    logger: silentLogger,
  })
  const { passwordHash } = (await users.findForSignIn(addressOf('OWNER'))) ?? {}
  const add = async (role: string) => {
    const { id } = await users.ensure({ email: addressOf(role), name: role })
    await users.setPassword(id, passwordHash ?? '')
    return id
  }
  for (const role of ROLES.slice(1)) await members.set(organizationId('default'), await add(role), role)
  const theirs = { id: 'theirs', name: 'Theirs' }
  await projects.ensure({ organization: theirs, project: theirs })
  await members.set(organizationId('theirs'), await add('stranger'), 'OWNER')
  await close()
}

const as = (name: string): BrowserSession => {
  const session = sessions.get(name)
  if (!session) throw new Error(`Nobody is signed in as ${name}`)
  return session
}
const PROJECT = '/api/ui/projects/default'
const Key = z.object({ id: z.string(), publicKey: z.string(), secretKey: z.string() })

describe('keys', () => {
  test('a new pair works until it is revoked, and its secret is told once', async () => {
    const made = await as('ADMIN').send('POST', `${PROJECT}/api-keys`, { body: { name: 'ci' } })
    const { id, publicKey, secretKey } = Key.parse(await made.json())
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    const status = async () => (await app.send('GET', '/api/public/traces', { headers: { authorization } })).status
    expect(await status()).toBe(200)
    const listed = JSON.stringify(await as('VIEWER').get(`${PROJECT}/api-keys`))
    expect(listed).toContain(publicKey)
    expect(listed).not.toContain(secretKey)
    expect((await as('ADMIN').send('DELETE', `${PROJECT}/api-keys/${id}`)).status).toBe(200)
    expect(await status()).toBe(401)
    expect((await as('ADMIN').send('DELETE', `${PROJECT}/api-keys/${id}`)).status).toBe(404)
  })
})

const MEMBER = { email: 'new@example.org', role: 'MEMBER' }
const SETTINGS = { name: 'Renamed', retentionDays: 30 }

test.each([
  ['OWNER', 'PUT', `${PROJECT}/settings`, SETTINGS, 200],
  ['MEMBER', 'PUT', `${PROJECT}/settings`, SETTINGS, 403],
  ['MEMBER', 'POST', `${PROJECT}/api-keys`, {}, 403],
  ['VIEWER', 'POST', `${PROJECT}/members`, MEMBER, 403],
  ['MEMBER', 'POST', `${PROJECT}/members`, MEMBER, 403],
  ['ADMIN', 'POST', `${PROJECT}/members`, { ...MEMBER, role: 'OWNER' }, 403],
  ['ADMIN', 'POST', `${PROJECT}/members`, { ...MEMBER, email: addressOf('VIEWER') }, 409],
  ['ADMIN', 'POST', `${PROJECT}/members`, { ...MEMBER, email: 'no address' }, 400],
  ['ADMIN', 'POST', '/api/ui/projects', { organizationId: 'default', name: 'Another' }, 201],
  ['MEMBER', 'POST', '/api/ui/projects', { organizationId: 'default', name: 'A third' }, 403],
  ['OWNER', 'POST', '/api/ui/projects', { organizationId: 'theirs', name: 'Planted' }, 403],
  ['token', 'POST', '/api/ui/projects', { organizationId: 'theirs', name: 'Planted' }, 403],
  ['stranger', 'PUT', `${PROJECT}/settings`, SETTINGS, 404],
  ['stranger', 'POST', `${PROJECT}/api-keys`, {}, 404],
  ['stranger', 'POST', `${PROJECT}/members`, MEMBER, 404],
] as const)('%s: %s %s', async (...[who, method, path, body, status]) => {
  const answer = await as(who).send(method, path, { body })
  expect(answer.status, await answer.clone().text()).toBe(status)
})

test.each(['api-keys', 'members', 'settings'])('a stranger does not read %s', async (noun) => {
  expect((await as('stranger').send('GET', `${PROJECT}/${noun}`)).status).toBe(404)
})

const Members = z.object({
  members: z.array(z.object({ userId: z.string(), email: z.string(), role: z.string() })),
  canChange: z.boolean(),
})

async function memberId(email: string): Promise<string> {
  const { members } = Members.parse(await as('OWNER').get(`${PROJECT}/members`))
  return members.find((member) => member.email === email)?.userId ?? ''
}

describe('members', () => {
  test('a new one signs in with the password that they were given, changes role and goes', async () => {
    const body = { email: 'Grace@Example.org', name: 'Grace', role: 'VIEWER', password: 'nanoseconds' }
    const added = await as('ADMIN').send('POST', `${PROJECT}/members`, { body })
    expect(await added.json()).toMatchObject({ isNew: true })
    const grace = await signIn(app, { email: 'grace@example.org', password: 'nanoseconds' })
    const id = await memberId('grace@example.org')
    await as('ADMIN').send('PUT', `${PROJECT}/members/${id}`, { body: { role: 'MEMBER' } })
    expect(await grace.get('/api/ui/session')).toMatchObject({ projects: [{ role: 'MEMBER' }, { role: 'MEMBER' }] })
    expect((await as('ADMIN').send('DELETE', `${PROJECT}/members/${id}`)).status).toBe(200)
    expect((await grace.send('GET', `${PROJECT}/members`)).status).toBe(404)
  })

  test('the password of somebody who exists stays theirs', async () => {
    const body = { email: addressOf('stranger'), role: 'VIEWER', password: 'taken over' }
    const added = await as('OWNER').send('POST', `${PROJECT}/members`, { body })
    expect(await added.json()).toMatchObject({ isNew: false })
    expect((await post(app, { email: addressOf('stranger'), password: 'taken over' })).status).toBe(401)
    await as('OWNER').send('DELETE', `${PROJECT}/members/${await memberId(addressOf('stranger'))}`)
  })

  test('an administrator leaves owners alone, and the last owner stays', async () => {
    const id = await memberId(addressOf('OWNER'))
    const demote = { body: { role: 'VIEWER' } }
    expect((await as('ADMIN').send('PUT', `${PROJECT}/members/${id}`, demote)).status).toBe(403)
    expect((await as('ADMIN').send('DELETE', `${PROJECT}/members/${id}`)).status).toBe(403)
    expect((await as('OWNER').send('PUT', `${PROJECT}/members/${id}`, demote)).status).toBe(403)
  })

  test.each([
    ['ADMIN', true],
    ['MEMBER', false],
    ['token', true],
  ])('%s is told whether they may change them', async (who, canChange) => {
    expect(await as(who).get(`${PROJECT}/members`)).toMatchObject({ canChange })
  })
})

test('a project has another name and keeps things for so long', async () => {
  await as('OWNER').send('PUT', `${PROJECT}/settings`, { body: SETTINGS })
  expect(await as('VIEWER').get(`${PROJECT}/settings`)).toMatchObject(SETTINGS)
  await as('OWNER').send('PUT', `${PROJECT}/settings`, { body: { ...SETTINGS, retentionDays: 0 } })
  expect(await as('VIEWER').get(`${PROJECT}/settings`)).toEqual({
    ...SETTINGS,
    retentionDays: null,
    server: { retentionDays: null, maxBytes: null },
  })
})

describe('the health of the process', () => {
  test('is for those who run it', async () => {
    for (const who of ['OWNER', 'ADMIN', 'token'])
      expect(await as(who).get('/api/ui/system')).toMatchObject({ log: { backlogBytes: expect.any(Number) } })
    for (const who of ['MEMBER', 'VIEWER', 'stranger'])
      expect((await as(who).send('GET', '/api/ui/system')).status).toBe(403)
  })

  test('tells of what is stored', async () => {
    const batch = [{ id: 'e', type: 'trace-create', timestamp: new Date().toISOString(), body: { id: 't' } }]
    await app.send('POST', '/api/public/ingestion', { body: { batch } })
    await app.get('/api/public/traces/t')
    expect(await as('token').get('/api/ui/system')).toMatchObject({
      disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
      deadLetters: { bytes: 0, newest: [] },
      tables: expect.arrayContaining([
        { name: 'traces', rows: 1, parts: expect.any(Number), bytes: expect.any(Number) },
      ]),
    })
  })
})
