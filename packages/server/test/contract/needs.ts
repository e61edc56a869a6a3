/**
 * What the description can not say of its operations: which one makes what another names, and which fields and
 * parameters have to mean something. Paths are those of the description without their common beginning.
 */
import { createHash, randomUUID } from 'node:crypto'
import { isTree, type Tree } from '../support/openapi.ts'

/** What stands in the places of a path or in a query. */
export type Values = Readonly<Record<string, string>>

export interface Maker {
  /** Makes one new thing, named by the path that ends with its place; gives what stands there. */
  make(path: string, params?: Values): Promise<string>
  /** The answer to a right call of an operation, some of whose places may be given. */
  perform(operation: string, params?: Values): Promise<Tree>
}

/** Held for the whole file: what only reads refer to these. */
export const TRACE = 'a-trace'
export const OBSERVATION = 'an-observation'
export const SESSION = 'a-session'
export const RUN = 'a-run'
export const FROM = '2026-01-01T00:00:00Z'

/** The operation whose answer names what stands in the last place of a path, and where in the answer. */
export const MADE_BY: Readonly<Record<string, readonly [operation: string, field: string]>> = {
  'annotation-queues/{queueId}': ['POST /api/public/annotation-queues', 'id'],
  'annotation-queues/{queueId}/items/{itemId}': ['POST /api/public/annotation-queues/{queueId}/items', 'id'],
  'integrations/blob-storage/{id}': ['PUT /api/public/integrations/blob-storage', 'id'],
  'comments/{commentId}': ['POST /api/public/comments', 'id'],
  'dataset-items/{id}': ['POST /api/public/dataset-items', 'id'],
  'v2/datasets/{datasetName}': ['POST /api/public/v2/datasets', 'name'],
  'scores/{scoreId}': ['POST /api/public/scores', 'id'],
  'v2/scores/{scoreId}': ['POST /api/public/scores', 'id'],
  'llm-connections/{id}': ['PUT /api/public/llm-connections', 'id'],
  'models/{id}': ['POST /api/public/models', 'id'],
  'projects/{projectId}': ['POST /api/public/projects', 'id'],
  'projects/{projectId}/apiKeys/{apiKeyId}': ['POST /api/public/projects/{projectId}/apiKeys', 'id'],
  'v2/prompts/{name}': ['POST /api/public/v2/prompts', 'name'],
  'v2/prompts/{promptName}': ['POST /api/public/v2/prompts', 'name'],
  'scim/Users/{userId}': ['POST /api/public/scim/Users', 'id'],
  'score-configs/{configId}': ['POST /api/public/score-configs', 'id'],
  'unstable/dashboard-widgets/{widgetId}': ['POST /api/public/unstable/dashboard-widgets', 'id'],
  'unstable/dashboards/{dashboardId}': ['POST /api/public/unstable/dashboards', 'id'],
  'unstable/dashboards/{dashboardId}/placements/{placementId}': [
    'POST /api/public/unstable/dashboards/{dashboardId}/placements',
    'id',
  ],
  'unstable/evaluation-rules/{evaluationRuleId}': ['POST /api/public/unstable/evaluation-rules', 'id'],
  'unstable/evaluators/{evaluatorId}': ['POST /api/public/unstable/evaluators', 'id'],
  'v2/evaluators/{evaluatorId}': ['POST /api/public/v2/evaluators', 'id'],
  'v2/evaluation-rules/{evaluationRuleId}': ['POST /api/public/v2/evaluation-rules', 'id'],
}

const judgeOf = async (perform: Maker['perform']) => {
  const { name } = await perform('POST /api/public/unstable/evaluators')
  return { name, type: 'llm_as_judge' }
}

const WHOLE = [{ variable: 'input', source: 'input' }]
const BOOLEAN = { dataType: 'BOOLEAN' }
const HASH = createHash('sha256').update('bytes').digest('base64')

type Bodies = Readonly<Record<string, (params: Values) => Promise<object> | object>>

