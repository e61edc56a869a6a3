/** One of everything in our project, each with a mark, and the ids by which others might ask for it. */
import { createHash } from 'node:crypto'
import { exportOf, toOtlpJson } from '#ingest/otlp/otlp-request.fixture.ts'
import { openTestApp, TEST_KEYS, type TestApp } from '../support/app.ts'

export const MARK = 'MARKOURS'
const basic = (pair: { readonly publicKey: string; readonly secretKey: string }) =>
  `Basic ${Buffer.from(`${pair.publicKey}:${pair.secretKey}`).toString('base64')}`
const THEIR_KEYS = { publicKey: 'pk-theirs', secretKey: 'sk-theirs' }
const ORGANIZATION_KEYS = { publicKey: 'pk-lf-org', secretKey: 'sk-lf-org' }
export const CALLERS = {
  ours: basic(TEST_KEYS),
  theirs: basic(THEIR_KEYS),
  organization: basic(ORGANIZATION_KEYS),
}

/** Path parameters by operation path, or by name where the name says it all. */
export type Ids = Readonly<Record<string, string>>

export interface Isolation {
  readonly app: TestApp
  readonly ids: Ids
  /** Operations that made what is ours. */
  readonly made: ReadonlySet<string>
  ask(operation: string, as: string, content?: Asked): Promise<{ readonly status: number; readonly text: string }>
}

