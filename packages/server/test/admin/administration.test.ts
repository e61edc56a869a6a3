import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogBackends } from '#catalog/test-catalogs.ts'
import { basic, ORGANIZATION_KEYS, openWorld, type World } from './world.ts'

let world: World
let ask: World['ask']
const PROJECT = '/api/public/projects/{projectId}'

describe.each(catalogBackends())('on $name', (backend) => {
  beforeAll(async () => {
    world = await openWorld(backend)
    ask = world.ask
  }, 60_000)
  afterAll(() => world.close())

  const makeProject = async (name: string, fields: object = { retention: 0 }) =>
    (await ask('POST', '/api/public/projects', { body: { name, ...fields } })).body

  describe('credentials', () => {
    const BEARER = `Bearer ${ORGANIZATION_KEYS.publicKey}`
    const PROJECT_KEY = basic({ publicKey: 'pk-test', secretKey: 'sk-test' })
    const denied = { message: expect.stringMatching(/^Access denied: insufficient permissions/) }
    const sentence = (start: string) => expect.stringContaining(start)
    test.each([
      ['organization key on a project route', 'GET', '/api/public/projects', undefined, 403, denied],
      ['organization key on traces', 'GET', '/api/public/traces', undefined, 403, denied],
      [
        'organization key on ingestion',
        'POST',
        '/api/public/ingestion',
        undefined,
        401,
        { error: 'UnauthorizedError', message: sentence('organization') },
      ],
      [
        'organization key as bearer',
        'GET',
        '/api/public/organizations/projects',
        BEARER,
        401,
        { error: sentence('Invalid public key.') },
      ],
      [
        'project key on an organization route',
        'GET',
        '/api/public/organizations/projects',
        PROJECT_KEY,
        403,
        { error: sentence('Access denied') },
      ],
      ['project key on project administration', 'POST', '/api/public/projects', PROJECT_KEY, 403, denied],
      [
        'project key on SCIM',
        'GET',
        '/api/public/scim/Users',
        PROJECT_KEY,
        403,
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: sentence('Access denied'), status: 403 },
      ],
      [
        'the token on an organization route',
        'GET',
        '/api/public/organizations/apiKeys',
        'Bearer token-test',
        403,
        { error: sentence('Access denied') },
      ],
      ['no key', 'GET', '/api/public/organizations/apiKeys', '', 401, { error: 'Invalid authorization header' }],
    ])('%s', async (...[, method, path, as, status, body]) => {
      expect(
        await ask(method, path, { ...(as !== undefined && { as }), ...(method === 'POST' && { body: {} }) }),
      ).toEqual({ status, body })
    })
  })

  describe('projects', () => {
    test('are made, changed, listed and deleted', async () => {
      const body = { name: 'first', metadata: '{"team":"a"}', retention: 7 }
      const made = await ask('POST', '/api/public/projects', { body })
      const { id } = world.expectDescribed('POST /api/public/projects', made, 201)
      expect(made.body).toEqual({
        id,
        name: 'first',
        organization: { id: 'default', name: 'Default' },
        metadata: { team: 'a' },
        retentionDays: 7,
      })
      const changed = await ask('PUT', `/api/public/projects/${id}`, { body: { name: 'renamed', retention: 0 } })
      expect(world.expectDescribed(`PUT ${PROJECT}`, changed)).toMatchObject({
        name: 'renamed',
        metadata: { team: 'a' },
      })
      expect(changed.body).not.toHaveProperty('retentionDays')
      const listed = await ask('GET', '/api/public/organizations/projects')
      const { projects } = world.expectDescribed('GET /api/public/organizations/projects', listed)
      expect(projects.map(({ name }: { name: string }) => name)).toEqual(['renamed', 'Default'])
      const { publicKey, secretKey } = (await ask('POST', `/api/public/projects/${id}/apiKeys`, { body: {} })).body
      const as = basic({ publicKey, secretKey })
      expect((await ask('GET', '/api/public/projects', { as })).body.data).toMatchObject([{ id, name: 'renamed' }])
      world.expectDescribed(`DELETE ${PROJECT}`, await ask('DELETE', `/api/public/projects/${id}`), 202)
      expect((await ask('GET', '/api/public/projects', { as })).status).toBe(401)
      expect((await ask('DELETE', `/api/public/projects/${id}`)).status).toBe(404)
    })

    test.each([
      ['a short name', { name: 'ab', retention: 0 }, 'Invalid project name'],
      ['no name', { retention: 0 }, 'Invalid project name'],
      ['too little retention', { name: 'fine', retention: 2 }, 'Invalid retention value'],
      ['metadata that is a list', { name: 'fine', metadata: [] }, 'metadata'],
      ['metadata that is text of a list', { name: 'fine', metadata: '[]' }, 'metadata'],
    ])('%s is refused', async (_, body, sentence) => {
      const answer = await ask('POST', '/api/public/projects', { body })
      expect(answer).toEqual({ status: 400, body: { message: expect.stringContaining(sentence) } })
    })

    test('have names that are unique in the organization, also under concurrent requests', async () => {
      const body = { name: 'only one', retention: 0 }
      const answers = await Promise.all(Array.from({ length: 8 }, () => ask('POST', '/api/public/projects', { body })))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
      const { id } = await makeProject('another')
      expect((await ask('PUT', `/api/public/projects/${id}`, { body })).status).toBe(409)
    })

    test('that the settings name are not deleted', async () => {
      const answer = await ask('DELETE', '/api/public/projects/default')
      expect(answer).toEqual({ status: 400, body: { message: expect.stringContaining('settings') } })
    })

    test.each([
      ['PUT', ''],
      ['DELETE', ''],
      ['GET', '/apiKeys'],
      ['POST', '/apiKeys'],
      ['DELETE', '/apiKeys/none'],
    ])('of nobody are not found: %s %s', async (method, rest) => {
      const answer = await ask(method, `/api/public/projects/none${rest}`, method === 'GET' ? {} : { body: {} })
      expect(answer).toEqual({ status: 404, body: { message: "Project not found or you don't have access to it" } })
    })
  })

  describe('project keys', () => {
    test('show their secret once', async () => {
      const { id } = await makeProject('with keys')
      const path = `/api/public/projects/${id}/apiKeys`
      const body = { name: 'ci', publicKey: 'pk-lf-1', secretKey: 'sk-lf-1234567890abcdefghij' }
      const made = await ask('POST', path, { body })
      world.expectDescribed(`POST ${PROJECT}/apiKeys`, made, 201)
      expect(made.body).toMatchObject({ ...body, note: 'ci', expiresAt: null, displaySecretKey: 'sk-lf-...ghij' })
      expect(await ask('POST', path, { body })).toMatchObject({ status: 409, body: { message: expect.any(String) } })
      const listed = await ask('GET', path)
      const { apiKeys } = world.expectDescribed(`GET ${PROJECT}/apiKeys`, listed)
      expect(apiKeys).toMatchObject([{ id: made.body.id, name: 'ci', note: 'ci', lastUsedAt: null }])
      expect(JSON.stringify(listed.body)).not.toContain(body.secretKey)
      const revoked = await ask('DELETE', `${path}/${made.body.id}`)
      expect(world.expectDescribed(`DELETE ${PROJECT}/apiKeys/{apiKeyId}`, revoked)).toEqual({ success: true })
      const again = await ask('DELETE', `${path}/${made.body.id}`)
      expect(again).toEqual({ status: 404, body: { message: 'API key not found' } })
    })

    test.each([
      ['half a pair', { publicKey: 'pk-lf-x' }],
      ['another prefix of the public key', { publicKey: 'pk-x', secretKey: 'sk-lf-x' }],
      ['another prefix of the secret', { publicKey: 'pk-lf-x', secretKey: 'secret' }],
      ['name and note, though empty', { name: '', note: '' }],
      ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }],
    ])('%s is refused', async (_, body) => {
      const answer = await ask('POST', '/api/public/projects/default/apiKeys', { body })
      expect(answer).toEqual({ status: 400, body: { message: expect.any(String) } })
    })

    test.each([
      ['public key', { publicKey: 'pk-lf-org', secretKey: 'sk-lf-another' }],
      ['secret key', { publicKey: 'pk-lf-another', secretKey: 'sk-lf-org' }],
    ])('with the %s of an organization are refused, as they would shadow it', async (_, body) => {
      const answer = await ask('POST', '/api/public/projects/default/apiKeys', { body })
      expect(answer).toEqual({ status: 409, body: { message: expect.stringContaining('in use already') } })
      expect((await ask('GET', '/api/public/organizations/projects')).status).toBe(200)
    })

    test('of another method', async () => {
      const answer = await ask('PATCH', '/api/public/projects/default/apiKeys')
      expect(answer).toEqual({ status: 405, body: { message: 'Method Not Allowed' } })
    })
  })

  test('organization keys are listed without their secret', async () => {
    const answer = await ask('GET', '/api/public/organizations/apiKeys')
    const { apiKeys } = world.expectDescribed('GET /api/public/organizations/apiKeys', answer)
    expect(apiKeys).toMatchObject([{ publicKey: 'pk-lf-org', displaySecretKey: 'sk-lf-...' }])
    expect(JSON.stringify(answer.body)).not.toContain('sk-lf-org')
  })

  describe('memberships', () => {
    const ORG = '/api/public/organizations/memberships'
    const makeUser = async (userName: string, fields: object = {}) =>
      (await ask('POST', '/api/public/scim/Users', { body: { userName, ...fields } })).body.id
    const rolesAt = async (path: string) => {
      const { memberships } = (await ask('GET', path)).body
      return Object.fromEntries(memberships.map((row: { email: string; role: string }) => [row.email, row.role]))
    }

    test('of the organization and of a project', async () => {
      const userId = await makeUser('member@example.org')
      expect(await rolesAt(ORG)).toEqual({ 'owner@example.org': 'OWNER' })
      const set = await ask('PUT', ORG, { body: { userId, role: 'MEMBER' } })
      world.expectDescribed(`PUT ${ORG}`, set)
      expect(set.body).toEqual({ userId, role: 'MEMBER', email: 'member@example.org', name: 'member@example.org' })
      world.expectDescribed(`GET ${ORG}`, await ask('GET', ORG))
      const { id } = await makeProject('with members')
      const path = `/api/public/projects/${id}/memberships`
      world.expectDescribed(`PUT ${PROJECT}/memberships`, await ask('PUT', path, { body: { userId, role: 'ADMIN' } }))
      world.expectDescribed(`GET ${PROJECT}/memberships`, await ask('GET', path))
      expect(await rolesAt(path)).toEqual({ 'member@example.org': 'ADMIN' })
      const removed = await ask('DELETE', ORG, { body: { userId } })
      world.expectDescribed(`DELETE ${ORG}`, removed)
      expect(removed.body).toEqual({ message: 'Membership deleted successfully', userId })
      expect(await rolesAt(path)).toEqual({})
      const stranger = await ask('PUT', path, { body: { userId, role: 'ADMIN' } })
      expect(stranger).toEqual({ status: 404, body: { error: expect.stringContaining('not a member') } })
      const gone = await ask('DELETE', path, { body: { userId } })
      expect(gone).toEqual({ status: 404, body: { error: 'Membership not found' } })
    })

    test('need a user that is known and a role that is known', async () => {
      const unknown = await ask('PUT', ORG, { body: { userId: 'nobody', role: 'MEMBER' } })
      expect(unknown).toEqual({ status: 404, body: { error: 'User not found' } })
      const odd = await ask('PUT', ORG, { body: { userId: 'nobody', role: 'KING' } })
      expect(odd).toEqual({ status: 400, body: { error: expect.stringContaining('role') } })
    })

    test('keep an owner, whoever goes first', async () => {
      const second = await makeUser('second@example.org', { roles: ['OWNER'] })
      const first = (await ask('GET', ORG)).body.memberships.find(
        (row: { email: string }) => row.email === 'owner@example.org',
      ).userId
      const bodies = [first, second].map((userId) => ({ body: { userId, role: 'VIEWER' } }))
      const answers = await Promise.all(bodies.map((content) => ask('PUT', ORG, content)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
      const left = answers[0]?.status === 403 ? first : second
      expect((await ask('DELETE', ORG, { body: { userId: left } })).status).toBe(403)
      expect((await ask('DELETE', `/api/public/scim/Users/${left}`)).status).toBe(403)
    })
  })

  describe('SCIM', () => {
    const USERS = '/api/public/scim/Users'
    const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
    const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
    const replaceActive = (active: unknown) => ({
      schemas: [PATCH],
      Operations: [{ op: 'replace', value: { active } }],
    })

    test.each(['ServiceProviderConfig', 'ResourceTypes', 'Schemas'])('%s', async (name) => {
      world.expectDescribed(`GET /api/public/scim/${name}`, await ask('GET', `/api/public/scim/${name}`))
    })

    test('a user comes, changes and goes', async () => {
      const body = { userName: 'Ada@Example.org', name: { formatted: 'Ada' }, password: 'ignored' }
      const made = await ask('POST', USERS, { body })
      const { id } = world.expectDescribed(`POST ${USERS}`, made, 201)
      expect(made.body).toMatchObject({
        userName: 'ada@example.org',
        name: { formatted: 'Ada' },
        active: true,
        roles: ['NONE'],
      })
      expect(JSON.stringify(made.body)).not.toContain('ignored')
      expect(await ask('POST', USERS, { body })).toMatchObject({
        status: 409,
        body: { status: 409, detail: expect.any(String) },
      })
      world.expectDescribed(`GET ${USERS}/{userId}`, await ask('GET', `${USERS}/${id}`))
      const steps = [
        ['PUT', { schemas: [CORE], active: true, roles: ['ADMIN'] }, true, ['ADMIN']],
        ['PUT', { schemas: [CORE], active: true }, true, ['ADMIN']],
        ['PATCH', replaceActive(false), false, []],
        ['PATCH', replaceActive(true), true, ['NONE']],
        ['PUT', { schemas: [CORE], active: false }, false, []],
      ] as const
      for (const [method, change, active, roles] of steps) {
        expect(await ask(method, `${USERS}/${id}`, { body: change })).toMatchObject({
          status: 200,
          body: { active, roles },
        })
      }
      expect(await ask('GET', `${USERS}/${id}`)).toMatchObject({ status: 404, body: { status: 404 } })
      expect((await ask('POST', USERS, { body })).body.id).toBe(id)
      expect(await ask('DELETE', `${USERS}/${id}`)).toEqual({ status: 204, body: undefined })
      expect(await ask('DELETE', `${USERS}/${id}`)).toMatchObject({ status: 404 })
    })

    test('lists are filtered and sliced', async () => {
      for (const name of ['x', 'y', 'z']) await ask('POST', USERS, { body: { userName: `${name}@list.org` } })
      const all = world.expectDescribed(`GET ${USERS}`, await ask('GET', USERS))
      expect(all.totalResults).toBe(all.Resources.length)
      const slice = (await ask('GET', `${USERS}?startIndex=2&count=1`)).body
      expect(slice).toMatchObject({ startIndex: 2, itemsPerPage: 1, totalResults: all.totalResults })
      expect(slice.Resources[0].id).toBe(all.Resources[1].id)
      expect((await ask('GET', `${USERS}?startIndex=no&count=-x`)).body).toMatchObject({
        startIndex: 1,
        itemsPerPage: all.totalResults,
      })
      expect((await ask('GET', `${USERS}?count=0`)).body).toMatchObject({
        itemsPerPage: 0,
        totalResults: all.totalResults,
      })
      const filtered = await ask('GET', `${USERS}?filter=${encodeURIComponent('userName eq "Y@list.org"')}`)
      expect(filtered.body).toMatchObject({ totalResults: 1, Resources: [{ userName: 'y@list.org' }] })
    })

    test.each([
      ['POST', '', { userName: '' }, 400],
      ['POST', '', { userName: 'a@b.c', roles: ['KING'] }, 400],
      ['GET', `?filter=${encodeURIComponent('emails co "x"')}`, undefined, 400],
      ['PUT', '/nobody', { schemas: [CORE], active: true }, 404],
      ['PUT', '/nobody', { schemas: [], active: true }, 400],
      ['PATCH', '/nobody', { schemas: [PATCH], Operations: [{ op: 'add', value: { active: true } }] }, 400],
      ['PATCH', '/nobody', replaceActive('yes'), 400],
      ['PATCH', '/nobody', replaceActive(true), 404],
      ['GET', '/nobody', undefined, 404],
      ['DELETE', '/nobody', undefined, 404],
    ])('refuses %s %s %j', async (...[method, rest, body, status]) => {
      const answer = await ask(method, `${USERS}${rest}`, { body })
      const error = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: expect.any(String), status }
      expect(answer).toEqual({ status, body: error })
    })
  })

  describe('blob storage', () => {
    const PATH = '/api/public/integrations/blob-storage'
    const content = {
      projectId: 'default',
      type: 'S3',
      bucketName: 'bucket',
      region: 'eu-west-1',
      exportFrequency: 'daily',
      enabled: true,
      forcePathStyle: false,
      fileType: 'JSONL',
      exportMode: 'FULL_HISTORY',
    }

    test('an integration is kept, says that it does not run, and never shows its secret', async () => {
      const first = {
        ...content,
        accessKeyId: 'id',
        secretAccessKey: 'hush-hush',
        exportSource: 'OBSERVATIONS_V2',
        exportFieldGroups: ['core', 'io'],
      }
      const made = await ask('PUT', PATH, { body: first })
      const { id } = world.expectDescribed(`PUT ${PATH}`, made)
      expect(made.body).toMatchObject({
        prefix: '',
        compressed: true,
        exportFieldGroups: ['core', 'io'],
        lastSyncAt: null,
      })
      const changed = await ask('PUT', PATH, { body: { ...content, prefix: 'a/', compressed: false } })
      expect(changed.body).toMatchObject({ id, prefix: 'a/', compressed: false, exportFieldGroups: ['core', 'io'] })
      const listed = await ask('GET', PATH)
      world.expectDescribed(`GET ${PATH}`, listed)
      expect(JSON.stringify([made.body, changed.body, listed.body])).not.toContain('hush-hush')
      const status = await ask('GET', `${PATH}/${id}`)
      expect(world.expectDescribed(`GET ${PATH}/{id}`, status)).toMatchObject({
        syncStatus: 'error',
        lastError: expect.stringContaining('does not export'),
      })
      await ask('PUT', PATH, { body: { ...content, enabled: false } })
      expect((await ask('GET', `${PATH}/${id}`)).body).toMatchObject({ syncStatus: 'disabled', lastError: null })
      world.expectDescribed(`DELETE ${PATH}/{id}`, await ask('DELETE', `${PATH}/${id}`))
      expect(await ask('GET', `${PATH}/${id}`)).toEqual({
        status: 404,
        body: { error: 'Blob storage integration not found' },
      })
      expect(await ask('DELETE', `${PATH}/${id}`)).toMatchObject({ status: 404 })
    })

    test.each([
      ['an unknown field', { extra: 1 }, 400],
      ['a foreign project', { projectId: 'none' }, 404],
      ['a prefix without a slash', { prefix: 'a' }, 400],
      ['no endpoint of a compatible store', { type: 'S3_COMPATIBLE' }, 400],
      [
        'a bucket that is no Azure container',
        { type: 'AZURE_BLOB_STORAGE', endpoint: 'https://a.example', bucketName: 'A--b' },
        400,
      ],
      ['no date to start from', { exportMode: 'FROM_CUSTOM_DATE' }, 400],
      ['a start in the future', { exportMode: 'FROM_CUSTOM_DATE', exportStartDate: '2999-01-01T00:00:00Z' }, 400],
      ['groups without a source', { exportFieldGroups: ['core'] }, 400],
      ['groups without core', { exportSource: 'OBSERVATIONS_V2', exportFieldGroups: ['io'] }, 400],
    ])('%s is refused', async (_, fields, status) => {
      const answer = await ask('PUT', PATH, { body: { ...content, ...fields } })
      expect(answer).toEqual({ status, body: { error: expect.any(String) } })
    })
  })
})
