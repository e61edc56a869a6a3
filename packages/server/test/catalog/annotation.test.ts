/** Comments and annotation queues over HTTP (public-api contract §14, §15). */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { organizationId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, call, invalid, missing, OTHER_PROJECT, textIn } from '../support/call.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
let userId = ''
let configId = ''
const description = readDescription()

const COMMENTS = '/api/public/comments'
const QUEUES = '/api/public/annotation-queues'
const TRACE = '0123456789abcdef0123456789abcdef'

beforeAll(async () => {
  app = await openTestApp(OTHER_PROJECT)
  userId = await makeUser()
  const config = { name: 'quality', dataType: 'NUMERIC' }
  configId = textIn(await call(app, 'POST /api/public/score-configs', { body: config }), 'id')
  const timestamp = new Date().toISOString()
  const batch = [
    { id: 'e1', type: 'trace-create', timestamp, body: { id: TRACE, sessionId: 'session 1' } },
    { id: 'e2', type: 'span-create', timestamp, body: { id: 'span', traceId: TRACE } },
  ]
  await app.send('POST', '/api/public/ingestion', { body: { batch } })
}, 60_000)
afterAll(() => app?.close())

async function makeUser(): Promise<string> {
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  const organization = organizationId('default')
  await catalog.members.ensureOwner(organization, { email: 'a@example.org', name: 'A' })
  const [member] = await catalog.members.list(organization)
  await catalog.close()
  return member?.id ?? ''
}

const comment = (over: object = {}) => ({
  projectId: 'whatever',
  objectType: 'TRACE',
  objectId: TRACE,
  content: ' well done ',
  ...over,
})
const say = (over: object = {}, headers: Record<string, string> = {}) =>
  call(app, `POST ${COMMENTS}`, { body: comment(over), headers })

describe('comments', () => {
  test.each<[string, object]>([
    ['a trace', {}],
    ['a trace under its other spelling', { objectId: '01234567-89ab-cdef-0123-456789abcdef' }],
    ['an observation', { objectType: 'OBSERVATION', objectId: 'span' }],
    ['a session', { objectType: 'SESSION', objectId: 'session 1' }],
  ])('on %s are made and read, as described', async (_name, over) => {
    const made = await say(over)
    expect(description.validator('POST', COMMENTS)(made.body)).toBe(true)
    const id = textIn(made, 'id')
    const read = await call(app, `GET ${COMMENTS}/${id}`)
    expect(read).toMatchObject({
      status: 200,
      body: { id, ...comment(over), projectId: 'default', content: 'well done', authorUserId: null },
    })
    expect(description.validator('GET', `${COMMENTS}/{commentId}`)(read.body)).toBe(true)
    expect((await call(app, `GET ${COMMENTS}/${id}`, { headers: asOther })).status).toBe(404)
  })

  test('on a prompt name a version by its id', async () => {
    const prompt = { name: 'p', prompt: 'text', type: 'text' }
    const objectId = textIn(await call(app, 'POST /api/public/v2/prompts', { body: prompt }), 'id')
    expect((await say({ objectType: 'PROMPT', objectId })).status).toBe(200)
    expect((await say({ objectType: 'PROMPT', objectId }, asOther)).status).toBe(404)
  })

  test('have an author who is a member', async () => {
    const id = textIn(await say({ authorUserId: userId }), 'id')
    expect(await call(app, `GET ${COMMENTS}/${id}`)).toMatchObject({ body: { authorUserId: userId } })
    expect((await say({ authorUserId: 'nobody' })).status).toBe(400)
  })

  test('are listed newest first, by object and author', async () => {
    const objectId = 'span'
    const question = `GET ${COMMENTS}?objectType=OBSERVATION&objectId=${objectId}&authorUserId=${userId}`
    const first = textIn(await say({ objectType: 'OBSERVATION', objectId, authorUserId: userId }), 'id')
    const list = await call(app, question)
    expect(list.body).toMatchObject({
      data: [{ id: first }],
      meta: { totalItems: 1, page: 1, limit: 50, totalPages: 1 },
    })
    expect(description.validator('GET', COMMENTS)(list.body)).toBe(true)
    expect(await call(app, question, { headers: asOther })).toMatchObject({ body: { data: [] } })
  })

  test.each(['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'])('need a %s that is there', async (objectType) => {
    expect(await say({ objectType, objectId: 'nope' })).toEqual(
      missing(`Reference object, ${objectType}: nope not found`),
    )
  })

  test("are not for another project's trace", async () => {
    expect((await say({}, asOther)).status).toBe(404)
  })

  test.each<[string, object, string]>([
    ['without words', { content: ' \n ' }, 'content'],
    ['with too many', { content: 'x'.repeat(5001) }, 'content'],
    ['on something else', { objectType: 'SCORE' }, 'objectType'],
  ])('%s are refused', async (_name, over, field) => {
    expect(await say(over)).toEqual(invalid(field))
  })

  test('with fields that are not known are refused, in body and query', async () => {
    expect((await say({ colour: 'red' })).status).toBe(400)
    expect((await call(app, `GET ${COMMENTS}?colour=red`)).status).toBe(400)
    expect(await call(app, `GET ${COMMENTS}?objectId=x`)).toEqual(invalid('objectType'))
  })
})