interface Asked {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const T = '2026-01-02T03:04:05.678Z'
const event = (type: string, body: object) => ({ id: `${type}-1`, type, timestamp: T, body })
const PNG = Buffer.from(`${MARK} no picture at all`)

/** A second project in a second organization, with keys of its own, that has nothing. */
export async function openIsolation(): Promise<Isolation> {
  const app = await openTestApp({
    organizationKeys: ORGANIZATION_KEYS,
    seed: {
      project: { id: 'theirs', name: 'Theirs' },
      organization: { id: 'their-organization', name: 'Theirs' },
      keys: THEIR_KEYS,
    },
  })
  const made = new Set<string>()
  const ask: Isolation['ask'] = async (operation, as, { body, headers } = {}) => {
    const [method = '', path = ''] = operation.split(' ')
    const answer = await app.send(method, path, { body, headers: { authorization: as, ...headers } })
    return { status: answer.status, text: await answer.text() }
  }
  /** Makes something of ours; gives what the answer says. */
  const make: Make = async (operation, body, { as = CALLERS.ours, headers = {} } = {}) => {
    const { status, text } = await ask(operation, as, { body, headers })
    if (status >= 300) throw new Error(`${operation}: ${status} ${text}`)
    made.add(operation)
    return Object(text === '' ? {} : JSON.parse(text))
  }
  const telemetry = await makeTelemetry(make)
  const catalog = await makeCatalog(make)
  const evaluation = await makeEvaluation(make)
  const organization = await makeOrganization(make)
  return { app, made, ask, ids: { ...telemetry, ...catalog, ...evaluation, ...organization } }
}

interface Sender {
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
}
type Make = (operation: string, body: unknown, sender?: Sender) => Promise<Record<string, string>>

async function makeTelemetry(make: Make): Promise<Ids> {
  const id = 'ours-1'
  const own = { name: MARK, metadata: { MARK }, tags: [MARK], userId: MARK, sessionId: 'ours-session', input: MARK }
  await make('POST /api/public/ingestion', {
    batch: [
      event('trace-create', { id, timestamp: T, ...own }),
      event('generation-create', { id, traceId: id, startTime: T, model: MARK, ...own }),
      event('score-create', { id, traceId: id, name: MARK, value: 1, comment: MARK }),
    ],
  })
  await make('POST /v1/metrics/batch', { metrics: [{ name: MARK, value: 1, labels: { MARK }, timestamp: T }] })
  const spans = [{ traceId: 'ab'.repeat(16), spanId: 'ab'.repeat(8), name: MARK }]
  await make('POST /v1/traces', toOtlpJson(exportOf({ spans })))
  const { mediaId = '', uploadUrl = '' } = await make('POST /api/public/media', {
    contentType: 'image/png',
    contentLength: PNG.length,
    sha256Hash: createHash('sha256').update(PNG).digest('base64'),
    field: 'input',
    traceId: id,
  })
  const { pathname, search } = new URL(uploadUrl)
  await make(`PUT ${pathname}${search}`, PNG, { headers: { 'content-type': 'image/png' } })
  return { traceId: id, observationId: id, scoreId: id, sessionId: 'ours-session', mediaId }
}

async function makeCatalog(make: Make): Promise<Ids> {
  const prompt = { name: `prompt-${MARK}`, prompt: MARK, labels: ['production'] }
  await make('POST /api/public/v2/prompts', prompt)
  await make('POST /api/public/v2/datasets', { name: `dataset-${MARK}`, description: MARK })
  const item = await make('POST /api/public/dataset-items', { datasetName: `dataset-${MARK}`, input: MARK })
  await make('POST /api/public/dataset-run-items', { runName: MARK, datasetItemId: item['id'], traceId: 'ours-1' })
  const model = await make('POST /api/public/models', {
    modelName: MARK,
    matchPattern: MARK,
    unit: 'TOKENS',
    inputPrice: 1,
  })
  const config = await make('POST /api/public/score-configs', { name: MARK, dataType: 'NUMERIC' })
  const comment = await make('POST /api/public/comments', {
    projectId: 'default',
    objectType: 'TRACE',
    objectId: 'ours-1',
    content: MARK,
  })
  const queue = await make('POST /api/public/annotation-queues', { name: MARK, scoreConfigIds: [config['id']] })
  const items = `POST /api/public/annotation-queues/${queue['id']}/items`
  const queued = await make(items, { objectId: 'ours-1', objectType: 'TRACE' })
  const connection = await make('PUT /api/public/llm-connections', {
    provider: MARK,
    adapter: 'openai',
    secretKey: MARK,
  })
  return {
    promptName: `prompt-${MARK}`,
    name: `prompt-${MARK}`,
    version: '1',
    datasetName: `dataset-${MARK}`,
    runName: MARK,
    configId: config['id'] ?? '',
    commentId: comment['id'] ?? '',
    queueId: queue['id'] ?? '',
    itemId: queued['id'] ?? '',
    '/api/public/dataset-items/{id}': item['id'] ?? '',
    '/api/public/models/{id}': model['id'] ?? '',
    '/api/public/llm-connections/{id}': connection['id'] ?? '',
  }
}

async function makeEvaluation(make: Make): Promise<Ids> {
  const widget = await make('POST /api/public/unstable/dashboard-widgets', {
    name: MARK,
    view: 'observations',
    dimensions: [],
    metrics: [{ measure: 'totalCost', agg: 'sum' }],
    filters: [],
    chartType: 'NUMBER',
  })
  const dashboard = await make('POST /api/public/unstable/dashboards', { name: MARK })
  const placement = { type: 'widget', id: 'ours-placement', widgetId: widget['id'], x: 0, y: 0, width: 1, height: 1 }
  await make(`POST /api/public/unstable/dashboards/${dashboard['id']}/placements`, placement)
  const evaluator = await make('POST /api/public/v2/evaluators', {
    type: 'code',
    name: MARK,
    sourceCode: 'return 1',
    sourceCodeLanguage: 'PYTHON',
  })
  const rule = await make('POST /api/public/v2/evaluation-rules', {
    name: MARK,
    enabled: false,
    evaluatorAssignments: [],
  })
  const content = `---\nname: skill-${MARK.toLowerCase()}\ndescription: ${MARK}\n---\n${MARK}\n`
  await make('POST /api/public/unstable/skills', { files: [{ path: 'SKILL.md', content }] })
  return {
    widgetId: widget['id'] ?? '',
    dashboardId: dashboard['id'] ?? '',
    placementId: 'ours-placement',
    evaluatorId: evaluator['id'] ?? '',
    evaluationRuleId: rule['id'] ?? '',
    skillName: `skill-${MARK.toLowerCase()}`,
    skillVersion: '1',
  }
}

async function makeOrganization(make: Make): Promise<Ids> {
  const as = CALLERS.organization
  const key = await make('POST /api/public/projects/default/apiKeys', { note: MARK }, { as })
  const user = await make('POST /api/public/scim/Users', { userName: `${MARK.toLowerCase()}@example.org` }, { as })
  const storage = await make(
    'PUT /api/public/integrations/blob-storage',
    {
      projectId: 'default',
      type: 'S3',
      bucketName: 'bucket',
      region: 'eu-west-1',
      exportFrequency: 'daily',
      enabled: false,
      forcePathStyle: false,
      fileType: 'JSONL',
      exportMode: 'FULL_HISTORY',
    },
    { as },
  )
  return {
    projectId: 'default',
    apiKeyId: key['id'] ?? '',
    userId: user['id'] ?? '',
    '/api/public/integrations/blob-storage/{id}': storage['id'] ?? '',
  }
}
