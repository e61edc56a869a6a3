/** Experiments from spans, from dataset-run-items, and from both, each answer held against the published description. */
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datasetRunId } from '#domain/dataset.ts'
import { projectId } from '#domain/ids.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { readDescription } from '../support/openapi.ts'

const description = readDescription()
const HOUR = 3_600_000
/** Of the first span; others follow by the minute. */
const START = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR
const minute = (number: number) => new Date(START + number * 60_000).toISOString()
const hex = (text: string, digits: number) =>
  Buffer.from(text.padEnd(digits / 2, '_'))
    .toString('hex')
    .slice(0, digits)
const traceOf = (name: string) => hex(name, 32)
const spanOf = (name: string) => hex(name, 16)

let app: TestApp
let dataset: string
const runs = { seen: '', registered: '', both: '', local: 'local-experiment' }

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await app.send(method, `/api/public/${path}`, body === undefined ? {} : { body })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

interface Span {
  readonly name: string
  readonly minute: number
  readonly experiment: string
  readonly run: string
  readonly dataset?: string
  readonly item: string
  readonly rest?: Readonly<Record<string, string>>
}

/** An item as current clients send it: a root, the task that stands for the item, and a step of the task. */
async function sendItem({ name, minute: at, experiment, run, dataset: of, item, rest = {} }: Span): Promise<void> {
  const nanos = (offset: number) => `${START + at * 60_000 + offset}000000`
  const attributes = Object.entries({
    'langfuse.experiment.id': experiment,
    'langfuse.experiment.name': run,
    'langfuse.experiment.item.id': item,
    'langfuse.experiment.item.root_observation_id': spanOf(`${name}-task`),
    ...(of && { 'langfuse.experiment.dataset.id': of }),
    ...rest,
  }).map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const span = (part: string, parent: string | undefined, offset: number) => ({
    traceId: traceOf(name),
    spanId: spanOf(`${name}-${part}`),
    ...(parent && { parentSpanId: spanOf(`${name}-${parent}`) }),
    name: part,
    startTimeUnixNano: nanos(offset),
    endTimeUnixNano: nanos(offset + 1000),
    attributes,
  })
  const spans = [span('root', undefined, 0), span('task', 'root', 1), span('step', 'task', 2)]
  const sent = await call('POST', 'otel/v1/traces', { resourceSpans: [{ scopeSpans: [{ scope: {}, spans }] }] })
  expect(sent.status).toBe(200)
}

const score = (body: object) => call('POST', 'scores', { dataType: 'NUMERIC', value: 1, ...body })

beforeAll(async () => {
  app = await openTestApp()
  const made = await call('POST', 'v2/datasets', { name: 'data' })
  dataset = z.object({ id: z.string() }).parse(made.body).id
  for (const id of ['i1', 'i2', 'i3'])
    await call('POST', 'dataset-items', { datasetName: 'data', id, expectedOutput: `of ${id}`, metadata: { of: id } })
  const derived = (name: string) => datasetRunId(projectId('default'), dataset, name)
  Object.assign(runs, { seen: derived('seen'), registered: derived('registered'), both: derived('both') })

  const rest = {
    'langfuse.experiment.description': 'said once',
    'langfuse.experiment.metadata': '{"model":"m"}',
    'langfuse.experiment.item.expected_output': '{"a":1}',
    'langfuse.experiment.item.metadata': '{"kind":"k"}',
    'langfuse.experiment.item.version': '2026-01-02T03:04:05Z',
    'langfuse.observation.input': '{"q":1}',
    'langfuse.observation.output': 'done',
    'langfuse.environment': 'sdk-experiment',
  }
  const seen = { experiment: runs.seen, run: 'seen', dataset }
  await sendItem({ ...seen, name: 'a1', minute: 0, item: 'i1', rest })
  await sendItem({ ...seen, name: 'a2', minute: 60, item: 'i2' })
  await sendItem({ ...seen, name: 'a3', minute: 61, item: 'i2' })
  await sendItem({ name: 'l1', minute: 30, experiment: runs.local, run: 'a local run', item: 'x' })

  const timestamp = minute(1)
  await call('POST', 'ingestion', {
    batch: [
      {
        id: 'e1',
        type: 'trace-create',
        timestamp,
        body: { id: 'linked-trace', timestamp, input: 'in', output: 'out' },
      },
      {
        id: 'e2',
        type: 'span-create',
        timestamp,
        body: {
          id: 'linked-step',
          traceId: 'linked-trace',
          startTime: timestamp,
          output: 'step out',
          level: 'WARNING',
        },
      },
    ],
  })
  const register = (runName: string, body: object) => call('POST', 'dataset-run-items', { runName, ...body })
  const registered = { runDescription: 'registered first', metadata: { key: [1] } }
  await register('registered', { ...registered, datasetItemId: 'i1', traceId: 'linked-trace', createdAt: minute(90) })
  await register('registered', { datasetItemId: 'i2', observationId: 'linked-step', createdAt: minute(91) })
  await register('registered', { datasetItemId: 'i3', traceId: 'never-came', createdAt: minute(92) })
  await register('both', { datasetItemId: 'i1', traceId: traceOf('b1'), createdAt: minute(120) })
  await register('both', { datasetItemId: 'i2', traceId: 'elsewhere', createdAt: minute(121) })
  await sendItem({ name: 'b1', minute: 119, experiment: runs.both, run: 'both', dataset, item: 'i1' })

  await score({ id: 's-run', datasetRunId: runs.seen, name: 'average', value: 0.5 })
  await score({ id: 's-trace', traceId: traceOf('a1'), name: 'on trace' })
  await score({ id: 's-item', traceId: traceOf('a1'), observationId: spanOf('a1-task'), name: 'on item' })
  await score({ id: 's-step', traceId: traceOf('a1'), observationId: spanOf('a1-step'), name: 'on step' })
})
afterAll(() => app?.close())

