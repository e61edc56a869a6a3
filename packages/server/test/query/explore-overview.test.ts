/** What the web interface sums up and suggests: groups, the overview, values. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { listGroups } from '#query/explore/list-groups.ts'
import { findOverview, type OverviewKey } from '#query/explore/overview.ts'
import { suggestValues } from '#query/explore/suggest.ts'
import type { Reader } from '#query/reader.ts'
import { createSeeder } from '../support/seed.ts'
import { type Explored, openExplored, SPAN } from './explored-day.ts'

let opened: Explored
let reader: Reader

beforeAll(async () => {
  opened = await openExplored()
  reader = opened.reader
})
afterAll(() => opened?.close())

describe('groups of traces', () => {
  test('users, the newest first, with what their traces come to', async () => {
    const { groups, total } = await listGroups(reader, { kind: 'user', filters: [], ...SPAN, skip: 0, limit: 10 })
    expect(total).toBe(2)
    expect(groups).toMatchObject([
      { id: 'bob', traces: 1, others: ['s2'], errors: 0, cost: undefined },
      { id: 'ada', traces: 2, others: ['s1'], otherCount: 1, errors: 1, cost: 0.75, totalTokens: 55 },
    ])
  })

  test('sessions, page by page', async () => {
    const page = (skip: number) => listGroups(reader, { kind: 'session', filters: [], ...SPAN, skip, limit: 1 })
    expect([(await page(0)).groups[0]?.id, (await page(1)).groups[0]?.id]).toEqual(['s2', 's1'])
    expect(await page(2)).toEqual({ groups: [], total: 2 })
  })
})

describe('the overview', () => {
  const ask = (environments: string[] = [], by: OverviewKey = 'model') =>
    findOverview(reader, { ...SPAN, environments, by })

  test('sums up traces, in all and over time', async () => {
    const { stepMs, total, before, buckets } = await ask()
    expect(total).toMatchObject({ traces: 3, failed: 1, cost: 0.75, tokens: 55, p50: 2 })
    expect(total.p99).toBeCloseTo(3.96)
    expect(before).toMatchObject({ traces: 0, failed: 0, cost: undefined, p50: undefined })
    expect(buckets).toMatchObject([{ startMs: Date.parse('2026-01-09T10:00:00Z'), traces: 3 }])
    expect(stepMs).toBe(1_800_000)
  })

  test('tells the models apart', async () => {
    expect((await ask()).groups).toMatchObject([
      { key: '', calls: 1, failed: 1, cost: 0.25 },
      { key: 'gpt-4', calls: 1, failed: 0, cost: 0.5, tokens: 15 },
    ])
  })

  test.each<[OverviewKey, object[]]>([
    [
      'name',
      [
        { key: 'agent', calls: 1, failed: 1 },
        { key: 'chat', calls: 2, failed: 0 },
      ],
    ],
    [
      'user',
      [
        { key: 'ada', calls: 2 },
        { key: 'bob', calls: 1 },
      ],
    ],
    ['environment', [{ calls: 3, failed: 1, cost: 0.75, tokens: 55 }]],
  ])('tells traces apart by %s', async (by, expected) => {
    const { groups, otherGroups } = await ask([], by)
    expect(groups).toMatchObject(expected)
    expect(otherGroups).toBe(0)
  })

  test('says how long nine of ten traces of a key take', async () => {
    const { groups } = await ask([], 'name')
    expect(groups.map(({ key, p90 }) => [key, p90])).toEqual([
      ['agent', 2],
      ['chat', 3.6],
    ])
  })

  test('tells the means of scores that are numbers', async () => {
    expect((await ask()).scores).toMatchObject([{ name: 'good', mean: 0.5, count: 2 }])
  })

  test('of other environments is of nothing', async () => {
    const nothing = { total: { traces: 0, p50: undefined }, buckets: [], groups: [], scores: [] }
    expect(await ask(['elsewhere'])).toMatchObject(nothing)
  })
})

describe('suggestions', () => {
  const suggest = (view: 'traces' | 'observations', field: string, typed = '') =>
    suggestValues(reader, { view, field, typed, filters: [], ...SPAN })
  const values = async (...question: Parameters<typeof suggest>) =>
    (await suggest(...question)).map(({ value, count }) => `${value} ${count}`)

  test.each<[Parameters<typeof suggest>, string[]]>([
    [
      ['traces', 'name'],
      ['chat 2', 'agent 1', 'quiet 1'],
    ],
    [['traces', 'name', 'CHA'], ['chat 2']],
    [
      ['traces', 'tags'],
      ['x 1', 'y 1'],
    ],
    [
      ['traces', 'metadata'],
      ['team 2', 'n 1'],
    ],
    [['traces', 'metadata.team', 'r'], ['red 1']],
    [['traces', 'metadata.n'], ['2 1']],
    [['traces', 'scores', 'go'], ['good 2']],
    [['observations', 'model'], ['gpt-4 1']],
    [
      ['observations', 'userId'],
      ['ada 2', 'bob 1'],
    ],
    [['observations', 'statusMessage'], ['it broke 1']],
    [['observations', 'usage', 'cached'], ['input_cached_tokens 1']],
  ])('%j', async (question, expected) => {
    expect(await values(...question)).toEqual(expected)
  })

  test('of a path of keys are what lies there', async () => {
    const project = projectId('nested-metadata')
    const trace = { projectId: project, id: 'n', timestamp: SPAN.from, metadata: '{"user":{"tier":"gold"}}' }
    await createSeeder(opened.engine, project).traces(trace)
    const question = { view: 'traces', field: 'metadata.user.tier', typed: '', filters: [], ...SPAN } as const
    const found = await suggestValues({ engine: opened.engine, projectId: project }, question)
    expect(found).toEqual([{ value: 'gold', count: 1 }])
  })

  test('of scores leave out those that were removed', async () => {
    const project = projectId('removed-scores')
    const score = { projectId: project, traceId: 'a', timestamp: SPAN.from }
    await createSeeder(opened.engine, project).scores(
      { ...score, id: 'kept', name: 'good' },
      { ...score, id: 'removed', name: 'bad' },
    )
    await opened.engine.command(
      "INSERT INTO scores (project_id, id, timestamp, row_version, is_deleted) SELECT project_id, id, timestamp, row_version + 1, 1 FROM scores WHERE project_id = 'removed-scores' AND id = 'removed'",
    )
    const question = { view: 'traces', field: 'scores', typed: '', filters: [], ...SPAN } as const
    const named = await suggestValues({ engine: opened.engine, projectId: project }, question)
    expect(named).toEqual([{ value: 'good', count: 1 }])
  })

  test('of a field without values are refused', async () => {
    await expect(suggest('traces', 'latency')).rejects.toThrow('latency has no values to suggest')
  })
})
