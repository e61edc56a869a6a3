/** Every program in README.md and docs/ runs as it stands there, against a live server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { type OpenAiStub, startOpenAiStub } from './openai-stub.ts'
import { environmentOf, type PythonEnvironment, runNodeSource, runPython } from './programs.ts'
import { allSnippets } from './snippets.ts'

const ENVIRONMENTS: readonly string[] = ['langfuse-2', 'langfuse-3', 'langfuse-4', 'langfuse-5', 'opentelemetry']
const isEnvironment = (runner: string): runner is PythonEnvironment => ENVIRONMENTS.includes(runner)

const snippets = allSnippets()
const programs = snippets.flatMap((snippet) =>
  snippet.runners.map((runner) => ({ ...snippet, runner, title: `${snippet.file}: ${snippet.name} with ${runner}` })),
)

describe('programs in the documents', () => {
  let server: LiveServer
  let openai: OpenAiStub
  beforeAll(async () => {
    server = await startLiveServer()
    openai = await startOpenAiStub()
  })
  afterAll(async () => {
    await server?.stop()
    await openai?.close()
  })

  test('each names what runs it', () => {
    expect(snippets.length).toBeGreaterThan(10)
    expect(snippets.filter(({ name }) => name === undefined)).toEqual([])
  })

  test.each(programs)('$title', async ({ runner, source }) => {
    const env = { ...environmentOf(server), OPENAI_BASE_URL: openai.url, OPENAI_API_KEY: 'sk-stub' }
    const before = await countTraces(server)
    await (isEnvironment(runner) ? runPython(runner, source, env) : runNodeSource(source, env))
    const isMetricsOnly = source.includes('/v1/metrics/batch')
    expect((await countTraces(server)) - before).toBe(isMetricsOnly ? 0 : 1)
  })
})

async function countTraces(server: LiveServer): Promise<number> {
  const page = await server.get('/api/public/traces?limit=1&fields=core')
  return JSON.parse(JSON.stringify(page)).meta.totalItems
}