const Page = z.object({
  data: z.array(z.looseObject({ id: z.string() })),
  meta: z.object({ cursor: z.string().optional() }),
})

async function read(path: 'experiments' | 'experiment-items', query: string) {
  const answer = await call('GET', `${path}?fromStartTime=${minute(-1)}&${query}`)
  expect(answer).toMatchObject({ status: 200 })
  const validate = description.validator('GET', `/api/public/${path}`)
  validate(answer.body)
  expect(validate.errors ?? []).toEqual([])
  return Page.parse(answer.body)
}

async function readAll(path: 'experiments' | 'experiment-items', query: string) {
  const found: z.infer<typeof Page>['data'] = []
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const page = await read(path, `${query}${cursor ? `&cursor=${cursor}` : ''}`)
    found.push(...page.data)
    cursor = page.meta.cursor
  }
  return found
}

describe('experiments', () => {
  test('come from spans and from what was registered, the latest active first', async () => {
    const { data, meta } = await read('experiments', '')
    expect(meta).toEqual({})
    expect(data).toEqual([
      {
        id: runs.both,
        name: 'both',
        description: null,
        startTime: minute(119),
        endTime: minute(121),
        itemCount: 2,
        datasetId: dataset,
      },
      {
        id: runs.registered,
        name: 'registered',
        description: 'registered first',
        startTime: minute(90),
        endTime: minute(92),
        itemCount: 3,
        datasetId: dataset,
      },
      {
        id: runs.seen,
        name: 'seen',
        description: 'said once',
        startTime: minute(0),
        endTime: expect.stringMatching(minute(61).slice(0, 16)),
        itemCount: 3,
        datasetId: dataset,
      },
      {
        id: runs.local,
        name: 'a local run',
        description: null,
        startTime: minute(30),
        endTime: expect.any(String),
        itemCount: 1,
        datasetId: null,
      },
    ])
  })

  test.each([1, 2, 3])('pages of %i hold all of them once', async (limit) => {
    const all = await read('experiments', '')
    expect(await readAll('experiments', `limit=${limit}`)).toEqual(all.data)
  })

  test('show metadata and their own scores when asked', async () => {
    const { data } = await read('experiments', 'fields=core,metadata,scores')
    expect(data.map(({ metadata, scores }) => ({ metadata, scores }))).toMatchObject([
      { metadata: null, scores: [] },
      { metadata: { key: [1] }, scores: [] },
      {
        metadata: { model: 'm' },
        scores: [{ id: 's-run', value: 0.5, subject: { kind: 'experiment', id: runs.seen } }],
      },
      { metadata: null, scores: [] },
    ])
  })

  test('show what lies in the window', async () => {
    const { data } = await read('experiments', `toStartTime=${minute(61)}`)
    expect(data.map(({ id, itemCount }) => [id, itemCount])).toEqual([
      [runs.seen, 2],
      [runs.local, 1],
    ])
  })

  const filter = (...conditions: object[]) => `filter=${encodeURIComponent(JSON.stringify(conditions))}`
  test.each<[string, () => string, readonly (keyof typeof runs)[]]>([
    ['ids', () => `id=${runs.seen},${runs.registered},none`, ['registered', 'seen']],
    ['a name', () => 'name=both', ['both']],
    ['a dataset', () => `datasetId=${dataset}`, ['both', 'registered', 'seen']],
    ['two parameters', () => `datasetId=${dataset}&name=both,a local run`, ['both']],
    [
      'a filter over a parameter',
      () => `name=seen&${filter({ type: 'string', column: 'name', operator: 'starts with', value: 're' })}`,
      ['registered'],
    ],
    ['no dataset', () => filter({ type: 'null', column: 'datasetId', operator: 'is null', value: '' }), ['local']],
    [
      'part of a name',
      () => filter({ type: 'string', column: 'name', operator: 'contains', value: 'e' }),
      ['registered', 'seen'],
    ],
    [
      'none of names',
      () => filter({ type: 'stringOptions', column: 'name', operator: 'none of', value: ['both', 'seen'] }),
      ['registered', 'local'],
    ],
  ])('are found by %s', async (_name, query, expected) => {
    const { data } = await read('experiments', query())
    expect(data.map(({ id }) => id)).toEqual(expected.map((name) => runs[name]))
  })
})

