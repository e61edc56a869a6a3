/** LLM connections and feedback over HTTP (public-api contract §17, §21). */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { projectId } from '#domain/ids.ts'
import { sealContext } from '#domain/llm-connection.ts'
import { createSealer } from '#lib/sealer.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, call, invalid, missing, OTHER_PROJECT, textIn } from '../support/call.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
const description = readDescription()
const PATH = '/api/public/llm-connections'
const KEY = Buffer.alloc(32, 9)

beforeAll(async () => {
  app = await openTestApp({ ...OTHER_PROJECT, encryptionKey: KEY })
}, 60_000)
afterAll(() => app?.close())

const SECRET = 'sk-a-secret-of-some-length-1a2b'
const connection = (over: object = {}) => ({ provider: 'openai', adapter: 'openai', secretKey: SECRET, ...over })
const put = (over: object = {}, headers: Record<string, string> = {}) =>
  call(app, `PUT ${PATH}`, { body: connection(over), headers })

describe('an LLM connection', () => {
  test('is made, replaced whole, listed and deleted, as described, and never shows its secrets', async () => {
    const full = {
      baseURL: 'http://localhost:11434/v1',
      customModels: ['m1'],
      withDefaultModels: false,
      extraHeaders: { 'x-team': 'hush-hush' },
      config: { useResponsesApi: true },
    }
    const made = await put(full)
    expect(made).toEqual({
      status: 201,
      body: {
        id: textIn(made, 'id'),
        provider: 'openai',
        adapter: 'openai',
        displaySecretKey: 'sk-...1a2b',
        baseURL: 'http://localhost:11434/v1',
        customModels: ['m1'],
        withDefaultModels: false,
        extraHeaderKeys: ['x-team'],
        config: { useResponsesApi: true },
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    })
    expect(description.validator('PUT', PATH)(made.body)).toBe(true)
    const list = await call(app, `GET ${PATH}`)
    expect(description.validator('GET', PATH)(list.body)).toBe(true)
    expect(JSON.stringify([made, list])).not.toMatch(/a-secret|hush/)

    const replaced = await put({ adapter: 'anthropic', customModels: null, extraHeaders: null })
    expect(replaced).toMatchObject({
      status: 200,
      body: {
        id: textIn(made, 'id'),
        adapter: 'anthropic',
        baseURL: null,
        customModels: [],
        withDefaultModels: true,
        extraHeaderKeys: [],
        config: null,
        createdAt: textIn(made, 'createdAt'),
      },
    })
    const one = `${PATH}/${textIn(made, 'id')}`
    const gone = missing('LLM connection not found')
    expect(await call(app, `DELETE ${one}`, { headers: asOther })).toEqual(gone)
    expect(await call(app, `DELETE ${one}`)).toEqual({
      status: 200,
      body: { message: 'LLM connection successfully deleted' },
    })
    expect(await call(app, `DELETE ${one}`)).toEqual(gone)
  })

  test('of one provider is one in each project, also when many make it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => put({ provider: 'contended' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201])
    expect((await put({ provider: 'contended' }, asOther)).status).toBe(201)
  })

  test('is kept sealed: the catalogue holds no secret, and the key opens it', async () => {
    await put({ provider: 'sealed', extraHeaders: { 'x-team': 'hush-hush' } })
    await app.restart()
    const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
    const project = projectId('default')
    const { values } = await catalog.llmConnections.list(project, { page: 1, limit: 100 })
    await catalog.close()
    const kept = values.find(({ provider }) => provider === 'sealed')
    if (!kept?.sealedHeaders) throw new Error('The connection is not there')
    const sealer = createSealer(KEY)
    expect(sealer.open(kept.sealedSecret, sealContext(project, 'sealed'))).toBe(SECRET)
    expect(sealer.open(kept.sealedHeaders, sealContext(project, 'sealed'))).toBe('{"x-team":"hush-hush"}')
    for (const file of ['catalog.db', 'catalog.db-wal'])
      expect((await readFile(join(app.dataDir, file), 'latin1')).includes('a-secret')).toBe(false)
  })

  const aws = { adapter: 'bedrock', config: { region: 'eu-central-1' } }
  test.each<[string, object]>([
    ['bedrock with a pair', { ...aws, secretKey: '{"accessKeyId":"a","secretAccessKey":"b"}' }],
    ['bedrock with a key', { ...aws, secretKey: '{"apiKey":"a"}' }],
    ['bedrock with the credentials of the machine', { ...aws, secretKey: '__BEDROCK_DEFAULT_CREDENTIALS__' }],
    ['vertex', { adapter: 'google-vertex-ai', config: { location: 'eu' } }],
    ['an empty config', { adapter: 'azure', config: {} }],
  ])('takes %s', async (name, over) => {
    expect((await put({ provider: name, ...over })).status).toBe(201)
  })

  test.each<[string, object, string]>([
    ['no secret', { secretKey: '' }, 'secretKey'],
    ['text that databases do not take', { provider: 'a\0b' }, 'provider'],
    ['an unknown adapter', { adapter: 'mine' }, 'adapter'],
    ['a config that is not for it', { adapter: 'anthropic', config: { region: 'eu' } }, 'config'],
    ['bedrock without a region', { ...aws, config: null, secretKey: '{"apiKey":"a"}' }, 'config'],
    ['bedrock with another kind of secret', aws, 'secretKey'],
    ['text for a URL', { baseURL: 'localhost' }, 'baseURL'],
    ['another protocol', { baseURL: 'file:///etc/passwd' }, 'baseURL'],
    ['credentials in the URL', { baseURL: 'https://a:b@example.org' }, 'baseURL'],
    ['where clouds keep credentials', { baseURL: 'http://169.254.169.254/latest' }, 'baseURL'],
    ['the same as a number', { baseURL: 'http://2852039166/latest' }, 'baseURL'],
    ['the same by name', { baseURL: 'http://metadata.google.internal/' }, 'baseURL'],
  ])('refuses %s', async (_name, over, field) => {
    expect(await put(over)).toEqual(invalid(field))
  })

  test('knows no parameters but those of paging', async () => {
    expect((await call(app, `GET ${PATH}?colour=red`)).status).toBe(400)
  })
})

describe('feedback', () => {
  const feedback = (over: object = {}) => ({ targetType: 'docs', target: 'README.md', feedback: 'clear', ...over })
  const give = (over: object = {}) => call(app, 'POST /api/public/feedback', { body: feedback(over) })

  test('is taken, as described', async () => {
    const given = await give({ goal: 'to start', referenceUrl: 'https://example.org' })
    expect(given).toEqual({ status: 201, body: { id: expect.any(String) } })
    expect(description.validator('POST', '/api/public/feedback')(given.body)).toBe(true)
    expect((await give({ goal: null, referenceUrl: null })).status).toBe(201)
  })

  test.each<[string, object, string]>([
    ['another target', { targetType: 'moon' }, 'targetType'],
    ['a long target', { target: 'x'.repeat(201) }, 'target'],
    ['a long text', { feedback: 'x'.repeat(3001) }, 'feedback'],
    ['nothing said', { feedback: ' ' }, 'feedback'],
    ['no URL', { referenceUrl: 'here' }, 'referenceUrl'],
  ])('refuses %s', async (_name, over, field) => {
    expect(await give(over)).toEqual(invalid(field))
  })

  test('knows no other fields', async () => {
    expect((await give({ colour: 'red' })).status).toBe(400)
  })
})
