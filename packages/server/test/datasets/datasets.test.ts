/** Datasets, items and runs over HTTP, each answer held against the published description. */
import { createHash } from 'node:crypto'
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { readDescription } from '../support/openapi.ts'

const description = readDescription()
let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app?.close())

const PUBLIC = '/api/public'

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await app.send(method, `${PUBLIC}/${path}`, body === undefined ? {} : { body })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

/** The body of a 200 that fits the description of the operation at `template`. */
async function good(method: string, path: string, { body, template }: { body?: unknown; template?: string } = {}) {
  const answer = await call(method, path, body)
  expect(answer).toMatchObject({ status: 200 })
  const validate = description.validator(method, `${PUBLIC}/${template ?? path.replace(/\?.*/, '')}`)
  validate(answer.body)
  expect(validate.errors ?? []).toEqual([])
  return answer.body
}

const Id = z.object({ id: z.string(), createdAt: z.string() })
const List = z.object({ data: z.array(z.looseObject({ id: z.string() })), meta: z.unknown() })

const newDataset = async (name: string, rest: object = {}) =>
  Id.parse(await good('POST', 'v2/datasets', { body: { name, ...rest } }))
const newItem = async (datasetName: string, rest: object = {}) =>
  Id.parse(await good('POST', 'dataset-items', { body: { datasetName, ...rest } }))
const idsIn = async (query: string) => List.parse(await good('GET', `dataset-items?${query}`)).data.map(({ id }) => id)
const at = encodeURIComponent

