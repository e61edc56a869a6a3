import { SkeletonDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { projectId, traceId } from '#domain/ids.ts'
import type { Trace } from '#domain/trace.ts'
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

describe('the columns of a trace', () => {
  const dto = toSkeletonDto({
    trace: TRACE,
    nodes: {
      ids: ['a', 'b', 'c', 'd'],
      parentIds: ['', 'a', 'lost', 'lost'],
      names: ['root', 'step', 'step', 'step'],
      types: ['SPAN', 'SPAN', 'SPAN', 'SPAN'],
      levels: ['DEFAULT', 'DEFAULT', 'DEFAULT', 'DEFAULT'],
      models: ['', '', '', ''],
      statuses: ['', '', '', ''],
      firstStart: 5_000_000_000n,
      starts: [0, 1.000001, 2, 3],
      ends: [2.5, null, null, null],
      firstTokens: [null, null, null, null],
      costs: [null, 0.5, null, null],
      inputTokens: [0, 0, 0, 0],
      outputTokens: [0, 0, 0, 0],
      totalTokens: [0, 0, 0, 0],
      cachedTokens: [0, 0, 0, 0],
      promptNames: ['', '', '', ''],
      promptVersions: [null, null, null, null],
      groups: new Map([['step_id', ['', 's1', '', '']]]),
      updatedAt: 9,
    },
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

  test('carry what steps are grouped by, and the newest change', () => {
    expect(Object.keys(dto.groups)).toEqual(['step_id'])
    expect(dto.groups['step_id']?.map(word)).toEqual(['', 's1', '', ''])
    expect(dto.version).toBe(9)
  })
})
