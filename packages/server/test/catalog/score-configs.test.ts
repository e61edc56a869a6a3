/** Score configs over HTTP (public-api contract §8). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, call, invalid, missing, OTHER_PROJECT, textIn } from '../support/call.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
const description = readDescription()

beforeAll(async () => {
  app = await openTestApp(OTHER_PROJECT)
}, 60_000)
afterAll(() => app?.close())

const PATH = '/api/public/score-configs'
const NOT_FOUND = missing('Score config not found within authorized project')
const categories = [
  { label: 'good', value: 1 },
  { label: 'bad', value: 0 },
]

const create = (body: object) => call(app, `POST ${PATH}`, { body })
const change = (id: string, body: object) => call(app, `PATCH ${PATH}/${id}`, { body })

describe('a score config', () => {
  test.each<[string, object, object]>([
    ['NUMERIC', { minValue: 0, maxValue: null }, { minValue: 0, maxValue: null, categories: null }],
    ['CATEGORICAL', { categories }, { categories }],
    [
      'BOOLEAN',
      { description: 'd' },
      {
        description: 'd',
        categories: [
          { label: 'True', value: 1 },
          { label: 'False', value: 0 },
        ],
      },
    ],
    ['TEXT', {}, { categories: null, description: null }],
  ])('of type %s is made and read, as described', async (dataType, given, expected) => {
    const made = await create({ name: `a ${dataType}`, dataType, ...given })
    expect(made).toMatchObject({
      status: 200,
      body: { name: `a ${dataType}`, dataType, projectId: 'default', isArchived: false, ...expected },
    })
    expect(description.validator('POST', PATH)(made.body)).toBe(true)
    const id = textIn(made, 'id')
    expect(await call(app, `GET ${PATH}/${id}`)).toEqual(made)
    expect(await call(app, `GET ${PATH}/${id}`, { headers: asOther })).toEqual(NOT_FOUND)
  })

  test('is changed field by field, and then scores are held to it', async () => {
    const id = textIn(await create({ name: 'bounded', dataType: 'NUMERIC', minValue: 0, maxValue: 1 }), 'id')
    expect(await change(id, { maxValue: 5, description: 'up to five', name: null })).toMatchObject({
      status: 200,
      body: { name: 'bounded', minValue: 0, maxValue: 5, description: 'up to five' },
    })
    const score = (value: number) =>
      app.send('POST', '/api/public/scores', { body: { traceId: 't', name: 'bounded', configId: id, value } })
    await score(4)
    await score(6)
    expect(await change(id, { isArchived: true })).toMatchObject({ body: { isArchived: true, maxValue: 5 } })
    await score(3)
    expect(await app.get(`/api/public/v2/scores?fields=score&configId=${id}`)).toMatchObject({ data: [{ value: 4 }] })
  })

  test('of type BOOLEAN is renamed without touching its categories', async () => {
    const id = textIn(await create({ name: 'yes or no', dataType: 'BOOLEAN' }), 'id')
    expect(await change(id, { name: 'no or yes' })).toMatchObject({
      status: 200,
      body: { name: 'no or yes', categories: [{ label: 'True' }, { label: 'False' }] },
    })
    expect(await change(id, { categories })).toEqual(invalid('categories'))
  })
})

describe('refused', () => {
  test.each<[string, object, string[]]>([
    ['an unknown type', { name: 'a', dataType: 'CORRECTION' }, ['dataType']],
    ['a name with signs', { name: 'a/b', dataType: 'TEXT' }, ['name']],
    ['bounds on text', { name: 'a', dataType: 'TEXT', minValue: 1, maxValue: 2 }, ['minValue', 'maxValue']],
    ['crossed bounds', { name: 'a', dataType: 'NUMERIC', minValue: 2, maxValue: 1 }, ['maxValue']],
    ['no categories', { name: 'a', dataType: 'CATEGORICAL' }, ['categories']],
    ['given categories of a BOOLEAN', { name: 'a', dataType: 'BOOLEAN', categories }, ['categories']],
  ])('%s', async (_name, body, fields) => {
    expect(await create(body)).toEqual(invalid(...fields))
  })

  test('changes: none, of nothing, and to what could not be made', async () => {
    const id = textIn(await create({ name: 'fixed', dataType: 'NUMERIC', minValue: 3 }), 'id')
    expect((await change(id, {})).status).toBe(400)
    expect((await change(id, { minValue: null })).status).toBe(400)
    expect(await change(id, { maxValue: 2 })).toEqual(invalid('maxValue'))
    expect(await change('nope', { name: 'a' })).toEqual(NOT_FOUND)
    expect(await call(app, `PATCH ${PATH}/${id}`, { body: { name: 'a' }, headers: asOther })).toEqual(NOT_FOUND)
    expect(await call(app, `GET ${PATH}/${id}`)).toMatchObject({ body: { name: 'fixed', maxValue: null } })
  })
})

test('the list is newest first, as described, and its pages make up the whole', async () => {
  const made = await Promise.all(
    Array.from({ length: 30 }, (_, index) => create({ name: `listed ${index}`, dataType: 'TEXT' })),
  )
  const ids: string[] = []
  for (let page = 1; page <= 50; page++) {
    const { body } = await call(app, `GET ${PATH}?limit=7&page=${page}`)
    expect(description.validator('GET', PATH)(body)).toBe(true)
    const data: { id: string; createdAt: string }[] = Object(body).data
    expect(data.map(({ createdAt }) => createdAt)).toEqual(
      data
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .reverse(),
    )
    ids.push(...data.map(({ id }) => id))
  }
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(expect.arrayContaining(made.map((answer) => textIn(answer, 'id'))))
  expect(await call(app, `GET ${PATH}?page=0`)).toEqual(invalid('page'))
})
