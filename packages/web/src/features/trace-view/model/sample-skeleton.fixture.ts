/** A trace for tests. */
import type { SkeletonDto } from '@xtrace/contract'

const STRINGS = ['', 'agent', 'AGENT', 'DEFAULT', 'search', 'TOOL', 'ERROR', 'no route']
/** An agent of 10 s that searches four times; the last search fails. */
export const SAMPLE_SKELETON: SkeletonDto = {
  trace: {
    id: 't',
    name: 'task',
    userId: null,
    sessionId: null,
    environment: 'default',
    release: null,
    version: null,
    tags: [],
    public: false,
    bookmarked: false,
    time: 0,
  },
  startMs: 0,
  strings: STRINGS,
  missing: ['gone'],
  groups: {},
  version: 1,
  nodes: {
    id: ['a', 's1', 's2', 's3', 's4', 'lost'],
    parent: [-1, 0, 0, 0, 0, -2],
    name: [1, 4, 4, 4, 4, 0],
    type: [2, 5, 5, 5, 5, 5],
    level: [3, 3, 3, 3, 6, 3],
    model: [0, 0, 0, 0, 0, 0],
    status: [0, 0, 0, 0, 7, 0],
    prompt: [0, 0, 0, 0, 0, 0],
    promptVersion: [null, null, null, null, null, null],
    start: [0, 1000, 2000, 3000, 4000, 20_000],
    end: [10_000, 1500, 2500, 3500, 5000, 21_000],
    firstToken: [null, null, null, null, null, null],
    cost: [null, 0.1, 0.1, null, null, null],
    inputTokens: [0, 0, 0, 0, 0, 0],
    outputTokens: [0, 0, 0, 0, 0, 0],
    totalTokens: [0, 0, 0, 0, 0, 0],
    cachedTokens: [0, 0, 0, 0, 0, 0],
  },
}
