/** Prompts over HTTP: bodies, statuses and shapes of every operation, and the link from generations to versions. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportOf, toOtlpJson } from '#ingest/otlp/otlp-request.fixture.ts'
import { openTestApp, TEST_KEYS, type TestApp } from '../support/app.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
const description = readDescription()
const PROMPTS = '/api/public/v2/prompts'
const pathOf = (name: string, rest = '') => `${PROMPTS}/${encodeURIComponent(name)}${rest}`

beforeAll(async () => {
  app = await openTestApp()
}, 60_000)

afterAll(() => app?.close())

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  return await answerOf(app.send(method, path, { body }))
}

async function answerOf(sent: Promise<Response>): Promise<Answer> {
  const response = await sent
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

let count = 0
/** A name that no other case uses. */
const unusedName = (stem = 'prompt') => `${stem}-${++count}`

/** Creates a version; the answer must be 201. */
async function create(body: object): Promise<unknown> {
  const answer = await call('POST', PROMPTS, body)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

describe('creation and reading', () => {
  test('a text prompt with everything', async () => {
    const name = unusedName('folder/sub')
    const given = {
      name,
      type: 'text',
      prompt: 'Hello {{name}}',
      labels: ['production', 'a.b-c_1'],
      tags: ['t'],
      config: { temperature: 0.5 },
      commitMessage: 'first',
    }
    const created = await create(given)
    expect(created).toEqual({
      ...given,
      id: expect.any(String),
      version: 1,
      labels: ['production', 'a.b-c_1', 'latest'],
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      projectId: 'default',
      createdBy: 'API',
      isActive: true,
      resolutionGraph: null,
    })
    expect(await call('GET', pathOf(name))).toEqual({ status: 200, body: created })
  })

  test('what clients send as null is not given', async () => {
    const name = unusedName()
    const nothing = { type: null, config: null, labels: null, tags: null, commitMessage: null }
    expect(await create({ name: `  ${name} `, prompt: 'x', ...nothing })).toMatchObject({
      name,
      type: 'text',
      config: {},
      labels: ['latest'],
      tags: [],
      commitMessage: null,
      isActive: false,
    })
  })

  test('a chat with placeholders, and what else its messages say', async () => {
    const name = unusedName()
    const messages = [
      { type: 'chatmessage', role: 'system', content: 'Be {{mood}}' },
      { type: 'placeholder', name: 'history' },
      { role: 'tool', content: '', tool_call_id: 'x' },
    ]
    await create({ name, type: 'chat', prompt: [...messages, { name: 'late' }] })
    const { body } = await call('GET', pathOf(name, '?version=1'))
    expect(body).toMatchObject({ type: 'chat', prompt: [...messages, { type: 'placeholder', name: 'late' }] })
  })

  test('config keeps its digits and the order of its keys', async () => {
    const name = unusedName()
    const config = '{"b":0.10000000000000000001,"2":12345678901234567890,"1":null}'
    await app.send('POST', PROMPTS, { body: `{"name":"${name}","prompt":"x","config":${config}}` })
    expect(await (await app.send('GET', pathOf(name, '?label=latest'))).text()).toContain(`"config":${config}`)
    expect(await (await app.send('GET', `${PROMPTS}?name=${name}`)).text()).toContain(`"lastConfig":${config}`)
  })

  test('without version and label the one in production is read', async () => {
    const name = unusedName()
    await create({ name, prompt: 'one' })
    expect(await call('GET', pathOf(name))).toEqual({
      status: 404,
      body: { message: `Prompt not found: '${name}' with label 'production'`, error: 'LangfuseNotFoundError' },
    })
    await create({ name, prompt: 'two', labels: ['production'] })
    await create({ name, prompt: 'three' })
    expect((await call('GET', pathOf(name))).body).toMatchObject({ version: 2 })
    expect((await call('GET', pathOf(name, '?label='))).body).toMatchObject({ version: 2 })
    expect((await call('GET', pathOf(name, '?label=latest'))).body).toMatchObject({ version: 3 })
    expect((await call('GET', pathOf(name, '?version=1'))).body).toMatchObject({ version: 1, labels: [] })
  })

  test('50 creations at once under one name', async () => {
    const name = unusedName()
    const bodies = await Promise.all(Array.from({ length: 50 }, (_, n) => create({ name, prompt: `${n}` })))
    const versions = bodies.map((body) => (typeof body === 'object' && body && 'version' in body ? body.version : 0))
    const expected = Array.from({ length: 50 }, (_, n) => n + 1)
    expect(new Set(versions)).toEqual(new Set(expected))
    const { body } = await call('GET', `${PROMPTS}?name=${name}`)
    expect(body).toMatchObject({ data: [{ versions: expected, labels: ['latest'] }] })
  })
})

describe('names', () => {
  test.each([
    ['a folder', 'a/b/c'],
    ['percent signs', '100% %2F %25 %zz %'],
    ['what means something in a URL', '!@#$%^&*()+ ?=;:,"\\[]{}~`\''],
    ['letters of the world', 'grüße 你好 🎉'],
    ['500 characters', 'n'.repeat(500)],
    ['500 letters of four bytes', '🎉'.repeat(500)],
    ['dots', '...'],
  ])('%s', async (_, name) => {
    await create({ name, prompt: name, labels: ['production'] })
    expect((await call('GET', pathOf(name))).body).toMatchObject({ name, prompt: name })
    expect(await call('PATCH', pathOf(name, '/versions/1'), { newLabels: ['x'] })).toMatchObject({
      status: 200,
      body: { name, labels: ['production', 'latest', 'x'] },
    })
    expect((await call('DELETE', pathOf(name))).status).toBe(204)
    expect((await call('GET', pathOf(name))).status).toBe(404)
  })

  const anyName = fc
    .array(
      fc.oneof(
        fc.constantFrom('%', '/', '+', '%2F', '%25', '.', ' ', '?', '#', '\\', ';', '&', 'é'),
        fc.string({ unit: 'grapheme' }),
      ),
      {
        minLength: 1,
      },
    )
    .map((parts) => parts.join('').trim())

  test('any that is accepted is found under its encoded form, decoded once', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async (name) => {
        const created = await call('POST', PROMPTS, { name, prompt: 'x' })
        fc.pre(created.status === 201)
        expect((await call('GET', pathOf(name, '?label=latest'))).body).toMatchObject({ name })
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  test.each([
    ['empty', ''],
    ['only spaces', '   '],
    ['with a pipe', 'a|b'],
    ['with HTML', 'a<b>c'],
    ['starting with a slash', '/a'],
    ['ending with a slash', 'a/'],
    ['with an empty folder', 'a//b'],
    ['reserved: new', 'new'],
    ['reserved: metrics', 'metrics'],
    ['reserved: prompt-detail', 'prompt-detail'],
    ['that no URL can carry', '..'],
    ['with control characters', 'a\u0000b'],
    ['longer than an index takes', 'n'.repeat(2001)],
  ])('%s: refused', async (_, name) => {
    const answer = await call('POST', PROMPTS, { name, prompt: 'x' })
    expect(answer).toMatchObject({
      status: 400,
      body: { message: 'Invalid request data', error: [{ path: ['name'] }] },
    })
  })
})

describe('refusals', () => {
  const INVALID = { message: 'Invalid request data', error: expect.any(Array) }
  const wrong = (path: (string | number)[]) => ({ ...INVALID, error: [expect.objectContaining({ path })] })

  test.each<[string, unknown, object]>([
    ['no JSON', '{', { error: 'InvalidRequestError' }],
    ['no object', '[]', INVALID],
    ['no name', { prompt: 'x' }, wrong(['name'])],
    ['no prompt', { name: 'a' }, wrong(['prompt'])],
    ['an unknown type', { name: 'a', type: 'image', prompt: 'x' }, wrong(['type'])],
    ['a chat that is text', { name: 'a', type: 'chat', prompt: 'x' }, wrong(['prompt'])],
    ['a text that is a chat', { name: 'a', prompt: [] }, wrong(['prompt'])],
    ['a message without content', { name: 'a', type: 'chat', prompt: [{ role: 'user' }] }, wrong(['prompt', 0])],
    ['a label in capitals', { name: 'a', prompt: 'x', labels: ['A'] }, wrong(['labels', 0])],
    ['a label of 37 characters', { name: 'a', prompt: 'x', labels: ['a'.repeat(37)] }, wrong(['labels', 0])],
    [
      'a message of 501 characters',
      { name: 'a', prompt: 'x', commitMessage: 'a'.repeat(501) },
      wrong(['commitMessage']),
    ],
    [
      'a variable that is a placeholder',
      {
        name: 'a',
        type: 'chat',
        prompt: [
          { role: 'user', content: '{{h}}' },
          { type: 'placeholder', name: 'h' },
        ],
      },
      { error: 'InvalidRequestError' },
    ],
    [
      'a reference to nothing',
      { name: 'a', prompt: '@@@langfusePrompt:name=nothing|label=production@@@' },
      { message: "Prompt dependency not found: 'nothing' with label 'production'", error: 'InvalidRequestError' },
    ],
  ])('creation: %s', async (_, body, expected) => {
    expect(await call('POST', PROMPTS, body)).toMatchObject({ status: 400, body: expected })
  })

  test('a version of another type', async () => {
    const name = unusedName()
    await create({ name, prompt: 'x' })
    expect(await call('POST', PROMPTS, { name, type: 'chat', prompt: [] })).toMatchObject({
      status: 400,
      body: { error: 'InvalidRequestError' },
    })
  })

  const missing = (message: string) => ({ status: 404, body: { message, error: 'LangfuseNotFoundError' } })
  const invalid = (body: object) => ({ status: 400, body })

  test.each<[string, readonly [method: string, rest: string, body?: unknown], Answer]>([
    ['version and label', ['GET', '/p?version=1&label=x'], invalid({ error: 'InvalidRequestError' })],
    ['a version that is no number', ['GET', '/p?version=x'], invalid(wrong(['version']))],
    ['resolve that is no boolean', ['GET', '/p?resolve=1'], invalid(wrong(['resolve']))],
    ['no such version', ['GET', '/p?version=7'], missing("Prompt not found: 'p' with version 7")],
    ['no such label', ['GET', '/p?label=x'], missing("Prompt not found: 'p' with label 'x'")],
    ['page 0', ['GET', '?page=0'], invalid(wrong(['page']))],
    ['limit 101', ['GET', '?limit=101'], invalid(wrong(['limit']))],
    ['no instant', ['GET', '?fromUpdatedAt=today'], invalid(wrong(['fromUpdatedAt']))],
    ['no filter', ['GET', '?filter=x'], invalid({ message: 'Invalid JSON in filter parameter' })],
    ['no list of conditions', ['GET', '?filter={}'], invalid(INVALID)],
    [
      'labelling what is not there',
      ['PATCH', '/p/versions/1', { newLabels: ['x'] }],
      missing("Prompt not found: 'p' with version 1"),
    ],
    ['labelling as latest', ['PATCH', '/p/versions/1', { newLabels: ['latest'] }], invalid(wrong(['newLabels', 0]))],
    ['labelling in capitals', ['PATCH', '/p/versions/1', { newLabels: ['X'] }], invalid(wrong(['newLabels', 0]))],
    ['labelling with nothing', ['PATCH', '/p/versions/1', {}], invalid(wrong(['newLabels']))],
    ['labelling no version', ['PATCH', '/p/versions/x', { newLabels: [] }], invalid(wrong(['version']))],
    ['deleting what is not there', ['DELETE', '/p'], missing('Prompt not found')],
    [
      'an unknown method',
      ['PUT', '/p', {}],
      { status: 405, body: { message: 'Method not allowed', error: 'MethodNotAllowedError' } },
    ],
  ])('%s', async (_, [method, rest, body], expected) => {
    expect(await call(method, PROMPTS + rest, body)).toMatchObject(expected)
  })

  const refused = (status: number, error: string, message: RegExp) => ({
    status,
    body: { error, message: expect.stringMatching(message) },
  })

  test.each<[string, string, Answer]>([
    ['no credentials', 'Digest x', refused(401, 'UnauthorizedError', /^Invalid authorization header/)],
    ['a wrong key', `Basic ${btoa('pk:sk-wrong')}`, refused(401, 'UnauthorizedError', /^Invalid credentials\./)],
    ['a public key', `Bearer ${TEST_KEYS.publicKey}`, refused(403, 'ForbiddenError', /^Access denied/)],
  ])('%s', async (_, authorization, expected) => {
    for (const [method, path] of [
      ['GET', PROMPTS],
      ['GET', pathOf('p')],
      ['POST', PROMPTS],
      ['DELETE', pathOf('p')],
      ['PATCH', pathOf('p', '/versions/1')],
      ['GET', '/api/public/prompts?name=p'],
    ] as const)
      expect(await answerOf(app.send(method, path, { headers: { authorization } }))).toEqual(expected)
  })
})

describe('labels, deletion, references', () => {
  test('labels move and add up', async () => {
    const name = unusedName()
    await create({ name, prompt: '1', labels: ['production', 'a'] })
    await create({ name, prompt: '2' })
    expect(await call('PATCH', pathOf(name, '/versions/2'), { newLabels: ['production', 'b'] })).toMatchObject({
      status: 200,
      body: { version: 2, labels: ['latest', 'production', 'b'], isActive: true },
    })
    expect((await call('GET', pathOf(name, '?version=1'))).body).toMatchObject({ labels: ['a'], isActive: false })
    expect((await call('PATCH', pathOf(name, '/versions/2'), { newLabels: [] })).body).toMatchObject({
      labels: ['latest', 'production', 'b'],
    })
  })

  test('deletion by label and by version moves latest', async () => {
    const name = unusedName()
    for (const label of ['a', 'b', 'c']) await create({ name, prompt: label, labels: [label] })
    expect(await call('DELETE', pathOf(name, '?label=c'))).toEqual({ status: 204, body: undefined })
    expect((await call('GET', pathOf(name, '?label=latest'))).body).toMatchObject({ version: 2 })
    expect((await call('DELETE', pathOf(name, '?version=2'))).status).toBe(204)
    expect((await call('GET', pathOf(name, '?version=1'))).body).toMatchObject({ labels: ['a', 'latest'] })
    expect((await call('DELETE', pathOf(name))).status).toBe(204)
    expect((await call('GET', `${PROMPTS}?name=${name}`)).body).toMatchObject({ data: [], meta: { totalItems: 0 } })
  })

  test('references are replaced unless asked otherwise, and hold what they name', async () => {
    const [inner, outer] = [unusedName('in'), unusedName('out')]
    const text = `<@@@langfusePrompt:name=${inner}|label=production@@@>`
    const used = await create({ name: inner, prompt: 'inner', labels: ['production'] })
    const created = await create({ name: outer, prompt: text })
    expect(created).toMatchObject({ prompt: text, resolutionGraph: null })
    const nodes = [used, created].map((body) => ({ version: 1, ...Object(body) }))
    const [usedNode, root] = nodes.map(({ id, name, version }) => ({ id, name, version }))
    const { body } = await call('GET', pathOf(outer, '?label=latest'))
    expect(body).toMatchObject({
      prompt: '<inner>',
      resolutionGraph: { root, dependencies: { [root?.id]: [usedNode] } },
    })
    expect(description.validator('GET', `${PROMPTS}/{promptName}`)(body)).toBe(true)
    expect((await call('GET', pathOf(outer, '?label=latest&resolve=false'))).body).toMatchObject({
      prompt: text,
      resolutionGraph: null,
    })
    expect(await call('DELETE', pathOf(inner))).toMatchObject({ status: 400, body: { error: 'InvalidRequestError' } })
    expect(
      await call('POST', PROMPTS, { name: inner, prompt: `@@@langfusePrompt:name=${outer}|version=1@@@` }),
    ).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('Circular'), error: 'InvalidRequestError' },
    })
    expect((await call('DELETE', pathOf(outer))).status).toBe(204)
    expect((await call('DELETE', pathOf(inner))).status).toBe(204)
  })

  test('references that moving labels have led in a circle are a conflict', async () => {
    const [a, b, c] = [unusedName('a'), unusedName('b'), unusedName('c')]
    const to = (name: string, choice: string) => `@@@langfusePrompt:name=${name}|${choice}@@@`
    await create({ name: b, prompt: 'b', labels: ['x'] })
    await create({ name: c, prompt: 'c', labels: ['x'] })
    await create({ name: a, prompt: to(b, 'label=x') })
    await create({ name: b, prompt: to(c, 'label=x') })
    await create({ name: c, prompt: to(a, 'version=1') })
    for (const name of [b, c]) await call('PATCH', pathOf(name, '/versions/2'), { newLabels: ['x'] })
    expect(await call('GET', pathOf(a, '?version=1'))).toMatchObject({
      status: 409,
      body: { error: 'LangfuseConflictError' },
    })
    expect((await call('GET', pathOf(a, '?version=1&resolve=false'))).status).toBe(200)
  })
})

