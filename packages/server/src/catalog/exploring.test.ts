import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BulkJob } from '#domain/bulk-job.ts'
import { organizationId, projectId } from '#domain/ids.ts'
import type { NewBulkJob } from './bulk-jobs.ts'
import type { Catalog } from './catalog.ts'
import { catalogBackends, type TestCatalog } from './test-catalogs.ts'

const ONE = projectId('one')
const TWO = projectId('two')

describe.each(catalogBackends())('on $name', ({ open }) => {
  let opened: TestCatalog
  let catalog: Catalog
  let clock = 0
  beforeEach(async () => {
    clock = 1_000_000
    opened = await open(() => clock)
    catalog = opened.catalog
    const organization = { id: organizationId('org'), name: 'Org' }
    for (const id of [ONE, TWO]) await catalog.projects.ensure({ organization, project: { id, name: id } })
  })
  afterEach(() => opened.dispose())

  describe('saved views', () => {
    const view = { table: 'traces', name: 'slow', state: { q: 'latency:>2s' } } as const

    test('are kept by table and name, and replaced under both', async () => {
      const first = await catalog.savedViews.save(ONE, view)
      clock += 5
      const second = await catalog.savedViews.save(ONE, { ...view, state: { q: 'latency:>9s' } })
      await catalog.savedViews.save(ONE, { ...view, table: 'observations' })
      expect(second).toEqual({ ...first, state: { q: 'latency:>9s' }, updatedAt: clock })
      expect((await catalog.savedViews.list(ONE)).map(({ table, name }) => [table, name])).toEqual([
        ['observations', 'slow'],
        ['traces', 'slow'],
      ])
    })

    test('belong to their project', async () => {
      const { id } = await catalog.savedViews.save(ONE, view)
      expect(await catalog.savedViews.list(TWO)).toEqual([])
      expect(await catalog.savedViews.remove(TWO, id)).toBe(false)
      expect(await catalog.savedViews.remove(ONE, id)).toBe(true)
      expect(await catalog.savedViews.list(ONE)).toEqual([])
    })
  })

  describe('bulk jobs', () => {
    const request = (part: Partial<NewBulkJob> = {}): NewBulkJob => ({
      action: { type: 'tag', tags: ['x'] },
      selection: { ids: ['a', 'b'] },
      total: 2,
      requestedBy: 'user:1',
      notBefore: clock,
      ...part,
    })
    const create = (part: Partial<NewBulkJob> = {}) => catalog.bulkJobs.create(ONE, request(part))
    const ALL_DONE = { done: 2, cursor: undefined }
    const stateOf = async ({ id }: BulkJob) => (await catalog.bulkJobs.byId(ONE, id))?.state

    test('wait for their time, then run for one only', async () => {
      const job = await create({ notBefore: clock + 10 })
      expect(await catalog.bulkJobs.claim()).toBeUndefined()
      clock += 10
      const claimed = await Promise.all([catalog.bulkJobs.claim(), catalog.bulkJobs.claim()])
      expect(claimed.filter((each) => each !== undefined)).toMatchObject([{ id: job.id, state: 'running' }])
      expect(await catalog.bulkJobs.claim()).toBeUndefined()
    })

    test('are taken up again where they stood when their process is lost', async () => {
      await create()
      const job = await catalog.bulkJobs.claim()
      expect(job && (await catalog.bulkJobs.advance(job, { done: 1, cursor: 'c' }))).toBe(true)
      clock += 60_001
      expect(await catalog.bulkJobs.claim()).toMatchObject({ id: job?.id, done: 1, cursor: 'c' })
    })

    test('that are put off are due again when it is time, and count their failures until they get on', async () => {
      await create()
      for (const failures of [0, 1]) {
        const job = await catalog.bulkJobs.claim()
        expect(job).toMatchObject({ state: 'running', failures })
        if (job) await catalog.bulkJobs.putOff(job, 90_000)
        clock += 89_999
        expect(await catalog.bulkJobs.claim()).toBeUndefined()
        clock += 1
      }
      const job = await catalog.bulkJobs.claim()
      expect(job && (await catalog.bulkJobs.advance(job, { done: 1, cursor: 'c' }))).toBe(true)
      clock += 60_001
      expect(await catalog.bulkJobs.claim()).toMatchObject({ id: job?.id, failures: 0 })
    })

    test('that are put off can be cancelled', async () => {
      await create()
      const job = await catalog.bulkJobs.claim()
      if (!job) throw new Error('no job was due')
      await catalog.bulkJobs.putOff(job, 1000)
      expect(await catalog.bulkJobs.cancel(ONE, job.id)).toBe('running')
      clock += 1000
      expect(await catalog.bulkJobs.claim()).toBeUndefined()
    })

    test('are cancelled before they run, and while they do', async () => {
      const early = await create()
      expect(await catalog.bulkJobs.cancel(TWO, early.id)).toBeUndefined()
      expect(await catalog.bulkJobs.cancel(ONE, early.id)).toBe('waiting')
      expect(await catalog.bulkJobs.claim()).toBeUndefined()
      await create()
      const late = await catalog.bulkJobs.claim()
      if (!late) throw new Error('no job was due')
      expect(await catalog.bulkJobs.cancel(ONE, late.id)).toBe('running')
      expect(await catalog.bulkJobs.advance(late, { done: 1, cursor: undefined })).toBe(false)
      await catalog.bulkJobs.fail(late, 'no room')
      expect(await stateOf(late)).toBe('cancelled')
      expect(await catalog.bulkJobs.cancel(ONE, late.id)).toBeUndefined()
    })

    test.each([
      ['their last step', { state: 'done', done: 2 }, (job: BulkJob) => catalog.bulkJobs.advance(job, ALL_DONE)],
      ['an error', { state: 'failed', error: 'no room' }, (job: BulkJob) => catalog.bulkJobs.fail(job, 'no room')],
    ])('that end with %s are over', async (_name, end, finish) => {
      await create()
      const job = await catalog.bulkJobs.claim()
      if (!job) throw new Error('no job was due')
      await finish(job)
      expect(await catalog.bulkJobs.byId(ONE, job.id)).toMatchObject(end)
      clock += 60_001
      expect(await catalog.bulkJobs.claim()).toBeUndefined()
    })

    test('are listed for a day, by project', async () => {
      await create()
      clock += 24 * 60 * 60 * 1000
      const job = await create()
      expect((await catalog.bulkJobs.recent(ONE)).map(({ id }) => id)).toEqual([job.id])
      expect(await catalog.bulkJobs.recent(TWO)).toEqual([])
    })
  })
})
