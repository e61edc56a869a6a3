import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BulkJobs } from '#catalog/bulk-jobs.ts'
import { catalogBackends, type TestCatalog } from '#catalog/test-catalogs.ts'
import type { BulkJob } from '#domain/bulk-job.ts'
import { AppError } from '#domain/errors.ts'
import { organizationId, projectId } from '#domain/ids.ts'
import { runDueJobs } from './bulk-work.ts'

const PROJECT = projectId('one')
const IDS = ['a', 'b', 'c']
const LONGEST_PAUSE_MS = 5 * 60 * 1000

const full = new AppError('log_full', 'The event log is full; raise its bound')
const down = new AppError('unavailable', 'The store failed in a query: 10.0.0.7 refused')
const refused = new AppError('bad_request', 'There is no column "x"')

describe.each(catalogBackends().slice(0, 1))('on $name', ({ open }) => {
  let opened: TestCatalog
  let jobs: BulkJobs
  let id = ''
  let clock = 0
  beforeEach(async () => {
    clock = 1_000_000
    opened = await open(() => clock)
    jobs = opened.catalog.bulkJobs
    const organization = { id: organizationId('org'), name: 'Org' }
    await opened.catalog.projects.ensure({ organization, project: { id: PROJECT, name: 'One' } })
    id = (await create()).id
  })
  afterEach(() => opened.dispose())

  const create = () =>
    jobs.create(PROJECT, {
      action: { type: 'tag', tags: ['x'] },
      selection: { ids: IDS },
      total: IDS.length,
      requestedBy: 'user:1',
      notBefore: clock,
    })

  /** One trace at a time; gives what the run threw. */
  const run = (apply = async () => {}, signal = new AbortController().signal, on = jobs): Promise<unknown> => {
    const page = async ({ cursor }: BulkJob) => {
      const at = Number(cursor ?? 0)
      return { ids: IDS.slice(at, at + 1), cursor: at + 1 < IDS.length ? String(at + 1) : undefined }
    }
    return runDueJobs(on, { page, apply }, signal).then(
      () => undefined,
      (error: unknown) => error,
    )
  }
  /** Work that meets one of these at each trace, and then nothing more. */
  const meeting = (...errors: unknown[]) => {
    return async () => {
      const error = errors.shift()
      if (error) throw error
    }
  }
  const job = () => jobs.byId(PROJECT, id)

  test.each([
    ['a full log', full, 'The event log is full; raise its bound'],
    ['a store that is away, whose sentence stays in the log', down, 'Service Unavailable'],
    ['a fault of the program', new TypeError('x is not a function'), 'Internal Server Error'],
  ])('a job that meets nothing but %s is given up', async (_name, error, sentence) => {
    let attempts = 0
    for (; (await job())?.state !== 'failed'; attempts++) {
      expect(await run(meeting(error))).toBe(error)
      clock += LONGEST_PAUSE_MS
    }
    expect(attempts).toBe(20)
    expect(await job()).toMatchObject({
      done: 0,
      error: `Given up after 20 attempts: ${sentence}. The log of the server says more.`,
    })
    expect(await run()).toBeUndefined()
    expect(await job()).toMatchObject({ state: 'failed', done: 0 })
  })

  test('pauses between attempts grow', async () => {
    const seconds: number[] = []
    for (let second = 0; second < 64; second++) {
      if ((await run(meeting(full))) === full) seconds.push(second)
      clock += 1000
    }
    expect(seconds).toEqual([0, 1, 3, 7, 15, 31, 63])
  })

  test('a job that gets on begins to count anew, and goes on where it was', async () => {
    expect(await run(meeting(full))).toBe(full)
    clock += 1000
    expect(await run(meeting(undefined, full))).toBe(full)
    expect(await job()).toMatchObject({ state: 'running', done: 1, failures: 1 })
    expect(await run()).toBeUndefined()
    expect(await job()).toMatchObject({ state: 'running', done: 1 })
    clock += 1000
    expect(await run()).toBeUndefined()
    expect(await job()).toMatchObject({ state: 'done', done: 3 })
  })

  test.each([1, 2, 3])(
    'a process that dies right after page %i is counted leaves none to be done twice',
    async (page) => {
      let writes = 0
      const mortal = <A extends unknown[], T>(write: (...args: A) => Promise<T>): ((...args: A) => Promise<T>) => {
        return async (...args) => {
          if (++writes > page) throw new Error('killed')
          return await write(...args)
        }
      }
      const dying = { ...jobs, advance: mortal(jobs.advance), putOff: mortal(jobs.putOff), fail: mortal(jobs.fail) }
      await run(undefined, undefined, dying)
      expect(await job()).toMatchObject({ done: page })
      clock += LONGEST_PAUSE_MS
      expect(await run()).toBeUndefined()
      expect(await job()).toMatchObject({ state: 'done', done: 3 })
    },
  )

  test('a job that is refused for good has failed at once, with the sentence, and the next one runs', async () => {
    const next = await create()
    expect(await run(meeting(refused))).toBeUndefined()
    const ended = await Promise.all([id, next.id].map((each) => jobs.byId(PROJECT, each)))
    expect(ended.map((each) => `${each?.state}: ${each?.error}`).sort()).toEqual([
      'done: undefined',
      'failed: There is no column "x"',
    ])
  })

  test('a failure while the program stops is not counted', async () => {
    const stopping = new AbortController()
    const stopped = async () => {
      stopping.abort()
      throw full
    }
    expect(await run(stopped, stopping.signal)).toBe(full)
    expect(await job()).toMatchObject({ state: 'running', failures: 0 })
  })
})
