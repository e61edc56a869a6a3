/** The JS client 3: media in a trace become references and are uploaded, and what it reads and writes beside traces. */
export const JAVASCRIPT_3 = `
import { Langfuse, LangfuseMedia } from 'langfuse'

const N = process.env.STORY
const langfuse = new Langfuse()
const told = {}
const contentBytes = Buffer.from('bytes of ' + N)
const media = new LangfuseMedia({ contentBytes, contentType: 'text/plain' })
// The client loads what it hashes with on its own time.
while (media.contentSha256Hash === undefined) await new Promise((resume) => setImmediate(resume))

const trace = langfuse.trace({ id: N + '-media', name: 'with media', input: { file: media }, metadata: { again: media } })
trace.generation({ id: N + '-media-generation', name: 'drawn', output: media })
await langfuse.flushAsync()

const { data: read } = await langfuse.fetchTrace(N + '-media')
const { data: observation } = await langfuse.fetchObservation(N + '-media-generation')
told['media: in a trace become references that resolve'] = {
  references: new Set([read.input.file, read.metadata.again, observation.output]).size,
  reference: LangfuseMedia.parseReferenceString(read.input.file),
  resolved: await langfuse.resolveMediaReferences({ obj: read.input, resolveWith: 'base64DataUri' }),
}

await langfuse.createDataset(N + '-dataset')
const item = await langfuse.createDatasetItem({ datasetName: N + '-dataset', input: { q: 1 } })
await (await langfuse.getDataset(N + '-dataset')).items[0].link(trace, 'a run', { description: 'd', metadata: { m: 1 } })
const run = await langfuse.getDatasetRun({ datasetName: N + '-dataset', runName: 'a run' })
told['datasets: an item is linked to a trace'] = [
  (await langfuse.getDatasetItem(item.id)).input,
  run.description,
  run.metadata,
  run.datasetRunItems.map(({ traceId }) => traceId === N + '-media'),
]

await langfuse.createPrompt({ name: N + '-prompt', prompt: 'Hello {{name}}', labels: ['production'] })
const prompt = await langfuse.getPrompt(N + '-prompt')
told['prompts: made, read, filled in'] = [prompt.version, prompt.compile({ name: 'Ada' })]

const session = await langfuse.fetchSessions({ limit: 100 })
const found = await langfuse.fetchTraces({ name: 'told', sessionId: N + '-session' })
told['sessions and traces: listed'] = [session.data.some(({ id }) => id === N + '-session'), found.data.length]
await langfuse.shutdownAsync()
console.log('RESULT ' + JSON.stringify(told))
`
