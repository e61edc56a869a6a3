import { expect, test } from 'vitest'
import type { Preview } from '#api/trace-observations.ts'
import { SAMPLE_SKELETON } from '#features/trace-view/model/sample-skeleton.fixture.ts'
import { buildModel } from '#features/trace-view/model/trace-model.ts'
import { missingOf } from './use-previews.ts'

const NOW_MS = 9000
const { nodes } = SAMPLE_SKELETON
/** At version 2, with its first search running. */
const model = buildModel({ ...SAMPLE_SKELETON, version: 2, nodes: { ...nodes, end: nodes.end.with(1, null) } }, NOW_MS)
const readAt = (id: string, version: number): readonly [string, Preview] => [id, { text: '', version }]

test.each<[name: string, known: readonly (readonly [string, Preview])[], missing: readonly string[]]>([
  ['where nothing is known', [], ['s1@2', 's2@0']],
  ['of what runs, when the trace has changed', [readAt('s1', 1), readAt('s2', 0)], ['s1@2']],
  ['of what has ended and ran when it was read', [readAt('s1', 2), readAt('s2', 1)], ['s2@0']],
  ['of nothing that is known as it is', [readAt('s1', 2), readAt('s2', 0)], []],
])('first lines are asked for %s', (_, known, missing) =>
  expect(missingOf(model, [1, 2], new Map(known))).toEqual(missing),
)