describe('the list', () => {
  test('pages, parameters and filter', async () => {
    const stem = unusedName('list')
    await create({ name: `${stem}/b`, prompt: '1', labels: ['production'], tags: ['red'], config: { model: 'gpt' } })
    await create({ name: `${stem}/a`, type: 'chat', prompt: [], tags: ['red', 'blue'] })
    await create({ name: `${stem}/a`, type: 'chat', prompt: [], config: { model: 'claude' } })
    const mine = { type: 'string', column: 'name', operator: 'starts with', value: `${stem.toUpperCase()}/` }
    const names = async (query: string) => {
      const { status, body } = await call('GET', `${PROMPTS}?${query}`)
      expect(status).toBe(200)
      expect(description.validator('GET', PROMPTS)(body)).toBe(true)
      const { data, meta, pagination } = Object(body)
      expect(pagination).toEqual(meta)
      return data.map(({ name, versions }: { name: string; versions: number[] }) => `${name.split('/')[1]}:${versions}`)
    }
    const filtered = (...conditions: object[]) => `filter=${encodeURIComponent(JSON.stringify([mine, ...conditions]))}`
    expect(await names(filtered())).toEqual(['a:1,2', 'b:1'])
    expect(await names(`${filtered()}&limit=1&page=2`)).toEqual(['b:1'])
    expect(await names(`${filtered()}&name=ignored&version=99`)).toEqual(['a:1,2', 'b:1'])
    expect(await names(filtered({ type: 'number', column: 'version', operator: '=', value: 2 }))).toEqual(['a:2'])
    expect(
      await names(filtered({ type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['blue'] })),
    ).toEqual(['a:1,2'])
    expect(await names(filtered({ type: 'stringObject', column: 'config', key: 'model', operator: 'is set' }))).toEqual(
      ['a:2', 'b:1'],
    )
    expect(
      await names(filtered({ type: 'datetime', column: 'updatedAt', operator: '>', value: '2020-01-01T00:00:00Z' })),
    ).toEqual(['a:1,2', 'b:1'])
    expect(await names(`name=${stem}/a`)).toEqual(['a:1,2'])
    expect(await names(`name=${stem}/a&version=1`)).toEqual(['a:1'])
    expect(await names(`name=${stem}/a&label=latest`)).toEqual(['a:2'])
    expect(await names(`name=${stem}/b&tag=red`)).toEqual(['b:1'])
    expect(await names(`name=${stem}/b&tag=blue`)).toEqual([])
    expect(await names(`name=${stem}/b&fromUpdatedAt=2020-01-01T00:00:00Z`)).toEqual(['b:1'])
    expect(await names(`name=${stem}/b&toUpdatedAt=2020-01-01T00:00:00Z`)).toEqual([])
    expect(await call('GET', `${PROMPTS}?name=${stem}/none`)).toEqual({
      status: 200,
      body: {
        data: [],
        meta: { page: 1, limit: 10, totalItems: 0, totalPages: 0 },
        pagination: { page: 1, limit: 10, totalItems: 0, totalPages: 0 },
      },
    })
  })

  test.each([
    ['an unknown column', { type: 'string', column: 'prompt', operator: '=', value: 'x' }],
    ['a type that the column has not', { type: 'string', column: 'version', operator: '=', value: '1' }],
    ['an unknown operator', { type: 'string', column: 'name', operator: 'matches', value: 'x' }],
    ['a version with a fraction', { type: 'number', column: 'version', operator: '=', value: 1.5 }],
    ['config without a key', { type: 'stringObject', column: 'config', operator: 'is set' }],
  ])('filter: %s is refused', async (_, condition) => {
    const filter = encodeURIComponent(JSON.stringify([condition]))
    expect(await call('GET', `${PROMPTS}?filter=${filter}`)).toMatchObject({
      status: 400,
      body: { message: 'Invalid request data', error: [{ path: [0, expect.anything()] }] },
    })
  })
})

