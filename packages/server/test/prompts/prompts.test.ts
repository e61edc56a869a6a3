/** Prompts over HTTP: how one is made, named, refused and read. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDescription } from '../support/openapi.ts'
import { INVALID, PROMPTS, pathOf, promptsWorld, unusedName, wrong } from './world.ts'

const { send, call, create } = promptsWorld()
const description = readDescription()

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
    await send('POST', PROMPTS, { body: `{"name":"${name}","prompt":"x","config":${config}}` })
    expect(await (await send('GET', pathOf(name, '?label=latest'))).text()).toContain(`"config":${config}`)
    expect(await (await send('GET', `${PROMPTS}?name=${name}`)).text()).toContain(`"lastConfig":${config}`)
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

  const parts = fc.oneof(
    fc.constantFrom('%', '/', '+', '%2F', '%25', '.', ' ', '?', '#', '\\', ';', '&', 'é'),
    fc.string({ unit: 'grapheme' }),
  )
  const anyName = fc.array(parts, { minLength: 1 }).map((drawn) => drawn.join('').trim())

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
    expect(await call('POST', PROMPTS, { name, prompt: 'x' })).toMatchObject({ status: 400, body: wrong('name') })
  })
})

describe('refused', () => {
  const HISTORY = [
    { role: 'user', content: '{{h}}' },
    { type: 'placeholder', name: 'h' },
  ]

  test.each<[string, unknown, object]>([
    ['no JSON', '{', { error: 'InvalidRequestError' }],
    ['no object', '[]', INVALID],
    ['no name', { prompt: 'x' }, wrong('name')],
    ['no prompt', { name: 'a' }, wrong('prompt')],
    ['an unknown type', { name: 'a', type: 'image', prompt: 'x' }, wrong('type')],
    ['a chat that is text', { name: 'a', type: 'chat', prompt: 'x' }, wrong('prompt')],
    ['a text that is a chat', { name: 'a', prompt: [] }, wrong('prompt')],
    ['a message without content', { name: 'a', type: 'chat', prompt: [{ role: 'user' }] }, wrong('prompt', 0)],
    ['a label in capitals', { name: 'a', prompt: 'x', labels: ['A'] }, wrong('labels', 0)],
    ['a label of 37 characters', { name: 'a', prompt: 'x', labels: ['a'.repeat(37)] }, wrong('labels', 0)],
    [
      'a commit message of 501 characters',
      { name: 'a', prompt: 'x', commitMessage: 'a'.repeat(501) },
      wrong('commitMessage'),
    ],
    [
      'a variable that is a placeholder',
      { name: 'a', type: 'chat', prompt: HISTORY },
      { error: 'InvalidRequestError' },
    ],
    [
      'a reference to nothing',
      { name: 'a', prompt: '@@@langfusePrompt:name=nothing|label=production@@@' },
      { message: "Prompt dependency not found: 'nothing' with label 'production'", error: 'InvalidRequestError' },
    ],
  ])('%s', async (_, body, expected) => {
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
