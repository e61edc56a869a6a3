/** Prompts as the SDKs manage and use them: created, labelled, read, composed, filled in and linked to generations. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { environmentOf, type PythonEnvironment, runNodeSource, runPython } from './programs.ts'

/** Each program prints this of one and the same story. */
const EXPECTED = {
  created: [1, ['production', 'latest'], ['a'], { temperature: 0.5 }, 'first'],
  compiled: 'Hello Ada',
  staging: 2,
  tags: ['b'],
  moved: [2, ['latest', 'production', 'staging']],
  composed: '<Hi {{name}}>',
  chat: [
    { role: 'system', content: 'Be kind' },
    { role: 'user', content: 'hey' },
  ],
  fallback: [true, 'Bye Ada'],
}

const PYTHON = `
import json, os
from langfuse import Langfuse

langfuse = Langfuse()
name = os.environ["PROMPT_NAME"]
story = {}

created = langfuse.create_prompt(
    name=name, prompt="Hello {{name}}", labels=["production"], tags=["a"],
    config={"temperature": 0.5}, commit_message="first",
)
story["created"] = [created.version, created.labels, created.tags, created.config, created.commit_message]
used = langfuse.get_prompt(name)
story["compiled"] = used.compile(name="Ada")

langfuse.create_prompt(name=name, prompt="Hi {{name}}", labels=["staging"], tags=["b"])
story["staging"] = langfuse.get_prompt(name, label="staging").version
story["tags"] = langfuse.get_prompt(name, version=1, cache_ttl_seconds=0).tags
langfuse.update_prompt(name=name, version=2, new_labels=["production"])
moved = langfuse.get_prompt(name, cache_ttl_seconds=0)
story["moved"] = [moved.version, sorted(moved.labels)]

reference = "@@@langfusePrompt:name=" + name + "|label=production@@@"
langfuse.create_prompt(name=name + "/composed", prompt="<" + reference + ">", labels=["production"])
story["composed"] = langfuse.get_prompt(name + "/composed").prompt

langfuse.create_prompt(
    name=name + "/chat", type="chat", labels=["production"],
    prompt=[{"role": "system", "content": "Be {{mood}}"}, {"type": "placeholder", "name": "history"}],
)
chat = langfuse.get_prompt(name + "/chat", type="chat")
messages = chat.compile(mood="kind", history=[{"role": "user", "content": "hey"}])
story["chat"] = [{"role": message["role"], "content": message["content"]} for message in messages]

fallback = langfuse.get_prompt(name + "/none", fallback="Bye {{name}}", max_retries=0)
story["fallback"] = [fallback.is_fallback, fallback.compile(name="Ada")]

observe = langfuse.start_as_current_observation
with observe(as_type="generation", name=name + " linked", prompt=used):
    pass
with observe(as_type="generation", name=name + " fallback", prompt=fallback):
    pass
langfuse.flush()
print(json.dumps(story))
`

const JAVASCRIPT = `
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { startObservation } from '@langfuse/tracing'
import { NodeSDK } from '@opentelemetry/sdk-node'

const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] })
sdk.start()
const { prompt } = new LangfuseClient()
const name = process.env.PROMPT_NAME
const story = {}

const created = await prompt.create({
  name,
  prompt: 'Hello {{name}}',
  labels: ['production'],
  tags: ['a'],
  config: { temperature: 0.5 },
  commitMessage: 'first',
})
story.created = [created.version, created.labels, created.tags, created.config, created.commitMessage]
const used = await prompt.get(name)
story.compiled = used.compile({ name: 'Ada' })

await prompt.create({ name, prompt: 'Hi {{name}}', labels: ['staging'], tags: ['b'] })
story.staging = (await prompt.get(name, { label: 'staging' })).version
story.tags = (await prompt.get(name, { version: 1, cacheTtlSeconds: 0 })).tags
await prompt.update({ name, version: 2, newLabels: ['production'] })
const moved = await prompt.get(name, { cacheTtlSeconds: 0 })
story.moved = [moved.version, [...moved.labels].sort()]

const reference = \`@@@langfusePrompt:name=\${name}|label=production@@@\`
await prompt.create({ name: \`\${name}/composed\`, prompt: \`<\${reference}>\`, labels: ['production'] })
story.composed = (await prompt.get(\`\${name}/composed\`)).prompt

await prompt.create({
  name: \`\${name}/chat\`,
  type: 'chat',
  labels: ['production'],
  prompt: [
    { role: 'system', content: 'Be {{mood}}' },
    { type: 'placeholder', name: 'history' },
  ],
})
const chat = await prompt.get(\`\${name}/chat\`, { type: 'chat' })
const messages = chat.compile({ mood: 'kind' }, { history: [{ role: 'user', content: 'hey' }] })
story.chat = messages.map(({ role, content }) => ({ role, content }))

const fallback = await prompt.get(\`\${name}/none\`, { fallback: 'Bye {{name}}' })
story.fallback = [fallback.isFallback, fallback.compile({ name: 'Ada' })]

startObservation(\`\${name} linked\`, { prompt: used }, { asType: 'generation' }).end()
startObservation(\`\${name} fallback\`, { prompt: fallback }, { asType: 'generation' }).end()
await sdk.shutdown()

await prompt.delete(\`\${name}/composed\`)
await prompt.delete(name, { label: 'staging' })
story.latest = (await prompt.get(name, { label: 'latest', cacheTtlSeconds: 0 })).version
await prompt.delete(name)
story.gone = await prompt.get(name, { cacheTtlSeconds: 0, maxRetries: 0 }).catch(() => true)
console.log(JSON.stringify(story))
`

describe('prompts', () => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startLiveServer()
  })
  afterAll(() => server?.stop())

  const linksOf = async (name: string) => {
    const answer = await server.get(`/api/public/observations?name=${encodeURIComponent(name)}`)
    return Object(answer).data.map(({ promptId, promptName, promptVersion }: Record<string, unknown>) => ({
      isLinked: typeof promptId === 'string',
      promptName,
      promptVersion,
    }))
  }

  const python = (environment: PythonEnvironment) => (env: Record<string, string>) =>
    runPython(environment, PYTHON, env)

  test.each<[string, (env: Record<string, string>) => Promise<string>, object]>([
    ['Python SDK 3', python('langfuse-3'), {}],
    ['Python SDK 4', python('langfuse-4'), {}],
    ['Python SDK 5', python('langfuse-5'), {}],
    ['JS SDK 5', (env) => runNodeSource(JAVASCRIPT, env), { latest: 1, gone: true }],
  ])('%s', async (sdk, run, more) => {
    const name = `${sdk}/100% "odd" +é !@#$^&*()`
    const output = await run({ ...environmentOf(server), PROMPT_NAME: name })
    const story = output.split('\n').find((line) => line.startsWith('{'))
    expect(JSON.parse(story ?? output)).toEqual({ ...EXPECTED, ...more })
    expect(await linksOf(`${name} linked`)).toEqual([{ isLinked: true, promptName: name, promptVersion: 1 }])
    expect(await linksOf(`${name} fallback`)).toEqual([{ isLinked: false, promptName: null, promptVersion: null }])
  })
})
