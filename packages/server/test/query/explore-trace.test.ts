/** One trace as the web interface reads it: its skeleton, and its payloads piece by piece. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findInPayload, findPayload } from '#query/explore/payload-window.ts'
import { findSkeleton } from '#query/explore/trace-skeleton.ts'
import type { Reader } from '#query/reader.ts'
import { at, createSeeder } from '../support/seed.ts'
import { type Explored, openExplored } from './explored-day.ts'

let opened: Explored
let reader: Reader
let stranger: Reader

beforeAll(async () => {
  opened = await openExplored()
  ;({ reader, stranger } = opened)
})
afterAll(() => opened?.close())

describe('a trace without its payloads', () => {
  test('has its nodes by start', async () => {
    const skeleton = await findSkeleton(reader, { id: 'a', statusChars: 200 })
    expect(skeleton?.trace).toMatchObject({ id: 'a', name: 'chat', input: undefined })
    expect(skeleton?.nodes).toMatchObject({
      ids: ['a1', 'a2'],
      parentIds: ['', 'a1'],
      costs: [null, 0.5],
      totalTokens: [0, 15],
      cachedTokens: [0, 4],
    })
    expect(skeleton?.nodes.types[0]).toBe('AGENT')
    expect([...(skeleton?.nodes.groups ?? [])]).toEqual([
      ['run_id', ['', '3']],
      ['step_id', ['', 's-7']],
    ])
  })

  test('tells its agents and the nodes of their graph, of metadata and of attributes, and what a cache gave', async () => {
    const startTime = at('2026-03-01T00:00:00Z')
    const seed = createSeeder(opened.engine, 'agents')
    const step = (id: string, metadata: object, part: object = {}) => ({
      id,
      traceId: 'agents',
      startTime,
      metadata: JSON.stringify(metadata),
      ...part,
    })
    await seed.traces({ id: 'agents', timestamp: startTime })
    await seed.observations(
      step('n1', { attributes: { 'graph.node.id': 'plan', 'gen_ai.agent.name': 'writer' } }),
      step('n2', { 'graph.node.id': 'act', 'graph.node.parent_id': 'plan', agent_name: 'critic' }),
      step('n3', { attributes: { other: 'x' } }, { usage: { input_cache_read: 4, input_cache_write: 9, total: 13 } }),
    )
    const { nodes } = (await findSkeleton(reader, { id: 'agents', statusChars: 200 })) ?? {}
    expect([...(nodes?.groups ?? [])]).toEqual([
      ['graph.node.id', ['plan', 'act', '']],
      ['graph.node.parent_id', ['', 'plan', '']],
      ['gen_ai.agent.name', ['writer', '', '']],
      ['agent_name', ['', 'critic', '']],
    ])
    expect(nodes?.cachedTokens).toEqual([0, 0, 4])
  })

  test('tells its times in milliseconds after the first start', async () => {
    const { nodes } = (await findSkeleton(reader, { id: 'a', statusChars: 200 })) ?? {}
    const origin = nodes?.firstStart ?? 0n
    expect(nodes?.starts[0]).toBe(0)
    expect(nodes?.starts).toEqual(nodes?.starts.toSorted((one, other) => one - other))
    expect(origin).toBeGreaterThan(at('2026-01-09T00:00:00Z'))
  })

  test('is nothing where the project has none', async () => {
    expect(await findSkeleton(stranger, { id: 'b', statusChars: 200 })).toBeUndefined()
  })

  test('has the beginnings of its status messages', async () => {
    const { nodes } = (await findSkeleton(reader, { id: 'b', statusChars: 5 })) ?? {}
    expect(nodes?.statuses).toEqual(['it br'])
  })
})

describe('a payload', () => {
  const output = { of: 'observation', id: 'a2', field: 'output' } as const
  const input = { of: 'trace', id: 'a', field: 'input' } as const

  test('is read piece by piece, in characters', async () => {
    const piece = await findPayload(reader, input, { offset: 998, length: 10 })
    expect(piece).toEqual({ text: 'éé', offset: 998, totalChars: 1000, totalBytes: 2000 })
  })

  test('is searched whatever the case', async () => {
    expect(await findInPayload(reader, output, 'FISH')).toEqual({ offsets: [4, 14, 24], total: 3 })
    expect(await findInPayload(reader, output, 'bird')).toEqual({ offsets: [], total: 0 })
  })

  test('of another project is not there', async () => {
    expect(await findPayload(stranger, output, { offset: 0, length: 1 })).toBeUndefined()
    expect(await findInPayload(stranger, output, 'fish')).toBeUndefined()
  })
})