describe('items of experiments', () => {
  const ALL = 'fields=core,dataset,io,metadata,itemMetadata,experimentMetadata,scores'

  test('are the spans that stand for them and what was registered without one, newest first', async () => {
    const { data } = await read('experiment-items', '')
    expect(data.map(({ id, experimentName, experimentItemId }) => [id, experimentName, experimentItemId])).toEqual([
      ['elsewhere', 'both', 'i2'],
      [spanOf('b1-task'), 'both', 'i1'],
      ['never-came', 'registered', 'i3'],
      ['linked-step', 'registered', 'i2'],
      ['linked-trace', 'registered', 'i1'],
      [spanOf('a3-task'), 'seen', 'i2'],
      [spanOf('a2-task'), 'seen', 'i2'],
      [spanOf('l1-task'), 'a local run', 'x'],
      [spanOf('a1-task'), 'seen', 'i1'],
    ])
  })

  test.each([1, 2, 4])('pages of %i hold all of them once', async (limit) => {
    const all = await read('experiment-items', ALL)
    expect(await readAll('experiment-items', `${ALL}&limit=${limit}`)).toEqual(all.data)
  })

  test('of spans show all that the spans say', async () => {
    const { data } = await read('experiment-items', `${ALL}&experimentItemId=i1&experimentName=seen`)
    expect(data).toEqual([
      {
        id: spanOf('a1-task'),
        traceId: traceOf('a1'),
        startTime: new Date(START + 1).toISOString(),
        endTime: new Date(START + 1001).toISOString(),
        level: 'DEFAULT',
        environment: 'sdk-experiment',
        experimentId: runs.seen,
        experimentName: 'seen',
        experimentItemId: 'i1',
        experimentDatasetId: dataset,
        experimentItemVersion: '2026-01-02T03:04:05.000Z',
        input: { q: 1 },
        output: 'done',
        expectedOutput: { a: 1 },
        metadata: expect.any(Object),
        experimentItemMetadata: { kind: 'k' },
        experimentMetadata: { model: 'm' },
        experimentDescription: 'said once',
        scores: [
          expect.objectContaining({
            id: 's-item',
            subject: { kind: 'observation', id: spanOf('a1-task'), traceId: traceOf('a1') },
          }),
          expect.objectContaining({ id: 's-trace', subject: { kind: 'trace', id: traceOf('a1') } }),
        ],
      },
    ])
    const bare = await read('experiment-items', 'fields=core&experimentItemId=i1&experimentName=seen')
    expect(Object.keys(bare.data[0] ?? {})).toHaveLength(9)
    const one = await read('experiment-items', 'fields=scores&scoreLimit=1&experimentItemId=i1&experimentName=seen')
    expect(one.data).toMatchObject([{ scores: [{ id: 's-item' }] }])
  })

  test('that were registered show the trace or observation, and what the dataset says', async () => {
    const { data } = await read('experiment-items', `${ALL}&experimentId=${runs.registered}`)
    const ofRun = { experimentMetadata: { key: [1] }, experimentDescription: 'registered first' }
    expect(data).toMatchObject([
      { ...ofRun, input: null, output: null, endTime: null, expectedOutput: 'of i3' },
      { ...ofRun, startTime: minute(1), level: 'WARNING', input: null, output: 'step out', expectedOutput: 'of i2' },
      { ...ofRun, startTime: minute(1), input: 'in', output: 'out', experimentItemMetadata: { of: 'i1' } },
    ])
  })
})

