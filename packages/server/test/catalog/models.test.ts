/** Price entries over HTTP (public-api contract §13, §26.3). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, call, invalid, missing, OTHER_PROJECT, textIn } from '../support/call.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
const description = readDescription()

beforeAll(async () => {
  app = await openTestApp({ ...OTHER_PROJECT, adminKey: 'admin-key' })
}, 60_000)
afterAll(() => app?.close())

const flat = { modelName: 'mine', matchPattern: '(?i)^mine$', unit: 'TOKENS', inputPrice: 0.001, outputPrice: 0.002 }
const tier = { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 0.5 } }
const large = {
  name: 'Large',
  isDefault: false,
  priority: 1,
  conditions: [{ usageDetailPattern: '^input', operator: 'gt', value: 200_000, caseSensitive: false }],
  prices: { input: 1 },
}
const tiered = { modelName: 'tiered', matchPattern: 'tiered', pricingTiers: [tier, large] }
const NOT_FOUND = missing('No model with this id found.')

const create = (body: object) => call(app, 'POST /api/public/models', { body })

describe('a price entry', () => {
  test('with flat prices is made, read, listed and deleted, as described', async () => {
    const made = await create({
      ...flat,
      totalPrice: null,
      startDate: '2026-01-02T03:04:05Z',
      tokenizerConfig: { a: 1 },
    })
    const id = textIn(made, 'id')
    expect(made).toEqual({
      status: 200,
      body: {
        id,
        modelName: 'mine',
        matchPattern: '(?i)^mine$',
        startDate: '2026-01-02T03:04:05.000Z',
        unit: 'TOKENS',
        inputPrice: 0.001,
        outputPrice: 0.002,
        totalPrice: null,
        tokenizerId: null,
        tokenizerConfig: { a: 1 },
        isLangfuseManaged: false,
        createdAt: expect.any(String),
        prices: { input: { price: 0.001 }, output: { price: 0.002 } },
        pricingTiers: [
          {
            id: `${id}_tier_default`,
            name: 'Standard',
            isDefault: true,
            priority: 0,
            conditions: [],
            prices: { input: 0.001, output: 0.002 },
          },
        ],
      },
    })
    expect(description.validator('POST', '/api/public/models')(made.body)).toBe(true)
    expect(await call(app, `GET /api/public/models/${id}`)).toEqual(made)
    const list = await call(app, 'GET /api/public/models?limit=100&page=1')
    expect(description.validator('GET', '/api/public/models')(list.body)).toBe(true)
    expect(await call(app, `DELETE /api/public/models/${id}`, { headers: asOther })).toEqual(NOT_FOUND)
    expect(await call(app, `GET /api/public/models/${id}`, { headers: asOther })).toEqual(NOT_FOUND)
    expect(await call(app, `DELETE /api/public/models/${id}`)).toEqual({
      status: 200,
      body: { message: 'Model successfully deleted' },
    })
    expect(await call(app, `GET /api/public/models/${id}`)).toEqual(NOT_FOUND)
  })

  test('with tiers keeps them by priority, each with an id', async () => {
    const made = await create({ ...tiered, pricingTiers: [large, tier] })
    const id = textIn(made, 'id')
    expect(made.body).toMatchObject({
      inputPrice: 0.5,
      outputPrice: null,
      unit: null,
      pricingTiers: [
        { ...tier, id: `${id}_tier_default` },
        { ...large, id: `${id}_tier_1` },
      ],
    })
    expect(description.named('Model')(made.body)).toBe(true)
  })

  test('prices what comes after it', async () => {
    await create({ ...flat, modelName: 'priced', matchPattern: '^priced$' })
    const generation = { id: 'g1', traceId: 't1', model: 'priced', usageDetails: { input: 10, output: 1 } }
    const event = { id: 'e1', type: 'generation-create', timestamp: new Date().toISOString(), body: generation }
    await app.send('POST', '/api/public/ingestion', { body: { batch: [event] } })
    expect(await app.get('/api/public/observations/g1')).toMatchObject({ calculatedTotalCost: 0.012 })
  })

  test('is put under an id, and replaced there with its age kept', async () => {
    const put = (body: object, headers?: Record<string, string>) =>
      call(app, 'PUT /api/public/models/my-id', { body, ...(headers && { headers }) })
    const made = await put({ ...flat, modelName: 'put' })
    expect(made).toMatchObject({ status: 200, body: { id: 'my-id', inputPrice: 0.001 } })
    const replaced = await put({ ...tiered, modelName: 'put' })
    expect(replaced).toMatchObject({ status: 200, body: { id: 'my-id', inputPrice: 0.5, outputPrice: null } })
    expect(textIn(replaced, 'createdAt')).toBe(textIn(made, 'createdAt'))
    expect(await put(flat, asOther)).toEqual(NOT_FOUND)
    expect((await put({ ...flat, modelName: 'tiered', unit: undefined })).status).toBe(400)
  })
})

describe('the built-in table', () => {
  const builtin = async (): Promise<string> => {
    const { body } = await call(app, 'GET /api/public/models?limit=100', { headers: asOther })
    const found: { id: string; isLangfuseManaged: boolean }[] = Object(body).data
    return found.find(({ isLangfuseManaged }) => isLangfuseManaged)?.id ?? ''
  }

  test('is read by all and changed by none', async () => {
    const path = `/api/public/models/${await builtin()}`
    expect(await call(app, `GET ${path}`)).toMatchObject({ status: 200, body: { isLangfuseManaged: true } })
    expect(await call(app, `DELETE ${path}`)).toEqual(NOT_FOUND)
    expect(await call(app, `PUT ${path}`, { body: flat })).toEqual(NOT_FOUND)
  })

  test('is paged by name without gaps', async () => {
    const names: string[] = []
    for (let page = 1; ; page++) {
      const { body } = await call(app, `GET /api/public/models?limit=50&page=${page}`, { headers: asOther })
      const data: { modelName: string }[] = Object(body).data
      names.push(...data.map(({ modelName }) => modelName))
      if (data.length === 0) break
      expect(Object(body).meta.page).toBe(page)
    }
    expect(names.length).toBeGreaterThan(100)
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)))
  })
})

describe('refused', () => {
  test.each<[string, object, string]>([
    ['no prices', { modelName: 'a', matchPattern: 'a' }, 'pricingTiers'],
    ['both kinds of prices', { ...tiered, inputPrice: 1 }, 'pricingTiers'],
    ['a total beside its parts', { ...flat, totalPrice: 1 }, 'totalPrice'],
    ['a negative price', { ...flat, inputPrice: -1 }, 'inputPrice'],
    ['no name', { ...flat, modelName: '' }, 'modelName'],
    ['an unknown unit', { ...flat, unit: 'MILES' }, 'unit'],
    ['a date without a zone', { ...flat, startDate: '2026-01-02' }, 'startDate'],
  ])('%s', async (_name, body, field) => {
    expect(await create(body)).toEqual(invalid(field))
  })

  test.each<[string, object, RegExp]>([
    ['a pattern that is none', { ...flat, matchPattern: '(' }, /^Invalid regex pattern/],
    [
      'two default tiers',
      { ...tiered, pricingTiers: [tier, { ...tier, name: 'B', priority: 1 }] },
      /^Only one pricing tier/,
    ],
    [
      'a tier without a condition',
      { ...tiered, pricingTiers: [tier, { ...large, conditions: [] }] },
      /needs a condition/,
    ],
    ['a name twice', { ...tiered, modelName: 'tiered' }, /exists already/],
  ])('%s, in a sentence', async (_name, body, message) => {
    expect(await create(body)).toEqual({
      status: 400,
      body: { message: expect.stringMatching(message), error: 'InvalidRequestError' },
    })
  })
})

describe('the admin key', () => {
  const admin = (over: Record<string, string> = {}) => ({
    authorization: 'Bearer admin-key',
    'x-langfuse-admin-api-key': 'admin-key',
    'x-langfuse-project-id': 'other',
    ...over,
  })
  const ask = (operation: string, headers: Record<string, string>, body?: object) =>
    call(app, operation, { headers, ...(body && { body }) })

  test('works in the project that the request names, on price entries and LLM connections alone', async () => {
    const made = await ask('POST /api/public/models', admin(), { ...flat, modelName: 'of-admin' })
    expect(made.status).toBe(200)
    const path = `/api/public/models/${textIn(made, 'id')}`
    expect(await ask(`GET ${path}`, asOther)).toMatchObject({ status: 200, body: { modelName: 'of-admin' } })
    expect((await call(app, `GET ${path}`)).status).toBe(404)
    expect((await ask('GET /api/public/llm-connections', admin())).status).toBe(200)
    expect((await ask('GET /api/public/traces', admin())).status).toBe(401)
  })

  test.each<[string, Record<string, string>, number, string]>([
    ['another key', { 'x-langfuse-admin-api-key': 'wrong' }, 401, 'Invalid admin API key'],
    ['another bearer', { authorization: 'Bearer wrong' }, 401, 'Invalid admin API key'],
    ['no project', { 'x-langfuse-project-id': '' }, 400, 'must name the project'],
    ['an unknown project', { 'x-langfuse-project-id': 'none' }, 404, 'Project not found'],
  ])('%s is refused', async (...[, over, status, sentence]) => {
    const answer = await ask('GET /api/public/models', admin(over))
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(sentence) } })
  })
})