describe('datasets', () => {
  test('are made and changed by name, with every digit kept', async () => {
    const metadata = '{"b":1,"1":[12345678901234567890,1.0]}'
    const text = await (
      await app.send('POST', `${PUBLIC}/v2/datasets`, { body: `{"name":"digits","metadata":${metadata}}` })
    ).text()
    expect(text).toContain(`"metadata":${metadata}`)
    const [made] = [Id.parse(JSON.parse(text))]
    const changed = await good('POST', 'v2/datasets', {
      body: { name: 'digits', description: 'd', metadata: null, inputSchema: { type: 'object' } },
    })
    expect(changed).toMatchObject({ id: made.id, description: 'd', inputSchema: { type: 'object' } })
    const again = await app.send('GET', `${PUBLIC}/v2/datasets/digits`)
    expect(await again.text()).toContain(`"metadata":${metadata}`)
    const cleared = await good('POST', 'v2/datasets', {
      body: { name: 'digits', description: null, inputSchema: null },
    })
    expect(cleared).toMatchObject({ description: 'd', inputSchema: null })
  })

  test.each(['folder/sub folder/name', 'a + 7?', '100%', 'a%2Fb', 'naïve 日本 😀', '..%'])(
    'are found by the name %s, escaped once or twice',
    async (name) => {
      const { id } = await newDataset(name)
      await newItem(name, { input: 1 })
      for (const path of [at(name), at(at(name))]) {
        expect(await good('GET', `v2/datasets/${path}`, { template: 'v2/datasets/{datasetName}' })).toMatchObject({
          id,
        })
        const runs = await good('GET', `datasets/${path}/runs`, { template: 'datasets/{datasetName}/runs' })
        expect(runs).toMatchObject({ data: [] })
        const whole = await call('GET', `datasets/${path}`)
        expect(whole).toMatchObject({ status: 200, body: { id, items: [{ input: 1 }], runs: [] } })
      }
      expect(await idsIn(`datasetName=${at(name)}`)).toHaveLength(1)
    },
  )

  test('are listed newest first, by page', async () => {
    const { id } = await newDataset('newest')
    const list = List.parse(await good('GET', 'v2/datasets?limit=1'))
    expect(list).toMatchObject({ data: [{ id }], meta: { page: 1, limit: 1 } })
    expect(await good('GET', 'v2/datasets?limit=1&page=9999')).toMatchObject({ data: [] })
    for (const item of ['n1', 'n2']) await newItem('newest', { id: item })
    await call('POST', 'dataset-run-items', { runName: 'r', datasetItemId: 'n1', traceId: 't' })
    const v1 = await call('GET', 'datasets?page=0&limit=1')
    expect(v1).toMatchObject({
      status: 200,
      body: { data: [{ id, items: ['n2', 'n1'], runs: ['r'] }], meta: { page: 1 } },
    })
    const whole = await call('POST', 'datasets', { name: 'newest' })
    expect(whole).toMatchObject({ body: { id, items: [{ id: 'n2' }, { id: 'n1' }], runs: ['r'] } })
  })

  test.each<[string, string, unknown, number, object]>([
    ['GET', 'v2/datasets/none', undefined, 404, { message: 'Dataset not found', error: 'LangfuseNotFoundError' }],
    ['GET', 'datasets/none', undefined, 404, { message: 'Dataset not found', error: 'LangfuseNotFoundError' }],
    ['GET', 'v2/datasets?page=0', undefined, 400, { message: 'Invalid request data', error: expect.any(Array) }],
    ['POST', 'v2/datasets', {}, 400, { message: 'Invalid request data', error: [{ path: ['name'] }] }],
    ['POST', 'v2/datasets', { name: '' }, 400, { error: [{ path: ['name'] }] }],
    ['POST', 'v2/datasets', { name: 'a\0b' }, 400, { error: [{ path: ['name'] }] }],
    ['POST', 'v2/datasets', { name: 'x', inputSchema: { type: 'text' } }, 400, { error: 'InvalidRequestError' }],
    ['POST', 'v2/datasets', { name: 'x', expectedOutputSchema: 'text' }, 400, { error: 'InvalidRequestError' }],
    ['GET', 'datasets/none/runs', undefined, 404, { message: 'Dataset not found' }],
    ['GET', 'datasets/none/runs/none', undefined, 404, { message: 'Dataset not found' }],
    ['DELETE', 'datasets/newest/runs/none', undefined, 404, { message: 'Dataset run not found' }],
    ['GET', 'dataset-items/none', undefined, 404, { message: 'Dataset item not found' }],
    ['DELETE', 'dataset-items/none', undefined, 404, { message: 'Dataset item not found' }],
    ['POST', 'dataset-items', { datasetName: 'none' }, 404, { message: 'Dataset not found' }],
    ['POST', 'dataset-items', { datasetName: 'newest', id: 'x'.repeat(256) }, 400, { error: [{ path: ['id'] }] }],
    ['POST', 'dataset-items', { datasetName: 'newest', status: 'GONE' }, 400, { error: [{ path: ['status'] }] }],
    ['GET', 'dataset-items?datasetName=none', undefined, 404, { message: 'Dataset not found' }],
    ['GET', 'dataset-items?version=2026-01-01T00:00:00Z', undefined, 400, { error: [{ path: ['version'] }] }],
    ['GET', 'dataset-items?datasetName=newest&version=now', undefined, 400, { error: [{ path: ['version'] }] }],
    ['GET', 'dataset-run-items?runName=r', undefined, 400, { error: [{ path: ['datasetId'] }] }],
    ['GET', 'dataset-run-items?runName=r&datasetId=none', undefined, 404, { message: 'Dataset not found' }],
    ['POST', 'dataset-run-items', { runName: 'r', datasetItemId: 'i' }, 400, { error: [{ path: ['traceId'] }] }],
    ['POST', 'dataset-run-items', { runName: 'r', datasetItemId: 'i', traceId: 't', x: 1 }, 400, { error: [{}] }],
    [
      'POST',
      'dataset-run-items',
      { runName: 'r', datasetItemId: 'none', traceId: 't' },
      404,
      {
        message: 'Dataset item not found',
        error: 'LangfuseNotFoundError',
      },
    ],
  ])('%s %s %j → %i', async (...[method, path, body, status, expected]) => {
    expect(await call(method, path, body)).toMatchObject({ status, body: expected })
  })
})

