/**
 * Every operation of /openapi.json with the ids of another project: it answers as if they were not there, and
 * changes nothing. A new route fails here until somebody says what of ours it could show.
 */
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CALLERS, type Ids, type Isolation, MARK, openIsolation } from './isolation-world.ts'

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ security: z.array(z.looseObject({})).optional() }))),
})

/** Lists that show nothing by themselves, with the query that makes them show ours. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'GET /api/public/prompts': `name=prompt-${MARK}`,
  'GET /api/public/dataset-run-items': `datasetId=DATASET&runName=${MARK}`,
  'GET /api/public/experiments': 'fromStartTime=2025-01-01T00:00:00Z',
  'GET /api/public/experiment-items': 'fields=core,io&fromStartTime=2025-01-01T00:00:00Z&experimentId=RUN',
  'GET /api/public/unstable/skills/{skillName}': 'version=1',
  'GET /api/public/v2/observations': 'fields=core,basic,io',
  'GET /api/public/metrics/query': `name=${MARK}&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z&step=1d`,
}

/** What has nothing of a project in it, or is tested by name elsewhere. */
const NOTHING_OF_OURS: ReadonlySet<string> = new Set([
  // Figures of the whole process, for the token alone.
  'GET /api/internal/rate_limit_stats',
  'POST /api/admin/backups',
  'POST /api/admin/dead-letters/replay',
  // The caller's own project, which isolation.test.ts asks for.
  'GET /api/public/projects',
  // The same for every project.
  'GET /api/public/v2/metrics/schema',
  // Needs a file of one version of a skill by its hash.
  'GET /api/public/unstable/skills/files/content',
])

/** Questions that are answered in figures; test/query and isolation.test.ts look into those. */
const FIGURES: ReadonlySet<string> = new Set([
  'GET /api/public/metrics',
  'GET /api/public/v2/metrics',
  'GET /api/public/metrics/daily',
  'GET /api/public/metrics/query',
])

/** Lists whose rows name ours only by id or count, which is then what must not be there. */
const OTHER_MARKS: Readonly<Record<string, string>> = {
  'GET /api/public/dataset-run-items': 'ours-1',
  'GET /api/public/experiment-items': 'ours-1',
  'GET /api/public/sessions': 'ours-session',
}

let world: Isolation
let operations: readonly string[] = []
beforeAll(async () => {
  world = await openIsolation()
  const { paths } = Document.parse(await world.app.get('/openapi.json'))
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { security }]) => (security ?? []).some((scheme) => 'keyPair' in scheme))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  )
}, 60_000)
afterAll(() => world?.app.close())