const queue = (over: object = {}) => ({ name: 'to read', scoreConfigIds: [configId], ...over })
let queues = 0
async function makeQueue(): Promise<string> {
  return textIn(await call(app, `POST ${QUEUES}`, { body: queue({ name: `queue ${queues++}` }) }), 'id')
}

describe('queues', () => {
  test('are made, read and listed, as described', async () => {
    const made = await call(app, `POST ${QUEUES}`, { body: queue({ description: 'd' }) })
    expect(made).toMatchObject({ status: 200, body: { name: 'to read', description: 'd', scoreConfigIds: [configId] } })
    expect(description.validator('POST', QUEUES)(made.body)).toBe(true)
    expect(await call(app, `GET ${QUEUES}/${textIn(made, 'id')}`)).toEqual(made)
    const list = await call(app, `GET ${QUEUES}?limit=1`)
    expect(description.validator('GET', QUEUES)(list.body)).toBe(true)
    expect(await call(app, `GET ${QUEUES}/${textIn(made, 'id')}`, { headers: asOther })).toEqual(NO_QUEUE)
  })

  test('of one name are one: of many made at once all but one are refused', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(app, `POST ${QUEUES}`, { body: queue({ name: 'contended' }) })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 400)])
  })

  test.each<[string, object]>([
    ['without a name', { name: '' }],
    ['without score configs', { scoreConfigIds: [] }],
    ['with a score config that is not there', { scoreConfigIds: ['nope'] }],
    ['with an unknown field', { colour: 'red' }],
  ])('%s are refused', async (_name, over) => {
    expect((await call(app, `POST ${QUEUES}`, { body: queue({ name: 'never', ...over }) })).status).toBe(400)
  })
})

const NO_QUEUE = missing('Annotation queue not found')
const NO_ITEM = missing('Annotation queue item not found')