describe('items', () => {
  test('keep what a later write leaves out, and any JSON as it is', async () => {
    await newDataset('items')
    const body =
      '{"datasetName":"items","id":"exact","input":12345678901234567890,"expectedOutput":"1e400","metadata":[1e400]}'
    const made = await app.send('POST', `${PUBLIC}/dataset-items`, { body })
    const text = await made.text()
    for (const part of ['"input":12345678901234567890', '"expectedOutput":"1e400"', '"metadata":[1e400]'])
      expect(text).toContain(part)
    const nulls = { input: null, metadata: null, sourceTraceId: null, sourceObservationId: null, status: null }
    const again = await app.send('POST', `${PUBLIC}/dataset-items`, {
      body: { datasetName: 'items', id: 'exact', expectedOutput: false, ...nulls },
    })
    const changed = await again.text()
    for (const part of ['"input":12345678901234567890', '"expectedOutput":false', '"metadata":[1e400]'])
      expect(changed).toContain(part)
    const { createdAt, version } = z.object({ createdAt: z.string(), version: z.string() }).parse(JSON.parse(changed))
    expect(version).toBe(createdAt)
  })

  test('are listed newest first, without the archived, as they stand or stood', async () => {
    await newDataset('versions')
    const first = await newItem('versions', { id: 'v1', sourceTraceId: 'trace', sourceObservationId: 'step' })
    const second = await newItem('versions', { id: 'v2' })
    await newItem('versions', { id: 'v2', status: 'ARCHIVED' })
    const third = await newItem('versions', { id: 'v3' })
    expect(await idsIn('datasetName=versions')).toEqual(['v3', 'v1'])
    const asOf = ({ createdAt }: { createdAt: string }) => idsIn(`datasetName=versions&version=${createdAt}`)
    expect(await asOf(first)).toEqual(['v1'])
    expect(await asOf(second)).toEqual(['v2', 'v1'])
    expect(await asOf(third)).toEqual(['v3', 'v1'])
    expect(await idsIn('sourceTraceId=trace')).toEqual(['v1'])
    expect(await idsIn('sourceObservationId=other')).toEqual([])
    const archived = await good('GET', 'dataset-items/v2', { template: 'dataset-items/{id}' })
    expect(archived).toMatchObject({ status: 'ARCHIVED', input: null, metadata: null, mediaReferences: [] })
    const gone = await good('DELETE', 'dataset-items/v3', { template: 'dataset-items/{id}' })
    expect(gone).toEqual({ message: 'Dataset item successfully deleted' })
    expect(await idsIn('datasetName=versions')).toEqual(['v1'])
    await newDataset('versions, again')
    expect(await call('POST', 'dataset-items', { datasetName: 'versions, again', id: 'v1' })).toMatchObject({
      status: 409,
      body: { error: 'LangfuseConflictError' },
    })
  })

  test('written 99 at once are all listed, on any size of page', async () => {
    await newDataset('many')
    const made = await Promise.all(Array.from({ length: 99 }, (_, index) => newItem('many', { input: index })))
    expect(new Set(made.map(({ createdAt }) => createdAt)).size).toBe(99)
    for (const limit of [50, 9]) {
      const pages = Math.ceil(99 / limit)
      const listed: string[] = []
      for (let page = 1; page <= pages; page++)
        listed.push(...(await idsIn(`datasetName=many&limit=${limit}&page=${page}`)))
      expect(listed.toSorted()).toEqual(made.map(({ id }) => id).toSorted())
    }
  })

  test('fit the schemas of their dataset', async () => {
    await newDataset('schemas', { inputSchema: { type: 'object', required: ['q'] } })
    await newItem('schemas', { input: { q: 1 } })
    expect(await call('POST', 'dataset-items', { datasetName: 'schemas', input: {} })).toMatchObject({
      status: 400,
      body: { message: "Dataset item validation failed: input: the value must have required property 'q'" },
    })
    const stricter = { name: 'schemas', inputSchema: { properties: { q: { type: 'string' } } } }
    expect(await call('POST', 'v2/datasets', stricter)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('input: /q must be string') },
    })
  })

  test('show the media that they refer to', async () => {
    await newDataset('media')
    const bytes = Buffer.from('some text')
    const sha256Hash = createHash('sha256').update(bytes).digest('base64')
    const announced = await call('POST', 'media', {
      contentType: 'text/plain',
      contentLength: bytes.length,
      sha256Hash,
      field: 'input',
      datasetId: 'd',
      datasetItemId: 'pictured',
    })
    const { mediaId, uploadUrl } = z.object({ mediaId: z.string(), uploadUrl: z.string() }).parse(announced.body)
    const referenceString = `@@@langfuseMedia:type=text/plain|id=${mediaId}|source=bytes@@@`
    const { pathname, search } = new URL(uploadUrl)
    const sent = await app.send('PUT', pathname + search, { body: bytes, headers: { 'content-type': 'text/plain' } })
    expect(sent.status).toBe(200)
    const item = await good('POST', 'dataset-items', {
      body: { datasetName: 'media', id: 'pictured', input: { gallery: [referenceString] }, metadata: referenceString },
    })
    expect(item).toMatchObject({
      input: { gallery: [referenceString] },
      mediaReferences: [
        { field: 'input', jsonPath: "$['gallery'][0]", referenceString, media: { mediaId, contentType: 'text/plain' } },
        {
          field: 'metadata',
          jsonPath: '$',
          media: { contentLength: bytes.length, url: expect.stringContaining('http') },
        },
      ],
    })
    const unknown = { datasetName: 'media', input: referenceString.replace(mediaId, 'unknown') }
    expect(await call('POST', 'dataset-items', unknown)).toMatchObject({ status: 400 })
  })
})