describe('the first API', () => {
  test('creates, perhaps as the active version, and reads it', async () => {
    const name = unusedName()
    const first = await call('POST', '/api/public/prompts', { name, prompt: '1', isActive: true })
    expect(first).toMatchObject({ status: 201, body: { labels: ['production', 'latest'], isActive: true } })
    const second = await call('POST', '/api/public/prompts', { name, prompt: '2', isActive: false })
    expect(second).toMatchObject({ status: 201, body: { labels: ['latest'], isActive: false } })
    expect((await call('GET', `/api/public/prompts?name=${name}`)).body).toMatchObject({ version: 1, prompt: '1' })
    expect((await call('GET', `/api/public/prompts?name=${name}&version=2`)).body).toMatchObject({ prompt: '2' })
    expect(await call('GET', `/api/public/prompts?name=${name}&version=3`)).toEqual({
      status: 404,
      body: { message: 'Prompt not found', error: 'LangfuseNotFoundError' },
    })
    expect((await call('GET', '/api/public/prompts')).status).toBe(400)
  })
})

describe('answers fit their description', () => {
  test.each<[string, object]>([
    ['a text', { prompt: 'x' }],
    [
      'a chat',
      {
        type: 'chat',
        prompt: [
          { role: 'user', content: 'x' },
          { type: 'placeholder', name: 'p' },
        ],
      },
    ],
  ])('%s', async (_, content) => {
    const name = unusedName()
    const fits = (method: string, path: string, body: unknown) => {
      const validate = description.validator(method, path)
      validate(body)
      expect(validate.errors ?? []).toEqual([])
    }
    fits('POST', PROMPTS, await create({ name, ...content, labels: ['production'] }))
    fits('GET', `${PROMPTS}/{promptName}`, (await call('GET', pathOf(name))).body)
    const patched = await call('PATCH', pathOf(name, '/versions/1'), { newLabels: ['x'] })
    fits('PATCH', `${PROMPTS}/{name}/versions/{version}`, patched.body)
    fits('GET', PROMPTS, (await call('GET', `${PROMPTS}?name=${name}`)).body)
  })
})