describe('items of queues', () => {
  test('are put in, completed, reopened and taken out, as described', async () => {
    const items = `${QUEUES}/${await makeQueue()}/items`
    const described = `${QUEUES}/{queueId}/items`
    const made = await call(app, `POST ${items}`, { body: { objectId: TRACE, objectType: 'TRACE' } })
    expect(made).toMatchObject({ status: 200, body: { objectId: TRACE, status: 'PENDING', completedAt: null } })
    expect(description.validator('POST', described)(made.body)).toBe(true)
    const item = `${items}/${textIn(made, 'id')}`
    expect(await call(app, `GET ${item}`)).toEqual(made)
    const completed = await call(app, `PATCH ${item}`, { body: { status: 'COMPLETED' } })
    expect(completed).toMatchObject({ body: { status: 'COMPLETED', completedAt: expect.any(String) } })
    expect(description.validator('PATCH', `${described}/{itemId}`)(completed.body)).toBe(true)
    const reopened = await call(app, `PATCH ${item}`, { body: { status: 'PENDING' } })
    expect(reopened).toMatchObject({ body: { status: 'PENDING', completedAt: textIn(completed, 'completedAt') } })
    expect(await call(app, `PATCH ${item}`, { body: {} })).toEqual(reopened)
    expect(await call(app, `DELETE ${item}`, { headers: asOther })).toEqual(NO_QUEUE)
    expect(await call(app, `DELETE ${item}`)).toEqual({
      status: 200,
      body: { success: true, message: 'Annotation queue item deleted successfully' },
    })
    for (const operation of [`GET ${item}`, `DELETE ${item}`]) expect(await call(app, operation)).toEqual(NO_ITEM)
    expect(await call(app, `PATCH ${item}`, { body: { status: 'PENDING' } })).toEqual(NO_ITEM)
  })

  test('are listed by status', async () => {
    const items = `${QUEUES}/${await makeQueue()}/items`
    const put = (status: string) =>
      call(app, `POST ${items}`, { body: { objectId: 'session 1', objectType: 'SESSION', status } })
    await Promise.all(['PENDING', 'COMPLETED', 'PENDING'].map(put))
    const count = async (query: string) => Object((await call(app, `GET ${items}${query}`)).body).meta.totalItems
    expect([await count(''), await count('?status=PENDING'), await count('?status=COMPLETED')]).toEqual([3, 2, 1])
    const list = await call(app, `GET ${items}`)
    expect(description.validator('GET', `${QUEUES}/{queueId}/items`)(list.body)).toBe(true)
    expect((await call(app, `GET ${items}?status=LOST`)).status).toBe(400)
    expect((await call(app, `GET ${items}?colour=red`)).status).toBe(400)
  })

  test('need their queue and their object', async () => {
    const id = await makeQueue()
    const body = { objectId: TRACE, objectType: 'TRACE' }
    expect(await call(app, `POST ${QUEUES}/nope/items`, { body })).toEqual(NO_QUEUE)
    expect(await call(app, `POST ${QUEUES}/${id}/items`, { body, headers: asOther })).toEqual(NO_QUEUE)
    const other = { ...body, objectId: 'nope' }
    expect(await call(app, `POST ${QUEUES}/${id}/items`, { body: other })).toEqual(
      missing('Reference object, TRACE: nope not found'),
    )
    expect((await call(app, `POST ${QUEUES}/${id}/items`, { body: { ...body, objectType: 'PROMPT' } })).status).toBe(
      400,
    )
  })

  test('of another queue are not found', async () => {
    const [one, two] = [await makeQueue(), await makeQueue()]
    const body = { objectId: 'span', objectType: 'OBSERVATION' }
    const id = textIn(await call(app, `POST ${QUEUES}/${one}/items`, { body }), 'id')
    expect(await call(app, `GET ${QUEUES}/${two}/items/${id}`)).toEqual(NO_ITEM)
  })
})

describe('assignments', () => {
  test('are made and taken back, twice as well as once', async () => {
    const id = await makeQueue()
    const operation = (method: string) => call(app, `${method} ${QUEUES}/${id}/assignments`, { body: { userId } })
    for (let round = 0; round < 2; round++)
      expect(await operation('POST')).toEqual({ status: 200, body: { userId, queueId: id, projectId: 'default' } })
    for (let round = 0; round < 2; round++)
      expect(await operation('DELETE')).toEqual({ status: 200, body: { success: true } })
  })

  test('need a user and a queue', async () => {
    const body = { userId: 'nobody' }
    const id = await makeQueue()
    expect(await call(app, `POST ${QUEUES}/${id}/assignments`, { body })).toEqual(missing('User not found'))
    expect(await call(app, `POST ${QUEUES}/nope/assignments`, { body: { userId } })).toEqual(NO_QUEUE)
    expect(await call(app, `POST ${QUEUES}/${id}/assignments`, { body: {} })).toEqual(invalid('userId'))
  })
})
