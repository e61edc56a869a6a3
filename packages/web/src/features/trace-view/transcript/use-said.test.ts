import { describe, expect, test } from 'vitest'
import { SAMPLE_SKELETON } from '#features/trace-view/model/sample-skeleton.fixture.ts'
import { buildModel } from '#features/trace-view/model/trace-model.ts'
import type { Said } from '#lib/trace/transcript.ts'
import { type KnownSaid, saidByNode, unread } from './use-said.ts'

const NOW_MS = 9000
const NOTHING: Said = { input: [], output: [] }

/** The sample at version 2, with its first search running. */
function running() {
  const { nodes } = SAMPLE_SKELETON
  return buildModel({ ...SAMPLE_SKELETON, version: 2, nodes: { ...nodes, end: nodes.end.with(1, null) } }, NOW_MS)
}
const knownAt = (...versions: readonly (readonly [id: string, version: number])[]): KnownSaid =>
  new Map(versions.map(([id, version]) => [id, { version, said: NOTHING }]))

describe('what a node said is read', () => {
  test.each<[name: string, known: KnownSaid, missing: readonly number[]]>([
    ['where nothing is known', knownAt(), [1, 2]],
    ['again, while it runs and the trace has changed', knownAt(['s1', 1], ['s2', 0]), [1]],
    ['once for each change of the trace', knownAt(['s1', 2], ['s2', 0]), []],
    ['again, if it ran when it was read', knownAt(['s1', 2], ['s2', 1]), [2]],
  ])('%s', (_, known, missing) => expect(unread(running(), [1, 2], known)).toEqual(missing))
})

test('what was read stays with its node when the nodes are numbered anew', () => {
  const model = running()
  const { nodes } = SAMPLE_SKELETON
  const id = nodes.id.with(1, 's2').with(2, 's1')
  const moved = buildModel({ ...SAMPLE_SKELETON, nodes: { ...nodes, id } }, NOW_MS)
  const known = knownAt(['s1', 0])
  expect([model, moved].map((one) => [...saidByNode(one, known).keys()])).toEqual([[1], [2]])
})