describe('generations and the prompts they used', () => {
  const linkOf = async (id: string) => {
    const { body } = await call('GET', `/api/public/observations/${id}`)
    const { promptId, promptName, promptVersion } = Object(body)
    return { promptId, promptName, promptVersion }
  }
  const generation = (id: string, body: object, type = 'generation-create') => ({
    id: `event-${id}-${type}`,
    type,
    timestamp: new Date().toISOString(),
    body: { id, traceId: 'linked', ...body },
  })
  const ingest = async (...batch: object[]) =>
    expect((await call('POST', '/api/public/ingestion', { batch })).body).toMatchObject({ errors: [] })

  test('an id where the version exists, null where it does not', async () => {
    const name = unusedName()
    const { id } = Object(await create({ name, prompt: 'x' }))
    const used = { promptName: name, promptVersion: 1 }
    await ingest(
      generation('linked-1', used),
      generation('linked-2', { promptName: name, promptVersion: 2 }),
      generation('linked-3', { promptName: 'fallback', promptVersion: 1 }),
      generation('linked-4', {}),
      generation('linked-5', used, 'agent-create'),
    )
    expect(await linkOf('linked-1')).toEqual({ ...used, promptId: id })
    expect(await linkOf('linked-2')).toEqual({ ...used, promptVersion: 2, promptId: null })
    expect(await linkOf('linked-3')).toMatchObject({ promptId: null })
    expect(await linkOf('linked-4')).toEqual({ promptId: null, promptName: null, promptVersion: null })
    expect(await linkOf('linked-5')).toMatchObject({ promptId: null })
  })

  test('over OTLP, and a version that is made after it was missed', async () => {
    const name = unusedName()
    const spanId = 'abcdefabcdefabcd'
    const attributes = {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.prompt.name': name,
      'langfuse.observation.prompt.version': 1,
    }
    const body = toOtlpJson(exportOf({ spans: [{ spanId, attributes }] }))
    await ingest(generation('early', { promptName: name, promptVersion: 1 }))
    expect(await linkOf('early')).toMatchObject({ promptId: null })
    const { id } = Object(await create({ name, prompt: 'x' }))
    expect((await call('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
    expect(await linkOf(spanId)).toEqual({ promptId: id, promptName: name, promptVersion: 1 })
    await ingest(generation('early', { name: 'again' }, 'generation-update'))
    expect(await linkOf('early')).toMatchObject({ promptId: id })
    expect((await call('DELETE', pathOf(name))).status).toBe(204)
    await ingest(generation('after', { promptName: name, promptVersion: 1 }))
    expect(await linkOf('after')).toMatchObject({ promptId: null })
    expect(await linkOf(spanId)).toMatchObject({ promptId: id })
  })
})
