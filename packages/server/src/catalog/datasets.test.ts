import { describe, expect, test } from 'vitest'
import { datasetRunId } from '#domain/dataset.ts'
import { projectId } from '#domain/ids.ts'
import type { Catalog } from './catalog.ts'
import { catalogBackends } from './test-catalogs.ts'

const one = projectId('one')
const two = projectId('two')
const AT = 1_800_000_000_000

const backends = catalogBackends()

describe.each(backends)('datasets on $name', (backend) => {
  const run = async (body: (catalog: Catalog) => Promise<void>, now: () => number = () => AT) => {
    const { catalog, dispose } = await backend.open(now)
    try {
      for (const id of ['one', 'two'])
        await catalog.projects.ensure({ organization: { id: 'o', name: 'O' }, project: { id, name: id } })
      await body(catalog)
    } finally {
      await dispose()
    }
  }

  test('a dataset is changed by what is given, in its project only', () =>
    run(async ({ datasets }) => {
      const made = await datasets.upsert(one, { name: 'a/b', description: 'd', metadata: '{"1":1e999}' })
      expect(await datasets.upsert(one, { name: 'a/b', inputSchema: '{"type":"object"}' })).toEqual({
        ...made,
        inputSchema: '{"type":"object"}',
      })
      expect(await datasets.upsert(one, { name: 'a/b', inputSchema: null })).toEqual(made)
      const other = await datasets.upsert(two, { name: 'a/b' })
      expect(other).toMatchObject({ description: undefined, metadata: undefined })
      expect(await datasets.byName(one, 'none', 'a/b')).toEqual(made)
      expect(await datasets.byId(two, made.id)).toBeUndefined()
      expect(await datasets.list(one, { page: 1, limit: 10 })).toEqual({ values: [made], totalItems: 1 })
    }))

  test('a dataset made by many at once is one', () =>
    run(async ({ datasets }) => {
      const made = await Promise.all(Array.from({ length: 20 }, () => datasets.upsert(one, { name: 'a' })))
      expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    }))

  test('99 items written at once are all listed, at instants of their own', () =>
    run(async ({ datasets, datasetItems }) => {
      const { id } = await datasets.upsert(one, { name: 'a' })
      const made = await Promise.all(
        Array.from({ length: 99 }, (_, index) => datasetItems.upsert(one, { datasetName: 'a', input: String(index) })),
      )
      expect(new Set(made.map(({ validFrom }) => validFrom)).size).toBe(99)
      const pages = await Promise.all(
        [1, 2, 3].map((page) => datasetItems.list(one, { datasetId: id, page, limit: 40 })),
      )
      const listed = pages.flatMap(({ values }) => values)
      expect(listed.map(({ validFrom }) => AT + 99 - 1 - validFrom)).toEqual(Array.from({ length: 99 }, (_, i) => i))
      expect(new Set(listed.map(({ input }) => input)).size).toBe(99)
      expect(pages[0]?.totalItems).toBe(99)
    }))

  test('an item is as it stood at any instant', () =>
    run(async ({ datasets, datasetItems }) => {
      const { id: datasetId } = await datasets.upsert(one, { name: 'a' })
      const first = await datasetItems.upsert(one, { datasetName: 'a', id: 'x', input: '1', metadata: '{}' })
      const second = await datasetItems.upsert(one, { datasetName: 'a', id: 'y', input: '2' })
      const third = await datasetItems.upsert(one, { datasetName: 'a', id: 'x', expectedOutput: '3' })
      const archived = await datasetItems.upsert(one, { datasetName: 'a', id: 'y', status: 'ARCHIVED' })
      expect(third).toMatchObject({ input: '1', expectedOutput: '3', metadata: '{}' })
      const listedAt = async (at?: number) => {
        const { values } = await datasetItems.list(one, { datasetId, page: 1, limit: 9, at })
        return values.map(({ id, validFrom }) => [id, validFrom - AT])
      }
      expect(await listedAt(first.validFrom)).toEqual([['x', 0]])
      expect(await listedAt(second.validFrom)).toEqual([
        ['y', 1],
        ['x', 0],
      ])
      expect(await listedAt(third.validFrom)).toEqual([
        ['x', 2],
        ['y', 1],
      ])
      expect(await listedAt()).toEqual([['x', 2]])
      expect(await datasetItems.byId(one, 'y')).toEqual(archived)
      expect(await datasetItems.remove(two, 'x')).toBe(false)
      expect(await datasetItems.remove(one, 'x')).toBe(true)
      expect(await datasetItems.remove(one, 'x')).toBe(false)
      expect(await datasetItems.byId(one, 'x')).toBeUndefined()
      expect(await datasetItems.byId(one, 'x', third.validFrom)).toEqual(third)
      expect(await listedAt(archived.validFrom)).toEqual([['x', 2]])
      expect(await listedAt()).toEqual([])
      const again = await datasetItems.upsert(one, { datasetName: 'a', id: 'x' })
      expect(again).toMatchObject({ input: undefined, validFrom: AT + 5 })
    }))

  test('an id belongs to one dataset of a project', () =>
    run(async ({ datasets, datasetItems }) => {
      for (const [project, name] of [
        [one, 'a'],
        [one, 'b'],
        [two, 'a'],
      ] as const)
        await datasets.upsert(project, { name })
      await datasetItems.upsert(one, { datasetName: 'a', id: 'x' })
      await datasetItems.upsert(two, { datasetName: 'a', id: 'x' })
      const clash = datasetItems.upsert(one, { datasetName: 'b', id: 'x' })
      await expect(clash).rejects.toMatchObject({ code: 'conflict' })
      const both = await Promise.allSettled(
        ['a', 'b'].map((datasetName) => datasetItems.upsert(one, { datasetName, id: 'new' })),
      )
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const none = datasetItems.upsert(one, { datasetName: 'c' })
      await expect(none).rejects.toMatchObject({ code: 'not_found', message: 'Dataset not found' })
    }))

  test('a schema holds for items that are there and for new ones', () =>
    run(async ({ datasets, datasetItems }) => {
      await datasets.upsert(one, { name: 'a' })
      for (let index = 0; index < 15; index++)
        await datasetItems.upsert(one, { datasetName: 'a', id: `i${index}`, input: index < 3 ? '{}' : '"text"' })
      const inputSchema = '{"type":"object"}'
      await expect(datasets.upsert(one, { name: 'a', inputSchema })).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringMatching(/item i3: input: the value must be object; item i4.*item i12: [^;]*$/),
      })
      for (let index = 3; index < 15; index++) await datasetItems.remove(one, `i${index}`)
      await datasets.upsert(one, { name: 'a', inputSchema, expectedOutputSchema: '{"type":["string","null"]}' })
      await datasetItems.upsert(one, { datasetName: 'a', id: 'i0', expectedOutput: '"x"' })
      const wrong = datasetItems.upsert(one, { datasetName: 'a', expectedOutput: '1' })
      await expect(wrong).rejects.toMatchObject({
        code: 'bad_request',
        message:
          'Dataset item validation failed: input: the value must be object; expectedOutput: the value must be string,null',
      })
      const broken = datasets.upsert(one, { name: 'b', inputSchema: '{"type":"text"}' })
      await expect(broken).rejects.toMatchObject({ message: expect.stringMatching(/^inputSchema is not a valid JSON/) })
    }))

  test('a run keeps what its first item said', () =>
    run(async ({ datasets, datasetRuns }) => {
      const { id: datasetId } = await datasets.upsert(one, { name: 'a' })
      const item = { datasetId, runName: 'r', itemId: 'i', observationId: undefined, createdAt: undefined }
      const links = await Promise.all(
        ['t1', 't2', 't1'].map((traceId, index) =>
          datasetRuns.link(one, { ...item, traceId, description: `d${index}`, metadata: '{"a":1}' }),
        ),
      )
      const id = datasetRunId(one, datasetId, 'r')
      expect(new Set(links.map((link) => link.id)).size).toBe(2)
      expect(links[0]).toMatchObject({ runId: id, runName: 'r', datasetId, itemId: 'i', traceId: 't1', createdAt: AT })
      expect(await datasetRuns.byIds(one, [id])).toMatchObject([{ name: 'r', description: 'd0', metadata: '{"a":1}' }])
      expect(await datasetRuns.byIds(two, [id])).toEqual([])
      const { observationId: _, ...late } = item
      await datasetRuns.link(one, {
        ...late,
        observationId: 'o',
        traceId: 't3',
        description: '',
        metadata: '',
        createdAt: AT + 7,
      })
      expect(await datasetRuns.activity(one, { from: AT, to: AT + 8 })).toMatchObject([
        { run: { id }, items: 3, first: AT, last: AT + 7 },
      ])
      expect(await datasetRuns.activity(one, { from: AT + 8, to: AT + 9 })).toEqual([])
      const within = { from: AT, to: AT + 8, limit: 1, offset: 0 }
      expect(await datasetRuns.itemsWithin(one, { ...within, runIds: [id] })).toMatchObject([{ observationId: 'o' }])
      expect(await datasetRuns.itemsWithin(one, { ...within, runIds: ['other'] })).toEqual([])
      await datasetRuns.remove(one, id)
      expect(await datasetRuns.items(one, [id])).toEqual([])
      expect(await datasetRuns.ofDatasets(one, [datasetId])).toEqual([])
      expect(await datasetRuns.removed(one)).toEqual(new Map([[id, AT]]))
      expect(await datasetRuns.removed(two)).toEqual(new Map())
    }))
})
