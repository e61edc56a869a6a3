/** Media through the real SDKs: a data URI becomes a reference, resolves to the same bytes, and is uploaded once. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { environmentOf, type PythonEnvironment, runNodeSource, runPython } from './programs.ts'

/** Sends the URI in two traces, reads both back over plain HTTP, resolves what the first holds. */
const PYTHON = `
import base64, json, os, urllib.request
from langfuse import get_client

uri = os.environ["DATA_URI"]
langfuse = get_client()

def record():
    generation = langfuse.start_observation(name="picture", as_type="generation", input=[{"role": "user", "content": {"image": uri}}])
    generation.update(output="a picture", metadata={"nested": {"list": [uri]}})
    generation.end()
    langfuse.flush()
    return generation.trace_id

def read(trace_id):
    pair = f'{os.environ["LANGFUSE_PUBLIC_KEY"]}:{os.environ["LANGFUSE_SECRET_KEY"]}'
    request = urllib.request.Request(
        f'{os.environ["LANGFUSE_HOST"]}/api/public/observations?traceId={trace_id}',
        headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
    )
    found = json.load(urllib.request.urlopen(request))["data"][0]
    return {"input": found["input"], "metadata": found["metadata"]["nested"]}

first, second = [read(record()) for _ in range(2)]
resolved = langfuse.resolve_media_references(obj=first, resolve_with="base64_data_uri")
print("RESULT " + json.dumps({"first": first, "second": second, "resolved": resolved}))
`

const JAVASCRIPT = `
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { startObservation } from '@langfuse/tracing'
import { NodeSDK } from '@opentelemetry/sdk-node'

const uri = process.env.DATA_URI
const processor = new LangfuseSpanProcessor()
const sdk = new NodeSDK({ spanProcessors: [processor] })
sdk.start()

async function record() {
  const input = [{ role: 'user', content: { image: uri } }]
  const metadata = { nested: { list: [uri] } }
  const generation = startObservation('picture', { input, output: 'a picture', metadata }, { asType: 'generation' })
  generation.end()
  await processor.forceFlush()
  return generation.traceId
}

async function read(traceId) {
  const pair = process.env.LANGFUSE_PUBLIC_KEY + ':' + process.env.LANGFUSE_SECRET_KEY
  const answer = await fetch(process.env.LANGFUSE_BASE_URL + '/api/public/observations?traceId=' + traceId, {
    headers: { authorization: 'Basic ' + btoa(pair) },
  })
  const found = (await answer.json()).data[0]
  return { input: found.input, metadata: found.metadata.nested }
}

const first = await read(await record())
const second = await read(await record())
const resolved = await new LangfuseClient().media.resolveReferences({ obj: first, resolveWith: 'base64DataUri' })
console.log('RESULT ' + JSON.stringify({ first, second, resolved }))
await sdk.shutdown()
`

const python = (environment: PythonEnvironment) => (env: Record<string, string>) => runPython(environment, PYTHON, env)

describe('media', () => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startLiveServer()
  })
  afterAll(() => server?.stop())

  /** How many bytes-carrying requests the server has taken. */
  const uploads = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    const lines = text.split('\n').filter((line) => line.includes('/media/:mediaId/content') && line.includes('"PUT"'))
    return lines
      .filter((line) => line.startsWith('xtrace_http_requests_total'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  test.each<[string, (env: Record<string, string>) => Promise<string>]>([
    ['Python SDK 3', python('langfuse-3')],
    ['Python SDK 4', python('langfuse-4')],
    ['Python SDK 5', python('langfuse-5')],
    ['JS SDK 5', (env) => runNodeSource(JAVASCRIPT, env)],
  ])('%s', async (_name, run) => {
    const uri = `data:image/png;base64,${randomBytes(60_000).toString('base64')}`
    const before = await uploads()
    const output = await run({ ...environmentOf(server), DATA_URI: uri })
    const { first, second, resolved } = JSON.parse(/^RESULT (.*)$/m.exec(output)?.[1] ?? output)
    const reference = expect.stringMatching(
      /^@@@langfuseMedia:type=image\/png\|id=[\w-]{22}\|source=base64_data_uri@@@$/,
    )
    expect(first).toEqual({
      input: [{ role: 'user', content: { image: reference } }],
      metadata: { list: [reference] },
    })
    expect(second).toEqual(first)
    expect(resolved).toEqual({ input: [{ role: 'user', content: { image: uri } }], metadata: { list: [uri] } })
    const sent = (await uploads()) - before
    expect(sent).toBeGreaterThanOrEqual(1)
    // Both fields of the first trace may be announced before either has been sent.
    expect(sent).toBeLessThanOrEqual(2)
  })
})
