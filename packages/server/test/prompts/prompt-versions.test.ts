/** The versions of prompts over HTTP: labels, deletion, references, lists, and the generations that used them. */
import { beforeAll, describe, expect, test } from 'vitest'
import { exportOf, toOtlpJson } from '#ingest/otlp/otlp-request.fixture.ts'
import { TEST_KEYS } from '../support/app.ts'
import { type Answer, missing } from '../support/call.ts'
import { readDescription } from '../support/openapi.ts'
import { answerOf, INVALID, PROMPTS, pathOf, promptsWorld, unusedName, wrong } from './world.ts'

const { send, call, create } = promptsWorld()
const description = readDescription()

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
  const stem = unusedName('list')
  const mine = { type: 'string', column: 'name', operator: 'starts with', value: `${stem.toUpperCase()}/` }
  const filter = (...conditions: object[]) => `filter=${encodeURIComponent(JSON.stringify([mine, ...conditions]))}`

  beforeAll(async () => {
    await create({ name: `${stem}/b`, prompt: '1', labels: ['production'], tags: ['red'], config: { model: 'gpt' } })
    await create({ name: `${stem}/a`, type: 'chat', prompt: [], tags: ['red', 'blue'] })
    await create({ name: `${stem}/a`, type: 'chat', prompt: [], config: { model: 'claude' } })
  })

  test.each([
    ['by name', filter(), ['a:1,2', 'b:1']],
    ['a page of it', `${filter()}&limit=1&page=2`, ['b:1']],
    ['a filter goes before parameters', `${filter()}&name=ignored&version=99`, ['a:1,2', 'b:1']],
    ['filter: version', filter({ type: 'number', column: 'version', operator: '=', value: 2 }), ['a:2']],
    ['filter: tags', filter({ type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['blue'] }), ['a:1,2']],
    [
      'filter: config',
      filter({ type: 'stringObject', column: 'config', key: 'model', operator: 'is set' }),
      ['a:2', 'b:1'],
    ],
    [
      'filter: time',
      filter({ type: 'datetime', column: 'updatedAt', operator: '>', value: '2020-01-01T00:00:00Z' }),
      ['a:1,2', 'b:1'],
    ],
    ['name', `name=${stem}/a`, ['a:1,2']],
    ['version', `name=${stem}/a&version=1`, ['a:1']],
    ['label', `name=${stem}/a&label=latest`, ['a:2']],
    ['tag', `name=${stem}/b&tag=red`, ['b:1']],
    ['a tag that it has not', `name=${stem}/b&tag=blue`, []],
    ['changed since', `name=${stem}/b&fromUpdatedAt=2020-01-01T00:00:00Z`, ['b:1']],
    ['changed before', `name=${stem}/b&toUpdatedAt=2020-01-01T00:00:00Z`, []],
  ])('%s', async (_, query, expected) => {
    const { status, body } = await call('GET', `${PROMPTS}?${query}`)
    expect(status).toBe(200)
    expect(description.validator('GET', PROMPTS)(body)).toBe(true)
    const { data, meta, pagination } = Object(body)
    expect(pagination).toEqual(meta)
    const found = data.map(({ name, versions }: { name: string; versions: number[] }) => [name, versions].join(':'))
    expect(found).toEqual(expected.map((each) => `${stem}/${each}`))
  })

  test('of nothing', async () => {
    const meta = { page: 1, limit: 10, totalItems: 0, totalPages: 0 }
    expect(await call('GET', `${PROMPTS}?name=${stem}/none`)).toEqual({
      status: 200,
      body: { data: [], meta, pagination: meta },
    })
  })

  test.each([
    ['an unknown column', { type: 'string', column: 'prompt', operator: '=', value: 'x' }],
    ['a type that the column has not', { type: 'string', column: 'version', operator: '=', value: '1' }],
    ['an unknown operator', { type: 'string', column: 'name', operator: 'matches', value: 'x' }],
    ['a version with a fraction', { type: 'number', column: 'version', operator: '=', value: 1.5 }],
    ['config without a key', { type: 'stringObject', column: 'config', operator: 'is set' }],
  ])('filter: %s is refused', async (_, condition) => {
    expect(await call('GET', `${PROMPTS}?filter=${encodeURIComponent(JSON.stringify([condition]))}`)).toMatchObject({
      status: 400,
      body: wrong(0, expect.anything()),
    })
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

describe('refusals', () => {
  const invalid = (body: object) => ({ status: 400, body })

  test.each<[string, readonly [method: string, rest: string, body?: unknown], Answer]>([
    ['version and label', ['GET', '/p?version=1&label=x'], invalid({ error: 'InvalidRequestError' })],
    ['a version that is no number', ['GET', '/p?version=x'], invalid(wrong('version'))],
    ['resolve that is no boolean', ['GET', '/p?resolve=1'], invalid(wrong('resolve'))],
    ['no such version', ['GET', '/p?version=7'], missing("Prompt not found: 'p' with version 7")],
    ['no such label', ['GET', '/p?label=x'], missing("Prompt not found: 'p' with label 'x'")],
    ['page 0', ['GET', '?page=0'], invalid(wrong('page'))],
    ['limit 101', ['GET', '?limit=101'], invalid(wrong('limit'))],
    ['no instant', ['GET', '?fromUpdatedAt=today'], invalid(wrong('fromUpdatedAt'))],
    ['no filter', ['GET', '?filter=x'], invalid({ message: 'Invalid JSON in filter parameter' })],
    ['no list of conditions', ['GET', '?filter={}'], invalid(INVALID)],
    [
      'labelling what is not there',
      ['PATCH', '/p/versions/1', { newLabels: ['x'] }],
      missing("Prompt not found: 'p' with version 1"),
    ],
    ['labelling as latest', ['PATCH', '/p/versions/1', { newLabels: ['latest'] }], invalid(wrong('newLabels', 0))],
    ['labelling in capitals', ['PATCH', '/p/versions/1', { newLabels: ['X'] }], invalid(wrong('newLabels', 0))],
    ['labelling with nothing', ['PATCH', '/p/versions/1', {}], invalid(wrong('newLabels'))],
    ['labelling no version', ['PATCH', '/p/versions/x', { newLabels: [] }], invalid(wrong('version'))],
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
      expect(await answerOf(send(method, path, { headers: { authorization } }))).toEqual(expected)
  })
})
