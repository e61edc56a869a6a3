import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { catalogBackends, type TestCatalog } from '#catalog/test-catalogs.ts'
import { AppError } from '#domain/errors.ts'
import { organizationId, projectId } from '#domain/ids.ts'
import { type BulkWork, runDueJobs } from './bulk-work.ts'
import { type DatasetFilling, fillDataset } from './fill-dataset.ts'

const PROJECT = projectId('one')
const TRACES = ['a', 'b', 'c', 'd', 'e']
const LOST_AFTER_MS = 60_000

describe.each(catalogBackends().slice(0, 1))('on $name', ({ open }) => {
  let opened: TestCatalog
  let clock = 0
  beforeEach(async () => {
    clock = 1_000_000
    opened = await open(() => clock)
    const organization = { id: organizationId('org'), name: 'Org' }
    await opened.catalog.projects.ensure({ organization, project: { id: PROJECT, name: 'One' } })
    await opened.catalog.datasets.upsert(PROJECT, { name: 'qa' })
  })
  afterEach(() => opened.dispose())

  const contentsOf: DatasetFilling['contentsOf'] = async (_, ids) =>
    ids
      .filter((id) => id !== 'gone')
      .map((id) => ({ id, traceId: id, input: `{"q":"${id}","n":9007199254740993}`, output: 'Paris', metadata: '{}' }))
  const filling = (): DatasetFilling => ({ ...opened.catalog, contentsOf })
  const items = () => opened.catalog.datasetItems.list(PROJECT, { page: 1, limit: 100 })
  const facts = async () => (await items()).values.map(({ id, sourceTraceId }) => [sourceTraceId, id]).sort()

  const start = () =>
    opened.catalog.bulkJobs.create(PROJECT, {
      action: { type: 'dataset', datasetName: 'qa' },
      selection: { ids: TRACES },
      total: TRACES.length,
      requestedBy: 'user:1',
      notBefore: clock,
    })
  /** Two traces at a time. */
  const work = (deps: DatasetFilling): BulkWork => ({
    page: async ({ done }) => ({
      ids: TRACES.slice(done, done + 2),
      cursor: done + 2 < TRACES.length ? String(done + 2) : undefined,
    }),
    apply: (job, ids) => fillDataset(deps, { projectId: job.projectId, datasetName: 'qa' }, ids),
  })
  const run = (deps: DatasetFilling, signal = new AbortController().signal) =>
    runDueJobs(opened.catalog.bulkJobs, work(deps), signal)

  test('an item holds what the trace held, digit by digit, and where it is from', async () => {
    await fillDataset(filling(), { projectId: PROJECT, datasetName: 'qa' }, ['a', 'gone'])
    expect((await items()).values).toMatchObject([
      {
        input: '{"q":"a","n":9007199254740993}',
        expectedOutput: '"Paris"',
        metadata: undefined,
        sourceTraceId: 'a',
      },
    ])
  })

  test('who sent the trace is left out of the metadata, what the program said is not', async () => {
    const metadata = '{"tier":1.0,"scope":{"name":"sdk"},"resourceAttributes":{},"attributes":{"x":"y"}}'
    const deps = {
      ...filling(),
      contentsOf: async () => [{ id: 'a', traceId: 'a', input: undefined, output: undefined, metadata }],
    }
    await fillDataset(deps, { projectId: PROJECT, datasetName: 'qa' }, ['a'])
    expect((await items()).values).toMatchObject([{ metadata: '{"tier":1.0}', input: undefined }])
  })

  test('a job that stopped within a page goes on without doubling an item', async () => {
    const { id: jobId } = await start()
    let left = 3
    const { datasetItems } = opened.catalog
    const breaking: DatasetFilling = {
      ...filling(),
      datasetItems: {
        ...datasetItems,
        upsert: async (project, write) => {
          if (left-- === 0) throw new Error('the process ended')
          return await datasetItems.upsert(project, write)
        },
      },
    }
    await expect(run(breaking)).rejects.toThrow('the process ended')
    const before = await items()
    expect(before.totalItems).toBe(3)
    await run(filling())
    expect((await items()).totalItems).toBe(3)
    clock += LOST_AFTER_MS + 1
    await run(filling())
    expect((await facts()).map(([trace]) => trace)).toEqual(TRACES)
    expect((await items()).values).toEqual(expect.arrayContaining([...before.values]))
    expect(await opened.catalog.bulkJobs.byId(PROJECT, jobId)).toMatchObject({ state: 'done', done: 5 })
  })

  test('a second job over the same traces adds nothing and leaves what was corrected', async () => {
    await start()
    await run(filling())
    const made = await facts()
    const [[, id] = []] = made
    await opened.catalog.datasetItems.upsert(PROJECT, { datasetName: 'qa', id, expectedOutput: '"corrected"' })
    await start()
    await run(filling())
    expect(await facts()).toEqual(made)
    expect(await opened.catalog.datasetItems.byId(PROJECT, id ?? '')).toMatchObject({ expectedOutput: '"corrected"' })
  })

  test('a cancelled job stops at its page', async () => {
    const { id } = await start()
    const cancelling: DatasetFilling = {
      ...filling(),
      contentsOf: async (project, ids) => {
        await opened.catalog.bulkJobs.cancel(PROJECT, id)
        return await contentsOf(project, ids)
      },
    }
    await run(cancelling)
    expect(await opened.catalog.bulkJobs.byId(PROJECT, id)).toMatchObject({ state: 'cancelled' })
    expect((await items()).totalItems).toBe(2)
  })

  test('a trace that a schema refuses ends the job with its name', async () => {
    await opened.catalog.datasets.upsert(PROJECT, { name: 'qa', expectedOutputSchema: '{"type":"number"}' })
    const { id } = await start()
    await run(filling())
    const { state, error } = (await opened.catalog.bulkJobs.byId(PROJECT, id)) ?? {}
    expect([state, error]).toEqual(['failed', expect.stringMatching(/^Trace a: .*expectedOutput/)])
  })

  test('a dataset that is not there is said', async () => {
    const filled = fillDataset(filling(), { projectId: PROJECT, datasetName: 'none' }, ['a'])
    await expect(filled).rejects.toBeInstanceOf(AppError)
  })
})