describe('runs that only spans tell of', () => {
  const Run = z.looseObject({ datasetRunItems: z.array(z.unknown()) })

  test('are runs of the dataset', async () => {
    const { body } = await call('GET', 'datasets/data/runs')
    const listed = z.object({ data: z.array(z.object({ id: z.string() })), meta: z.unknown() }).parse(body)
    expect(new Set(listed.data.map(({ id }) => id))).toEqual(new Set([runs.seen, runs.registered, runs.both]))
    expect(listed.meta).toMatchObject({ totalItems: 3 })
    const run = Run.parse((await call('GET', 'datasets/data/runs/seen')).body)
    expect(run).toMatchObject({
      id: runs.seen,
      description: 'said once',
      metadata: { model: 'm' },
      datasetName: 'data',
    })
    expect(run.datasetRunItems).toHaveLength(3)
    expect(run.datasetRunItems).toContainEqual(
      expect.objectContaining({ datasetItemId: 'i1', traceId: traceOf('a1'), observationId: spanOf('a1-task') }),
    )
    const both = Run.parse((await call('GET', 'datasets/data/runs/both')).body)
    expect(both.datasetRunItems).toHaveLength(2)
  })

  test('are found under the name even where the client made the id up', async () => {
    await sendItem({ name: 'm1', minute: 10, experiment: 'made-up', run: 'made up', dataset, item: 'i1' })
    const { body } = await call('GET', 'datasets/data/runs/made%20up')
    expect(body).toMatchObject({ id: 'made-up', datasetRunItems: [{ traceId: traceOf('m1') }] })
  })

  test('are gone once removed, until more comes in', async () => {
    await sendItem({ name: 'g1', minute: 20, experiment: 'gone', run: 'gone', dataset, item: 'i1' })
    expect(await call('DELETE', 'datasets/data/runs/gone')).toMatchObject({ status: 200 })
    expect(await call('GET', 'datasets/data/runs/gone')).toMatchObject({ status: 404 })
    expect((await read('experiments', 'id=gone')).data).toEqual([])
    expect((await read('experiment-items', 'experimentId=gone')).data).toEqual([])
    expect((await call('GET', `traces/${traceOf('g1')}`)).status).toBe(200)
    await sendItem({ name: 'g2', minute: 20, experiment: 'gone', run: 'gone', dataset, item: 'i2' })
    expect(await call('GET', 'datasets/data/runs/gone')).toMatchObject({
      body: { datasetRunItems: [{ traceId: traceOf('g2') }] },
    })
    expect((await read('experiments', 'id=gone')).data).toMatchObject([{ itemCount: 1 }])
  })
})

describe('a bad question', () => {
  const unknown = encodeURIComponent('[{"type":"string","column":"x","operator":"=","value":""}]')
  const number = (column: string) =>
    encodeURIComponent(JSON.stringify([{ type: 'number', column, operator: '=', value: 1 }]))
  test.each([
    ['experiments', '', { error: [{ path: ['fromStartTime'] }] }],
    ['experiment-items', '', { error: [{ path: ['fromStartTime'] }] }],
    ['experiments', 'fromStartTime=yesterday', { error: [{ path: ['fromStartTime'] }] }],
    ['experiments', `fromStartTime=${minute(0)}&limit=101`, { error: [{ path: ['limit'] }] }],
    ['experiments', `fromStartTime=${minute(0)}&scoreLimit=51`, { error: [{ path: ['scoreLimit'] }] }],
    ['experiments', `fromStartTime=${minute(0)}&fields=core,io`, { error: [{ path: ['fields'] }] }],
    ['experiment-items', `fromStartTime=${minute(0)}&fields=all`, { error: [{ path: ['fields'] }] }],
    ['experiments', `fromStartTime=${minute(0)}&cursor=x`, { error: 'InvalidRequestError' }],
    ['experiment-items', `fromStartTime=${minute(0)}&cursor=eyJ2IjoyfQ`, { message: 'Invalid cursor format' }],
    ['experiments', `fromStartTime=${minute(0)}&filter=x`, { message: 'Invalid JSON in filter parameter' }],
    ['experiments', `fromStartTime=${minute(0)}&filter=${unknown}`, { message: expect.stringMatching(/^Column x/) }],
    [
      'experiments',
      `fromStartTime=${minute(0)}&filter=${number('id')}`,
      { message: expect.stringMatching(/^Invalid/) },
    ],
    [
      'experiment-items',
      `fromStartTime=${minute(0)}&filter=${unknown}`,
      { message: expect.stringMatching(/^Column x/) },
    ],
  ])('%s?%s', async (path, query, body) => {
    expect(await call('GET', `${path}?${query}`)).toMatchObject({ status: 400, body })
  })
})
