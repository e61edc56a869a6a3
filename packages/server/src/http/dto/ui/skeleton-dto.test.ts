import { SkeletonDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { projectId, traceId } from '#domain/ids.ts'
import type { Trace } from '#domain/trace.ts'
import type { SkeletonNode } from '#query/explore/trace-skeleton.ts'
import { toSkeletonDto } from './skeleton-dto.ts'

const TRACE: Trace = {
  projectId: projectId('p'),
  id: traceId('t'),
  timestamp: 5_000_000_000n,
  name: 'run',
  userId: undefined,
  sessionId: undefined,
  release: undefined,
  version: undefined,
  externalId: undefined,
  environment: 'default',
  isPublic: false,
  isBookmarked: true,
  tags: ['a'],
  input: undefined,
  output: undefined,
  metadata: '{}',
  origin: { apiKey: '', sdkName: '', sdkVersion: '', via: 'otel' },
  createdAt: 1,
  updatedAt: 7,
}

const node = (id: string, part: Partial<SkeletonNode> = {}): SkeletonNode => ({
  id,
  parentId: '',
  name: 'step',
  type: 'SPAN',
  level: 'DEFAULT',
  model: '',
  status: '',
  start: 5_000_000_000n,
  end: undefined,
  firstToken: undefined,
  cost: undefined,
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cachedTokens: 0,
  promptName: '',
  promptVersion: undefined,
  groups: ['', '', '', '', '', ''],
  updatedAt: 3,
  ...part,
})

describe('the columns of a trace', () => {
  const dto = toSkeletonDto({
    trace: TRACE,
    nodes: [
      node('a', { name: 'root', end: 5_002_500_000n }),
      node('b', { parentId: 'a', start: 5_001_000_001n, cost: 0.5, groups: ['', '', 's1', '', '', ''] }),
      node('c', { parentId: 'lost', updatedAt: 9 }),
      node('d', { parentId: 'lost' }),
    ],
  })
  const word = (place: number | undefined) => dto.strings[place ?? -1]

  test('fit their schema', () => {
    expect(SkeletonDto.parse(dto)).toEqual(dto)
  })

  test('name parents by place, and those that are not there by a place of their own', () => {
    expect(dto.nodes.parent).toEqual([-1, 0, -2, -2])
    expect(dto.missing).toEqual(['lost'])
  })

  test('say each word once', () => {
    expect(dto.nodes.name.map(word)).toEqual(['root', 'step', 'step', 'step'])
    expect(new Set(dto.strings).size).toBe(dto.strings.length)
  })

  test('count milliseconds from the first start', () => {
    expect([dto.startMs, dto.nodes.start[1], dto.nodes.end]).toEqual([5000, 1.000001, [2.5, null, null, null]])
  })

  test('carry only the keys that some step has, and the newest change', () => {
    expect(Object.keys(dto.groups)).toEqual(['step_id'])
    expect(dto.groups['step_id']?.map(word)).toEqual(['', 's1', '', ''])
    expect(dto.version).toBe(9)
  })
})
