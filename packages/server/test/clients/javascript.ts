import { JAVASCRIPT_RECORDED } from './javascript-recorded.ts'

/** The story told with the generated API of the JS client 5. */
export const JAVASCRIPT = `
import { createHash } from 'node:crypto'
import { LangfuseClient } from '@langfuse/client'

const N = process.env.STORY
const TRACE = N + '-trace'
const OBSERVATION = N + '-observation'
const SESSION = N + '-session'
const { api } = new LangfuseClient()
const clientOf = (publicKey, secretKey) => new LangfuseClient({ publicKey, secretKey }).api
const organization = clientOf('pk-org', 'sk-org')
const told = {}

async function tell(name, story) {
  told[name] = await story().catch((error) => ({ failed: String(error?.stack ?? error) + JSON.stringify(error?.body) }))
}

const status = (promise) => promise.then(() => 200, (error) => error.statusCode ?? String(error))
const isSuccess = ({ message }) => message.toLowerCase().includes('success')
const ids = (rows) => rows.map(({ id }) => id)
const user = (name) => organization.scim.createUser({ userName: N + '-' + name + '@example.org', name: { formatted: name } })

await tell('models: made, read, replaced, listed, removed', async () => {
  const definition = { modelName: N, matchPattern: '(?i)^' + N + '$', unit: 'TOKENS' }
  const made = await api.models.create({ ...definition, inputPrice: 0.5, outputPrice: 1.5 })
  const replaced = await api.models.upsert(made.id, { ...definition, inputPrice: 0.75, outputPrice: 1.5 })
  const listed = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { data, meta } = await api.models.list({ page, limit: 100 })
    listed.push(...ids(data))
    pages = meta.totalPages
  }
  const story = {
    made: [made.unit, made.inputPrice, made.isLangfuseManaged, made.pricingTiers.map(({ name }) => name)],
    read: (await api.models.get(made.id)).modelName === N,
    replaced: replaced.prices.input.price,
    listed: listed.includes(made.id),
  }
  await api.models.delete(made.id)
  return { ...story, removed: await status(api.models.get(made.id)) }
})

await tell('models: tiers keep their conditions', async () => {
  const condition = { usageDetailPattern: '^input', operator: 'gt', value: 1000, caseSensitive: false }
  const pricingTiers = [
    { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 1 } },
    { name: 'Large', isDefault: false, priority: 1, conditions: [condition], prices: { input: 2 } },
  ]
  const modelName = N + '-tiers'
  const made = await api.models.create({ modelName, matchPattern: '^' + modelName + '$', unit: 'TOKENS', pricingTiers })
  return made.pricingTiers
    .toSorted((one, other) => one.priority - other.priority)
    .map(({ name, isDefault, conditions }) => [
      name,
      isDefault,
      conditions.map(({ usageDetailPattern, operator, value }) => [usageDetailPattern, operator, value]),
    ])
})

await tell('models: neither kind of price, and a built-in one removed', async () => {
  const { data } = await api.models.list({ limit: 100 })
  return [
    await status(api.models.create({ modelName: N + '-none', matchPattern: 'x', unit: 'TOKENS' })),
    await status(api.models.delete(data.find(({ isLangfuseManaged }) => isLangfuseManaged).id)),
  ]
})

const config = await api.scoreConfigs.create({ name: 'rated', dataType: 'NUMERIC', minValue: 0, maxValue: 10 })

await tell('score configs: made, changed, read, listed', async () => {
  const categories = [{ label: 'bad', value: 0 }, { label: 'good', value: 1 }]
  const categorical = await api.scoreConfigs.create({ name: 'judged', dataType: 'CATEGORICAL', categories })
  const boolean = await api.scoreConfigs.create({ name: 'passed', dataType: 'BOOLEAN' })
  const changed = await api.scoreConfigs.update(boolean.id, { isArchived: true, description: 'why' })
  return {
    numeric: [config.dataType, config.minValue, config.maxValue],
    categorical: categorical.categories.map(({ label, value }) => [label, value]),
    boolean: boolean.categories.map(({ label }) => label).sort(),
    changed: [changed.isArchived, (await api.scoreConfigs.getById(boolean.id)).description],
    listed: ids((await api.scoreConfigs.get({ limit: 100 })).data).includes(config.id),
    refused: [
      await status(api.scoreConfigs.create({ name: 'x', dataType: 'NUMERIC', minValue: 2, maxValue: 1 })),
      await status(api.scoreConfigs.getById('none')),
    ],
  }
})

await tell('comments: on each kind of object', async () => {
  const prompt = await api.prompts.create({ type: 'text', name: N + '-commented', prompt: 'x' })
  const projectId = (await api.projects.get()).data[0].id
  const objects = { TRACE, OBSERVATION, SESSION, PROMPT: prompt.id }
  const made = {}
  for (const [objectType, objectId] of Object.entries(objects)) {
    made[objectType] = (await api.comments.create({ projectId, objectType, objectId, content: 'on ' + objectType })).id
  }
  const read = await Promise.all(Object.values(made).map((id) => api.comments.getById(id)))
  const missing = { projectId, objectType: 'TRACE', objectId: 'none', content: 'x' }
  return {
    kinds: read.map(({ objectType }) => objectType),
    read: (await api.comments.getById(made.TRACE)).content,
    found: (await api.comments.get({ objectType: 'TRACE', objectId: TRACE })).data.map(({ content }) => content),
    missing: await status(api.comments.create(missing)),
  }
})

await tell('annotation queues: with items and assignments', async () => {
  const queues = api.annotationQueues
  const queue = await queues.createQueue({ name: N, scoreConfigIds: [config.id], description: 'd' })
  const item = await queues.createQueueItem(queue.id, { objectId: TRACE, objectType: 'TRACE' })
  const countOf = async (state) => (await queues.listQueueItems(queue.id, { status: state })).data.length
  const listed = [await countOf('PENDING'), await countOf('COMPLETED')]
  const done = await queues.updateQueueItem(queue.id, item.id, { status: 'COMPLETED' })
  const { id: userId } = await user('assigned')
  const assigned = await queues.createQueueAssignment(queue.id, { userId })
  return {
    queue: [ids((await queues.listQueues({ limit: 100 })).data).includes(queue.id), (await queues.getQueue(queue.id)).name === N],
    added: [item.status, item.completedAt !== null],
    listed,
    completed: [(await queues.getQueueItem(queue.id, item.id)).status, done.completedAt !== null],
    removed: (await queues.deleteQueueItem(queue.id, item.id)).success,
    gone: await status(queues.getQueueItem(queue.id, item.id)),
    assigned: assigned.userId === userId && assigned.queueId === queue.id,
    unassigned: (await queues.deleteQueueAssignment(queue.id, { userId })).success,
    stranger: await status(queues.createQueueAssignment(queue.id, { userId: 'none' })),
    'without a config': await status(queues.createQueue({ name: N + 'x', scoreConfigIds: [] })),
  }
})
${JAVASCRIPT_RECORDED}
await tell('LLM connections: made, replaced, listed, removed, without a secret', async () => {
  const connections = api.llmConnections
  const definition = { provider: N, adapter: 'anthropic', secretKey: 'very-secret-' + N }
  const made = await connections.upsert({ ...definition, customModels: ['m'], extraHeaders: { 'x-one': '1' } })
  const replaced = await connections.upsert({ ...definition, withDefaultModels: false })
  const listed = await connections.list({ limit: 100 })
  return {
    made: [made.adapter, made.customModels, made.withDefaultModels, made.extraHeaderKeys],
    replaced: [replaced.id === made.id, replaced.customModels, replaced.withDefaultModels],
    listed: ids(listed.data).includes(made.id),
    secret: JSON.stringify([made, listed]).includes('very-secret-' + N),
    removed: isSuccess(await connections.delete(made.id)),
    gone: await status(connections.delete(made.id)),
  }
})

const project = await organization.projects.create({ name: N, retention: 7, metadata: { team: 'a' } })

await tell('organization: projects and keys', async () => {
  const { projects, organizations } = organization
  const updated = await projects.update(project.id, { name: N + '-renamed' })
  const listed = (await organizations.getOrganizationProjects()).projects
  const key = await projects.createApiKey(project.id, { note: 'n' })
  const projectOfKey = async () => (await clientOf(key.publicKey, key.secretKey).projects.get()).data[0].id
  const works = (await projectOfKey()) === project.id
  const keys = (await projects.getApiKeys(project.id)).apiKeys
  const revoked = (await projects.deleteApiKey(project.id, key.id)).success
  const other = await projects.create({ name: N + '-other', retention: 0 })
  return {
    project: [project.metadata, project.retentionDays],
    updated: updated.name === N + '-renamed',
    listed: ids(listed).includes(project.id),
    key: [key.publicKey.slice(0, 6), key.secretKey.slice(0, 6), ids(keys).includes(key.id)],
    works,
    revoked,
    refused: await status(projectOfKey()),
    removed: (await projects.delete(other.id)).success,
    'own keys': (await organizations.getOrganizationApiKeys()).apiKeys.map(({ publicKey }) => publicKey),
    'with a project key': await status(api.projects.create({ name: 'x', retention: 0 })),
  }
})

await tell('organization: memberships', async () => {
  const members = organization.organizations
  const { id: userId } = await user('member')
  const has = ({ memberships }) => memberships.some((one) => one.userId === userId)
  const ofOrganization = await members.updateOrganizationMembership({ userId, role: 'MEMBER' })
  const everyone = await members.getOrganizationMemberships()
  const ofProject = await members.updateProjectMembership(project.id, { userId, role: 'VIEWER' })
  const some = await members.getProjectMemberships(project.id)
  await members.deleteProjectMembership(project.id, { userId })
  const removed = await members.deleteOrganizationMembership({ userId })
  return {
    organization: [ofOrganization.role, has(everyone)],
    project: [ofProject.role, has(some)],
    removed: removed.userId === userId,
    stranger: await status(members.updateOrganizationMembership({ userId: 'none', role: 'MEMBER' })),
  }
})

await tell('organization: SCIM', async () => {
  const { scim } = organization
  const { filter, patch } = await scim.getServiceProviderConfig()
  const made = await user('scim')
  const listed = await scim.listUsers({ filter: 'userName eq "' + made.userName + '"' })
  const read = (await scim.getUser(made.id)).userName === made.userName
  await scim.deleteUser(made.id)
  return {
    supports: [filter.supported, patch.supported],
    types: ids((await scim.getResourceTypes()).Resources),
    schemas: (await scim.getSchemas()).Resources.length > 0,
    made: [made.active, made.userName === N + '-scim@example.org'],
    listed: listed.totalResults,
    read,
    gone: await status(scim.getUser(made.id)),
  }
})

await tell('datasets: items, versions and removal', async () => {
  const made = await api.datasets.create({ name: N, description: 'd', metadata: { a: [1] } })
  const content = { datasetName: N, input: { q: 1 }, expectedOutput: 'a', metadata: { m: true } }
  const item = await api.datasetItems.create({ ...content, id: N + '-one' })
  const { id } = await api.datasetItems.create({ ...content, id: N + '-two' })
  const count = async () => (await api.datasetItems.list({ datasetName: N })).data.length
  const listed = await count()
  const archived = await api.datasetItems.create({ datasetName: N, id, status: 'ARCHIVED' })
  const left = await count()
  await api.datasetItems.delete(id)
  await api.datasets.create({ name: N + '-strict', inputSchema: { type: 'object', required: ['q'] } })
  return {
    dataset: [made.metadata, (await api.datasets.get(N)).description],
    item: [item.input, item.expectedOutput, item.metadata, item.status],
    listed,
    archived: [left, archived.status],
    removed: await status(api.datasetItems.get(id)),
    listedDatasets: (await api.datasets.list({ limit: 100 })).data.some(({ name }) => name === N),
    missing: await status(api.datasets.get('none')),
    schema: await status(api.datasetItems.create({ datasetName: N + '-strict', input: { other: 1 } })),
  }
})

await tell('datasets: runs', async () => {
  const item = await api.datasetItems.create({ datasetName: N, id: N + '-run', input: 1 })
  const fields = { runName: 'r', datasetItemId: item.id, traceId: TRACE, runDescription: 'first words' }
  const added = await api.datasetRunItems.create({ ...fields, metadata: { m: 1 } })
  const run = await api.datasets.getRun(N, 'r')
  const story = {
    item: added.datasetItemId === item.id && added.traceId === TRACE,
    run: [run.description, run.metadata, run.datasetRunItems.length],
    runs: (await api.datasets.getRuns(N)).data.some(({ name }) => name === 'r'),
    items: (await api.datasetRunItems.list({ datasetId: item.datasetId, runName: 'r' })).data.length,
  }
  await api.datasets.deleteRun(N, 'r')
  return { ...story, removed: await status(api.datasets.getRun(N, 'r')) }
})

await tell('prompts: managed', async () => {
  const { prompts, promptVersion } = api
  const made = await prompts.create({ type: 'text', name: N, prompt: 'one', labels: ['production'], tags: ['t'] })
  const messages = [{ role: 'system', content: 'x' }, { type: 'placeholder', name: 'history' }]
  const chat = await prompts.create({ type: 'chat', name: N + '-chat', prompt: messages })
  await prompts.create({ type: 'text', name: N, prompt: 'two', labels: ['staging'] })
  const moved = await promptVersion.update(N, 2, { newLabels: ['production'] })
  const [listed] = (await prompts.list({ name: N })).data
  const found = (await prompts.get(N, { label: 'production' })).version
  await prompts.delete(N, { version: 2 })
  return {
    made: [made.version, made.labels, made.tags],
    chat: [chat.type, chat.prompt[0].role, chat.prompt[1].name],
    moved: moved.labels.toSorted(),
    listed: [listed.versions, listed.labels.toSorted()],
    found,
    removed: [await status(prompts.get(N, { version: 2 })), (await prompts.get(N, { label: 'latest' })).version],
    reserved: await status(promptVersion.update(N, 1, { newLabels: ['latest'] })),
  }
})

console.log('RESULT ' + JSON.stringify(told))
`