const parametersOf = (operation: string) => [...operation.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const withParameters = () => operations.filter((operation) => parametersOf(operation).length > 0)

/** The operation with our ids in its path, and the query that makes it answer; what is not known stays as it is. */
function named(operation: string, ids: Ids): string {
  const [method = '', path = ''] = operation.split(' ')
  const filled = path.replaceAll(/\{(\w+)\}/g, (braced, name) => encodeURIComponent(ids[path] ?? ids[name] ?? braced))
  const query = QUESTIONS[operation]
  return `${method} ${filled}${query === undefined ? '' : `?${query}`}`
}

test('the description has routes, and there is something of ours for every parameter in their paths', () => {
  expect(operations.length).toBeGreaterThan(100)
  expect(withParameters().filter((operation) => named(operation, world.ids).includes('%7B'))).toEqual([])
})

describe('reading one thing', () => {
  test('shows it to us, and to them that it is not there', async () => {
    const faults: string[] = []
    for (const operation of withParameters().filter((each) => each.startsWith('GET '))) {
      const question = named(operation, world.ids)
      const ours = await world.ask(question, CALLERS.ours)
      if (ours.status !== 200) faults.push(`${question}: we get ${ours.status} ${ours.text}`)
      const theirs = await world.ask(question, CALLERS.theirs)
      // A list inside of what is not there may be empty instead.
      const isHidden = theirs.status === 404 || (theirs.status === 200 && /"data":\[\]/.test(theirs.text))
      if (!isHidden || theirs.text.replaceAll(/prompt-MARKOURS|dataset-MARKOURS|Run MARKOURS/g, '').includes(MARK))
        faults.push(`${question}: they get ${theirs.status} ${theirs.text}`)
    }
    expect(faults).toEqual([])
  })
})

describe('lists', () => {
  test('have ours for us, and nothing of it for them', async () => {
    const faults: string[] = []
    const places = await placesOfOurs()
    const lists = operations.filter((each) => each.startsWith('GET ') && parametersOf(each).length === 0)
    for (const operation of lists.filter((each) => !NOTHING_OF_OURS.has(each))) {
      const question = named(operation, world.ids).replace('DATASET', places.dataset).replace('RUN', places.run)
      const mark = OTHER_MARKS[operation] ?? MARK
      const ours = await world.ask(question, CALLERS.ours)
      if (!FIGURES.has(operation) && (ours.status !== 200 || !ours.text.includes(mark)))
        faults.push(`${question}: we get ${ours.status} ${ours.text.slice(0, 300)}`)
      const theirs = await world.ask(question, CALLERS.theirs)
      if (theirs.status === 200 && theirs.text.includes(mark)) faults.push(`${question}: they get ${theirs.text}`)
    }
    expect(faults).toEqual([])
  })
})

async function placesOfOurs(): Promise<{ dataset: string; run: string }> {
  const path = `/api/public/datasets/${world.ids['datasetName']}/runs/${world.ids['runName']}`
  const run = Object(await world.app.get(path))
  return { dataset: String(run.datasetId), run: String(run.id) }
}

/** Bodies that would do something, where a route looks at its body before it looks for the thing. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PATCH /api/public/v2/prompts/{name}/versions/{version}': { newLabels: ['stolen'] },
  'PATCH /api/public/media/{mediaId}': { uploadedAt: '2026-01-02T03:04:05Z', uploadHttpStatus: 200 },
  'PUT /api/public/models/{id}': { modelName: 'stolen', matchPattern: 'stolen', unit: 'TOKENS', inputPrice: 1 },
  'PATCH /api/public/score-configs/{configId}': { isArchived: true },
  'POST /api/public/annotation-queues/{queueId}/assignments': { userId: 'USER' },
  'DELETE /api/public/annotation-queues/{queueId}/assignments': { userId: 'USER' },
  'POST /api/public/annotation-queues/{queueId}/items': { objectId: 'ours-1', objectType: 'TRACE' },
  'PATCH /api/public/annotation-queues/{queueId}/items/{itemId}': { status: 'COMPLETED' },
  'PATCH /api/public/unstable/dashboards/{dashboardId}': { name: 'stolen' },
  'POST /api/public/unstable/dashboards/{dashboardId}/placements': {
    type: 'preset',
    id: 'stolen',
    presetId: 'p',
    x: 0,
    y: 0,
    width: 1,
    height: 1,
  },
  'PATCH /api/public/unstable/dashboards/{dashboardId}/placements/{placementId}': { x: 3 },
  'PATCH /api/public/unstable/dashboard-widgets/{widgetId}': { name: 'stolen' },
  'PATCH /api/public/v2/evaluators/{evaluatorId}': { name: 'stolen' },
  'PATCH /api/public/v2/evaluation-rules/{evaluationRuleId}': { name: 'stolen' },
  'PATCH /api/public/unstable/evaluation-rules/{evaluationRuleId}': { name: 'stolen' },
  'PATCH /api/public/unstable/skills/{skillName}': { tags: ['stolen'] },
  'PATCH /api/public/unstable/skills/{skillName}/versions/{skillVersion}': { labels: ['stolen'] },
}

/** Removals of telemetry are taken without a look whether there is anything, each in its own project. */
const TAKEN_UNSEEN: ReadonlySet<string> = new Set([
  'DELETE /api/public/traces/{traceId}',
  'DELETE /api/public/scores/{scoreId}',
])

describe('changing and deleting', () => {
  test('what is ours is not there for them, and stays as it is', async () => {
    const reads = withParameters().filter((each) => each.startsWith('GET '))
    const look = () => Promise.all(reads.map((each) => world.ask(named(each, world.ids), CALLERS.ours)))
    const before = await look()
    const faults: string[] = []
    for (const operation of withParameters().filter((each) => !each.startsWith('GET '))) {
      const question = named(operation, world.ids)
      const text = JSON.stringify(BODIES[operation] ?? {}).replace('USER', world.ids['userId'] ?? '')
      const isBare = operation.startsWith('DELETE ') && BODIES[operation] === undefined
      const { status, text: said } = await world.ask(question, CALLERS.theirs, isBare ? {} : { body: text })
      if (status !== 404 && !(TAKEN_UNSEEN.has(operation) && status < 300))
        faults.push(`${question}: ${status} ${said}`)
    }
    expect(faults).toEqual([])
    const after = await look()
    expect(after.map(withoutSignatures)).toEqual(before.map(withoutSignatures))
  })

  /** Links to media are signed anew, with a new end, for every answer. */
  const withoutSignatures = ({ status, text }: { status: number; text: string }) => ({
    status,
    text: text.replaceAll(/"url":"[^"]*"|"urlExpiry":"[^"]*"/g, ''),
  })
})

/** Ways in for telemetry, where equal ids of two projects are two things: isolation.test.ts looks at what they wrote. */
const OWN_PROJECT_ALONE: ReadonlySet<string> = new Set([
  'POST /api/public/prompts',
  'POST /api/public/datasets',
  'POST /api/public/traces',
  'DELETE /api/public/traces',
  'POST /api/public/spans',
  'PATCH /api/public/spans',
  'POST /api/public/generations',
  'PATCH /api/public/generations',
  'POST /api/public/events',
  'POST /api/public/scores',
  'POST /v1/l/batch',
  'POST /api/public/otel/v1/traces',
  'POST /api/public/otel/v1/metrics',
  'POST /api/public/feedback',
  'POST /api/public/mcp',
  // The older spelling of what is made under v2.
  'POST /api/public/unstable/evaluators',
  'POST /api/public/unstable/evaluation-rules',
])

describe('what bodies name', () => {
  test('every way in has been thought of', () => {
    const unknown = operations
      .filter((each) => !each.startsWith('GET ') && parametersOf(each).length === 0)
      .filter((each) => !world.made.has(each) && !OWN_PROJECT_ALONE.has(each) && !NOTHING_OF_OURS.has(each))
    expect(unknown).toEqual([])
  })

  test.each<[string, (ids: Ids) => unknown]>([
    [
      'POST /api/public/dataset-run-items',
      (ids) => ({ runName: 'r', traceId: 't', datasetItemId: ids['/api/public/dataset-items/{id}'] }),
    ],
    ['POST /api/public/dataset-items', (ids) => ({ datasetName: ids['datasetName'], input: 1 })],
    [
      'POST /api/public/comments',
      () => ({ projectId: 'default', objectType: 'TRACE', objectId: 'ours-1', content: 'x' }),
    ],
    ['POST /api/public/annotation-queues', (ids) => ({ name: 'q', scoreConfigIds: [ids['configId']] })],
    [
      'POST /api/public/v2/evaluation-rules',
      (ids) => ({ name: 'r', enabled: false, evaluatorAssignments: [{ evaluatorId: ids['evaluatorId'] }] }),
    ],
  ])('%s does not find ours for them', async (operation, body) => {
    const { status, text } = await world.ask(operation, CALLERS.theirs, { body: body(world.ids) })
    expect([status, text.includes(MARK) && !text.includes('not found')]).toEqual([
      expect.toSatisfy((code) => code >= 400 && code < 500),
      false,
    ])
  })
})

describe('the key of an organization', () => {
  test('opens no route of a project', async () => {
    const statuses = await Promise.all(
      operations.map(async (each) => (await world.ask(named(each, world.ids), CALLERS.organization)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([401, 403]))
  })
})

describe('MCP', () => {
  const rpc = async (as: string, method: string, params: object) => {
    const { status, text } = await world.ask('POST /api/public/mcp', as, {
      body: { jsonrpc: '2.0', id: 1, method, params },
      headers: { accept: 'application/json' },
    })
    return { status, text, result: Object(JSON.parse(text)).result }
  }

  test('no tool shows or changes what is ours', async () => {
    const { tools } = (await rpc(CALLERS.theirs, 'tools/list', {})).result
    expect(tools.length).toBeGreaterThan(10)
    const ids: Ids = { ...world.ids, id: 'ours-1', promptName: world.ids['promptName'] ?? '' }
    const faults: string[] = []
    for (const { name, inputSchema } of tools) {
      const fields = Object.keys(Object(inputSchema).properties ?? {})
      const args = Object.fromEntries(
        fields.flatMap((field) => (ids[field] === undefined ? [] : [[field, ids[field]]])),
      )
      const { text } = await rpc(CALLERS.theirs, 'tools/call', { name, arguments: args })
      if (text.replaceAll(/(prompt|dataset)-MARKOURS|Run MARKOURS/g, '').includes(MARK)) faults.push(`${name}: ${text}`)
    }
    expect(faults).toEqual([])
  })
})

test('a NUL in any path or query is a 400 in the words of the route', async () => {
  const odd: string[] = []
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ')
    const filled = path.replaceAll(/\{\w+\}/g, 'a%00b')
    const question = filled === path ? `${path}?name=%00` : filled
    const { status, text } = await world.ask(`${method} ${question}`, CALLERS.ours)
    if (status !== 400 || !text.includes('NUL')) odd.push(`${operation}: ${status} ${text}`)
  }
  expect(odd).toEqual([])
})
