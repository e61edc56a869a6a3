/** The part of JAVASCRIPT that is about what was recorded: scores, metrics, sessions, traces, media. */
export const JAVASCRIPT_RECORDED = `
await tell('scores: written in each type, read typed, removed', async () => {
  const values = { NUMERIC: 0.125, BOOLEAN: 1, CATEGORICAL: 'good', TEXT: 'words', CORRECTION: 'better' }
  for (const [dataType, value] of Object.entries(values)) {
    const name = dataType === 'CORRECTION' ? 'output' : N
    await api.scores.create({ id: N + dataType, name, value, dataType, traceId: TRACE, metadata: { a: [1] } })
  }
  await api.scores.create({ id: N + 'session', name: N, value: 7, sessionId: SESSION })
  const observed = { traceId: TRACE, observationId: OBSERVATION }
  await api.scores.create({ id: N + 'rated', name: 'ignored', value: 3, configId: config.id, ...observed })
  const read = async (id) => (await api.scoresV3.getManyV3({ fields: 'core,details,subject', id })).data
  const story = {}
  for (const dataType of Object.keys(values)) story[dataType] = (await read(N + dataType))[0].value
  const [[ofSession], [rated]] = [await read(N + 'session'), await read(N + 'rated')]
  await api.legacy.scoreV1.delete(N + 'TEXT')
  return {
    ...story,
    'of a session': [ofSession.subject.kind, ofSession.value],
    'by its config': [rated.name, rated.value],
    removed: ids(await read(N + 'TEXT')),
  }
})

const counted = {
  view: 'observations',
  dimensions: [{ field: 'name' }],
  metrics: [{ measure: 'count', aggregation: 'count' }],
  filters: [{ type: 'string', column: 'sessionId', operator: '=', value: SESSION }],
  fromTimestamp: '2026-01-01T00:00:00Z',
  toTimestamp: '2026-01-03T00:00:00Z',
}
const rowsOf = ({ data }) => data.map((row) => ({ ...row, count_count: Number(row.count_count) }))

await tell('metrics: v2 counts, sums and refuses', async () => {
  const ask = (change) => api.metrics.metrics({ query: JSON.stringify({ ...counted, ...change }) })
  const metrics = [...counted.metrics, { measure: 'totalCost', aggregation: 'sum' }]
  const buckets = rowsOf(await ask({ dimensions: [], timeDimension: { granularity: 'day' } }))
  return {
    rows: rowsOf(await ask({ metrics })),
    buckets: buckets.reduce((sum, { count_count }) => sum + count_count, 0),
    refused: await status(ask({ view: 'traces' })),
  }
})

await tell('sessions: listed and read', async () => [
  ids((await api.sessions.list({ limit: 100 })).data).includes(SESSION),
  (await api.sessions.get(SESSION)).traces.map(({ name }) => name),
  await status(api.sessions.get('none')),
])

await tell('traces: listed and read', async () => {
  const found = await api.trace.get(TRACE)
  return {
    listed: (await api.trace.list({ sessionId: SESSION })).data.map(({ name }) => name),
    read: [found.name, found.input, found.observations.map(({ type, model }) => [type, model])],
    missing: await api.trace.get('none').catch(({ statusCode, body }) => [statusCode, body.error]),
    page: await status(api.trace.list({ page: 0 })),
  }
})

await tell('observations: listed and read', async () => {
  const older = api.legacy.observationsV1
  return [
    (await older.getMany({ traceId: TRACE })).data.map(({ name }) => name),
    (await older.get(OBSERVATION)).model,
    await status(older.get('none')),
  ]
})

await tell('scores: by id and in lists', async () => {
  const kinds = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL']
  const read = await Promise.all(kinds.map((kind) => api.scores.getById(N + kind)))
  return [
    ...read.map(({ value, stringValue }) => [value, stringValue]),
    await status(api.scores.getById('none')),
    (await api.scores.getMany({ traceId: TRACE, name: N })).data.length,
  ]
})

await tell('metrics: v1 counts traces', async () =>
  rowsOf(await api.legacy.metricsV1.metrics({ query: JSON.stringify({ ...counted, view: 'traces' }) })),
)

await tell('traces: removed one by one and together', async () => {
  const traceIds = [0, 1, 2].map((number) => N + '-gone-' + number)
  await api.trace.delete(traceIds[0])
  await api.trace.deleteMultiple({ traceIds: traceIds.slice(1) })
  return await Promise.all(
    traceIds.map(async (traceId) => ((await api.observations.getMany({ traceId })).data.length > 0 ? 200 : 404)),
  )
})

await tell('media: announced, sent, told of, read', async () => {
  const content = 'bytes of ' + N
  const sha256Hash = createHash('sha256').update(content).digest('base64')
  const contentType = 'text/plain'
  const announcement = { traceId: TRACE, field: 'input', contentType, contentLength: content.length, sha256Hash }
  const { mediaId, uploadUrl } = await api.media.getUploadUrl(announcement)
  const unsent = await status(api.media.get(mediaId))
  const headers = { 'Content-Type': contentType, 'x-amz-checksum-sha256': sha256Hash }
  const sent = await fetch(uploadUrl, { method: 'PUT', headers, body: content })
  await api.media.patch(mediaId, { uploadedAt: new Date().toISOString(), uploadHttpStatus: sent.status })
  const read = await api.media.get(mediaId)
  return {
    announced: mediaId.length === 22,
    unsent,
    sent: sent.status,
    read: [read.contentType, read.contentLength === content.length, (await (await fetch(read.url)).text()) === content],
    again: (await api.media.getUploadUrl(announcement)).uploadUrl,
  }
})
`
