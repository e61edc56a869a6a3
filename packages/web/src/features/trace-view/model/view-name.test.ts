import { describe, expect, test } from 'vitest'
import { printListRef } from '#search/list-ref.ts'
import type { Taste } from './taste.ts'
import { type TraceViewName, tasteOfView, viewNameOf } from './view-name.ts'

const refOf = (list: 'traces' | 'session') => printListRef({ list, interval: { fromMs: 0, toMs: 1 } })

describe('a trace opens as', () => {
  test.each<[string, Parameters<typeof viewNameOf>[0], [liked: Taste['view'], shown: TraceViewName]]>([
    ['its tree', {}, ['tree', 'tree']],
    ['the viewer likes it', {}, ['transcript', 'transcript']],
    ['the viewer likes it, from a list of traces', { ref: refOf('traces') }, ['tree', 'tree']],
    ['what was said, from a session', { ref: refOf('session') }, ['tree', 'transcript']],
    ['the URL says, before all else', { v: 'tree', ref: refOf('session') }, ['transcript', 'tree']],
    ['its tree where the list cannot be read', { ref: 'x' }, ['tree', 'tree']],
  ])('%s', (_, search, [view, expected]) => expect(viewNameOf(search, { view })).toBe(expected))
})

test('only trees and transcripts are remembered', () => {
  expect(tasteOfView('transcript')).toEqual({ view: 'transcript' })
  expect(tasteOfView('tree')).toEqual({ view: 'tree' })
  expect(tasteOfView('graph')).toEqual({})
})
