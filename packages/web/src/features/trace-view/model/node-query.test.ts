import { expect, test } from 'vitest'
import { nodeQuery } from './node-query.ts'
import { SAMPLE_SKELETON } from './sample-skeleton.fixture.ts'
import { buildModel } from './trace-model.ts'

const NOW_MS = 9000

/** How an observation of the sample is known at a version, the first search ended or not. */
function keyAt(version: number, end: number | null, { id = 's1', nowMs = NOW_MS } = {}): string {
  const { nodes } = SAMPLE_SKELETON
  const model = buildModel({ ...SAMPLE_SKELETON, version, nodes: { ...nodes, end: nodes.end.with(1, end) } }, nowMs)
  return JSON.stringify(nodeQuery('p', model, id).queryKey)
}
const other = { id: 's2' }
const late = { nowMs: NOW_MS + 86_400_000 }

test.each<[name: string, keys: readonly [before: string, after: string], isRead: boolean]>([
  ['that runs, when the trace changes', [keyAt(1, null), keyAt(2, null)], true],
  ['that runs, when nothing changes', [keyAt(1, null), keyAt(1, null)], false],
  ['that ends', [keyAt(1, null), keyAt(2, 1500)], true],
  ['that has ended, when the trace changes', [keyAt(1, 1500), keyAt(2, 1500)], false],
  ['that has ended, while another runs', [keyAt(1, null, other), keyAt(2, null, other)], false],
  ['that was given up long ago, when its end comes', [keyAt(1, null, late), keyAt(2, 1500, late)], true],
])('an observation %s', (_, [before, after], isRead) => expect(before !== after).toBe(isRead))
