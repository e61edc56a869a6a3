import { expect } from 'vitest'

/** What each client's program must tell of one and the same story: the calls of its generated API, by feature. */
export const STORY: Readonly<Record<string, unknown>> = {
  'models: made, read, replaced, listed, removed': {
    made: ['TOKENS', 0.5, false, ['Standard']],
    read: true,
    replaced: 0.75,
    listed: true,
    removed: 404,
  },
  'models: tiers keep their conditions': [
    ['Standard', true, []],
    ['Large', false, [['^input', 'gt', 1000]]],
  ],
  'models: neither kind of price, and a built-in one removed': [400, 404],
  'score configs: made, changed, read, listed': {
    numeric: ['NUMERIC', 0, 10],
    categorical: [
      ['bad', 0],
      ['good', 1],
    ],
    boolean: ['False', 'True'],
    changed: [true, 'why'],
    listed: true,
    refused: [400, 404],
  },
  'scores: written in each type, read typed, removed': {
    NUMERIC: 0.125,
    BOOLEAN: true,
    CATEGORICAL: 'good',
    TEXT: 'words',
    CORRECTION: 'better',
    'of a session': ['session', 7],
    'by its config': ['rated', 3],
    removed: [],
  },
  'comments: on each kind of object': {
    kinds: ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'],
    read: 'on TRACE',
    found: ['on TRACE'],
    missing: 404,
  },
  'annotation queues: with items and assignments': {
    queue: [true, true],
    added: ['PENDING', false],
    listed: [1, 0],
    completed: ['COMPLETED', true],
    removed: true,
    gone: 404,
    assigned: true,
    unassigned: true,
    stranger: 404,
    'without a config': 400,
  },
  'metrics: v2 counts, sums and refuses': {
    rows: [{ name: 'told', count_count: 1, sum_totalCost: 0.25 }],
    buckets: 1,
    refused: 400,
  },
  'LLM connections: made, replaced, listed, removed, without a secret': {
    made: ['anthropic', ['m'], true, ['x-one']],
    replaced: [true, [], false],
    listed: true,
    secret: false,
    removed: true,
    gone: 404,
  },
  'organization: projects and keys': {
    project: [{ team: 'a' }, 7],
    updated: true,
    listed: true,
    key: ['pk-lf-', 'sk-lf-', true],
    works: true,
    revoked: true,
    refused: 401,
    removed: true,
    'own keys': ['pk-org'],
    'with a project key': 403,
  },
  'organization: memberships': {
    organization: ['MEMBER', true],
    project: ['VIEWER', true],
    removed: true,
    stranger: 404,
  },
  'organization: SCIM': {
    supports: [true, false],
    types: ['User'],
    schemas: true,
    made: [true, true],
    listed: 1,
    read: true,
    gone: 404,
  },
  'datasets: items, versions and removal': {
    dataset: [{ a: [1] }, 'd'],
    item: [{ q: 1 }, 'a', { m: true }, 'ACTIVE'],
    listed: 2,
    archived: [1, 'ARCHIVED'],
    removed: 404,
    listedDatasets: true,
    missing: 404,
    schema: 400,
  },
  'media: announced, sent, told of, read': {
    announced: true,
    unsent: 404,
    sent: 200,
    read: ['text/plain', true, true],
    again: null,
  },
  'prompts: managed': {
    made: [1, ['production', 'latest'], ['t']],
    chat: ['chat', 'system', 'history'],
    moved: ['latest', 'production', 'staging'],
    listed: [
      [1, 2],
      ['latest', 'production', 'staging'],
    ],
    found: 2,
    removed: [404, 1],
    reserved: 400,
  },
  'traces: removed one by one and together': [404, 404, 404],
}

/** What only the clients tell that still have the older reads. */
export const OLDER: Readonly<Record<string, unknown>> = {
  'sessions: listed and read': [true, ['told'], 404],
  'traces: listed and read': {
    listed: ['told'],
    read: ['told', { question: 1 }, [['GENERATION', 'm']]],
    missing: [404, 'LangfuseNotFoundError'],
    page: 400,
  },
  'observations: listed and read': [['told'], 'm', 404],
  'scores: by id and in lists': [[0.125, null], [1, 'True'], [0, 'good'], 404, 3],
  'metrics: v1 counts traces': [{ name: 'told', count_count: 1 }],
  'datasets: runs': {
    item: true,
    run: ['first words', { m: 1 }, 1],
    runs: true,
    items: 1,
    removed: 404,
  },
}

/** What the JS client 3 tells, which has no generated API of its own. */
export const STORY_OF_JS_3: Readonly<Record<string, unknown>> = {
  'media: in a trace become references that resolve': {
    references: 1,
    reference: { mediaId: expect.stringMatching(/^[\w-]{22}$/), source: 'bytes', contentType: 'text/plain' },
    resolved: { file: `data:text/plain;base64,${Buffer.from('bytes of js-3').toString('base64')}` },
  },
  'datasets: an item is linked to a trace': [{ q: 1 }, 'd', { m: 1 }, [true]],
  'prompts: made, read, filled in': [1, 'Hello Ada'],
  'sessions and traces: listed': [true, 1],
}