/** Fields of a body beyond what its schema requires, or that have to mean something. */
export const bodiesOf = ({ make, perform }: Maker): Bodies => ({
  'POST /api/public/annotation-queues': async () => ({ scoreConfigIds: [await make('score-configs/{configId}')] }),
  'POST /api/public/annotation-queues/{queueId}/items': async () => ({
    objectId: TRACE,
    objectType: 'TRACE',
  }),
  'PATCH /api/public/annotation-queues/{queueId}/items/{itemId}': () => ({ status: 'COMPLETED' }),
  'POST /api/public/annotation-queues/{queueId}/assignments': async () => ({
    userId: await make('scim/Users/{userId}'),
  }),
  'DELETE /api/public/annotation-queues/{queueId}/assignments': async () => ({
    userId: await make('scim/Users/{userId}'),
  }),
  'PUT /api/public/integrations/blob-storage': () => ({ projectId: 'default', exportMode: 'FULL_HISTORY' }),
  'POST /api/public/comments': async () => ({ objectType: 'TRACE', objectId: TRACE }),
  'POST /api/public/dataset-items': async () => ({ datasetName: await make('v2/datasets/{datasetName}') }),
  'POST /api/public/dataset-run-items': async () => ({
    datasetItemId: await make('dataset-items/{id}'),
    traceId: TRACE,
  }),
  'POST /api/public/media': () => ({ sha256Hash: HASH, field: 'input', traceId: TRACE }),
  'PATCH /api/public/media/{mediaId}': () => ({ uploadHttpStatus: 200 }),
  'POST /api/public/models': () => ({ inputPrice: 0.5, unit: 'TOKENS' }),
  'PUT /api/public/models/{id}': () => ({ inputPrice: 0.5, unit: 'TOKENS' }),
  'PUT /api/public/organizations/memberships': async () => ({ userId: await make('scim/Users/{userId}') }),
  'DELETE /api/public/organizations/memberships': async () => ({ userId: await make('scim/Users/{userId}') }),
  'PUT /api/public/projects/{projectId}/memberships': async () => ({ userId: await make('scim/Users/{userId}') }),
  'DELETE /api/public/projects/{projectId}/memberships': async (params) => {
    const { userId } = await perform('PUT /api/public/projects/{projectId}/memberships', params)
    return { userId }
  },
  'POST /api/public/projects': () => ({ retention: 0 }),
  'PATCH /api/public/v2/prompts/{name}/versions/{version}': () => ({ newLabels: ['staging'] }),
  'POST /api/public/v2/prompts': () => ({ labels: ['production'] }),
  'POST /api/public/scim/Users': () => ({ userName: `${randomUUID()}@example.org`, roles: ['MEMBER'] }),
  'PATCH /api/public/score-configs/{configId}': () => ({ description: 'changed' }),
  'POST /api/public/scores': async () => ({ traceId: TRACE }),
  'DELETE /api/public/traces': async () => ({ traceIds: [await make('DELETE traces/{traceId}')] }),
  'POST /api/public/unstable/dashboard-widgets': () => ({
    dimensions: [{ field: 'name' }],
    metrics: [{ measure: 'count', agg: 'count' }],
    filters: [],
  }),
  'PATCH /api/public/unstable/dashboard-widgets/{widgetId}': () => ({ name: 'renamed' }),
  'PATCH /api/public/unstable/dashboards/{dashboardId}': () => ({ name: 'renamed' }),
  'POST /api/public/unstable/dashboards/{dashboardId}/placements': async () => ({
    type: 'widget',
    widgetId: await make('unstable/dashboard-widgets/{widgetId}'),
  }),
  'PATCH /api/public/unstable/dashboards/{dashboardId}/placements/{placementId}': () => ({ x: 1 }),
  'POST /api/public/unstable/evaluators': () => ({
    prompt: 'Is {{input}} good?',
    outputDefinition: { ...BOOLEAN, reasoning: { description: '' }, score: { description: '' } },
  }),
  'POST /api/public/unstable/evaluation-rules': async () => ({
    evaluator: await judgeOf(perform),
    mapping: WHOLE,
  }),
  'PATCH /api/public/unstable/evaluation-rules/{evaluationRuleId}': () => ({ enabled: false }),
  'POST /api/public/v2/evaluators': () => ({ outputDefinition: BOOLEAN }),
  'PATCH /api/public/v2/evaluators/{evaluatorId}': () => ({ outputDefinition: BOOLEAN }),
  'POST /api/public/v2/evaluation-rules': () => ({ enabled: false, evaluatorAssignments: [] }),
  'PATCH /api/public/v2/evaluation-rules/{evaluationRuleId}': () => ({ enabled: false }),
  'POST /api/public/unstable/skills': () => ({
    files: [{ path: 'SKILL.md', content: `---\nname: skill-${randomUUID()}\ndescription: d\n---\n` }],
  }),
  'PATCH /api/public/unstable/skills/{skillName}': () => ({ tags: ['t'] }),
  'PATCH /api/public/unstable/skills/{skillName}/versions/{skillVersion}': () => ({ labels: ['production'] }),
})