describe('runs', () => {
  const link = (body: object) => good('POST', 'dataset-run-items', { body })

  test('keep what the first item said; what was done is read back at once', async () => {
    const { id: datasetId } = await newDataset('runs')
    for (const id of ['r1', 'r2']) await newItem('runs', { id })
    const first = await link({
      runName: 'run/one',
      runDescription: 'first',
      metadata: { key: 'value', 1: 2 },
      datasetItemId: 'r1',
      traceId: 'trace-1',
      observationId: null,
      datasetVersion: null,
      createdAt: '2026-01-02T03:04:05.678Z',
    })
    expect(first).toMatchObject({
      createdAt: '2026-01-02T03:04:05.678Z',
      observationId: null,
      datasetRunName: 'run/one',
    })
    await link({ runName: 'run/one', runDescription: 'second', metadata: 1, datasetItemId: 'r2', traceId: 'trace-2' })
    const run = await good('GET', `datasets/runs/runs/${at('run/one')}`, {
      template: 'datasets/{datasetName}/runs/{runName}',
    })
    expect(run).toMatchObject({
      description: 'first',
      metadata: { key: 'value', 1: 2 },
      datasetId,
      datasetRunItems: [{ datasetItemId: 'r2' }, { datasetItemId: 'r1' }],
    })
    const listed = await good('GET', `dataset-run-items?datasetId=${datasetId}&runName=${at('run/one')}&limit=1&page=2`)
    expect(listed).toMatchObject({ data: [{ datasetItemId: 'r1' }], meta: { totalItems: 2, totalPages: 2 } })
  })

  test('are listed newest first and removed one by one', async () => {
    await newDataset('listed')
    await newItem('listed', { id: 'l1' })
    for (let number = 0; number < 9; number++)
      await link({ runName: `run-${number}`, datasetItemId: 'l1', traceId: 't' })
    const list = await good('GET', 'datasets/listed/runs?limit=2&page=1', { template: 'datasets/{datasetName}/runs' })
    expect(list).toMatchObject({
      data: [{ name: 'run-8' }, { name: 'run-7' }],
      meta: { page: 1, limit: 2, totalItems: 9 },
    })
    const template = 'datasets/{datasetName}/runs/{runName}'
    const gone = await good('DELETE', 'datasets/listed/runs/run-8', { template })
    expect(gone).toEqual({ message: 'Dataset run successfully deleted' })
    expect(await call('GET', 'datasets/listed/runs/run-8')).toMatchObject({ status: 404 })
    await link({ runName: 'run-8', runDescription: 'new', datasetItemId: 'l1', traceId: 't2' })
    const again = await good('GET', 'datasets/listed/runs/run-8', { template })
    expect(again).toMatchObject({ description: 'new', datasetRunItems: [{ traceId: 't2' }] })
  })

  test('take archived items only at a version in which they were active', async () => {
    await newDataset('archive')
    const { createdAt } = await newItem('archive', { id: 'a1' })
    await newItem('archive', { id: 'a1', status: 'ARCHIVED' })
    const body = { runName: 'run', datasetItemId: 'a1', traceId: 't', metadata: 'text' }
    expect(await call('POST', 'dataset-run-items', body)).toMatchObject({ status: 404 })
    await link({ ...body, datasetVersion: createdAt })
    expect(await call('GET', 'datasets/archive/runs/run')).toMatchObject({
      body: { metadata: { metadata: 'text', dataset_version: createdAt } },
    })
  })

  test('find the trace of an observation that was just sent', async () => {
    await newDataset('observed')
    await newItem('observed', { id: 'o1' })
    const body = { runName: 'run', datasetItemId: 'o1', observationId: 'step-1' }
    expect(await call('POST', 'dataset-run-items', body)).toMatchObject({ status: 404 })
    const event = { id: 'e', type: 'span-create', timestamp: new Date().toISOString() }
    await call('POST', 'ingestion', { batch: [{ ...event, body: { id: 'step-1', traceId: 'trace-of-step' } }] })
    expect(await link(body)).toMatchObject({ traceId: 'trace-of-step', observationId: 'step-1' })
  })
})