const METRICS = JSON.stringify({
  view: 'observations',
  metrics: [{ measure: 'count', aggregation: 'count' }],
  fromTimestamp: FROM,
  toTimestamp: '2026-02-01T00:00:00Z',
})
const INSTANT = '2026-01-02T03:04:05.678Z'
const GROUPS = {
  experiments: 'core,metadata,scores',
  items: 'core,dataset,io,metadata,itemMetadata,experimentMetadata,scores',
  observations: 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context',
  traces: 'core,io,scores,observations,metrics',
}

type Queries = Readonly<Record<string, () => Promise<Values> | Values>>

/**
 * The query of a parameter that has to mean something or asks for company, by operation and parameter or by the
 * parameter alone.
 */
export const queriesOf = ({ make, perform }: Maker): Queries => ({
  filter: () => ({ filter: '[]' }),
  'GET /api/public/metrics query': () => ({ query: METRICS }),
  'GET /api/public/v2/metrics query': () => ({ query: METRICS }),
  'GET /api/public/dataset-run-items datasetId': async () => {
    const datasetName = await make('datasets/{datasetName}')
    const { id } = await perform('GET /api/public/v2/datasets/{datasetName}', { datasetName })
    return { datasetId: String(id) }
  },
  'GET /api/public/dataset-run-items runName': () => ({ runName: RUN }),
  'GET /api/public/dataset-items datasetName': async () => ({ datasetName: await make('v2/datasets/{datasetName}') }),
  'GET /api/public/dataset-items version': async () => ({
    datasetName: await make('v2/datasets/{datasetName}'),
    version: INSTANT,
  }),
  'GET /api/public/comments objectType': () => ({ objectType: 'TRACE' }),
  'GET /api/public/comments objectId': () => ({ objectType: 'TRACE', objectId: TRACE }),
  'GET /api/public/experiments fields': () => ({ fields: GROUPS.experiments }),
  'GET /api/public/experiment-items fields': () => ({ fields: GROUPS.items }),
  'GET /api/public/observations type': () => ({ type: 'GENERATION' }),
  'GET /api/public/v2/observations type': () => ({ type: 'GENERATION' }),
  'GET /api/public/v2/observations fields': () => ({ fields: GROUPS.observations }),
  'GET /api/public/v2/observations parseIoAsJson': () => ({ parseIoAsJson: 'false' }),
  'GET /api/public/traces fields': () => ({ fields: GROUPS.traces }),
  'GET /api/public/traces orderBy': () => ({ orderBy: 'timestamp.asc' }),
  'GET /api/public/traces/{traceId} fields': () => ({ fields: GROUPS.traces }),
  'GET /api/public/v2/prompts/{promptName} version': () => ({ version: '1' }),
  'GET /api/public/v2/prompts/{promptName} label': () => ({ label: 'latest' }),
  'DELETE /api/public/v2/prompts/{promptName} version': () => ({ version: '1' }),
  'DELETE /api/public/v2/prompts/{promptName} label': () => ({ label: 'latest' }),
  'GET /api/public/scim/Users filter': () => ({ filter: 'userName eq "owner@example.org"' }),
  'GET /api/public/v2/scores fields': () => ({ fields: 'score,trace' }),
  'GET /api/public/v2/scores operator': () => ({ operator: '>=', value: '0' }),
  'GET /api/public/v3/scores fields': () => ({ fields: 'details,subject,annotation' }),
  'GET /api/public/v3/scores source': () => ({ source: 'api,ANNOTATION' }),
  'GET /api/public/v3/scores dataType': () => ({ dataType: 'numeric,TEXT' }),
  'GET /api/public/v3/scores value': () => ({ dataType: 'NUMERIC', value: '1,2' }),
  'GET /api/public/v3/scores valueMin': () => ({ dataType: 'NUMERIC', valueMin: '0' }),
  'GET /api/public/v3/scores valueMax': () => ({ dataType: 'NUMERIC', valueMax: '1' }),
  'GET /api/public/v3/scores observationId': () => ({ traceId: TRACE, observationId: OBSERVATION }),
  'GET /api/public/unstable/skills/{skillName} version': () => ({ version: '1' }),
  'GET /api/public/unstable/skills/{skillName} label': () => ({ label: 'latest' }),
  'GET /api/public/unstable/skills/files/content sha256Hashes': async () => {
    const { files } = await perform('POST /api/public/unstable/skills')
    const [file] = Array.isArray(files) ? files : []
    return { sha256Hashes: isTree(file) ? String(file['sha256Hash']) : '' }
  },
})
