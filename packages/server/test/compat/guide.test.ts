/** The user's own guide: every line of its Python, unchanged, on the default address with the keys it names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { type OpenAiStub, startOpenAiStub } from './openai-stub.ts'
import { outlineOf, readTrace, type TraceDto, traceIds } from './outline.ts'
import { runPython } from './programs.ts'

/** The guide is no part of a checkout; it lies beside one where it is kept. */
const SEEDS = resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'seeds')

const hasGuide = existsSync(SEEDS)

function guideBlocks(): string[] {
  if (!hasGuide) return []
  const text = readdirSync(SEEDS)
    .map((file) => readFileSync(join(SEEDS, file), 'utf8'))
    .join('\n')
  return [...text.matchAll(/```python\n([\s\S]*?)\n```/g)].flatMap(([, source]) => source ?? [])
}

describe.skipIf(!hasGuide)("the user's guide", () => {
  const blocks = guideBlocks()
  let server: LiveServer
  let openai: OpenAiStub
  const env = () => ({ OPENAI_BASE_URL: openai.url, OPENAI_API_KEY: 'sk-stub' })

  beforeAll(async () => {
    openai = await startOpenAiStub()
    server = await startLiveServer({ port: 8742, publicKey: 'pk-xxx', secretKey: 'sk-yyy', token: 'your-api-token' })
    await runPython('langfuse-2', blocks.join('\n\n'), env())
  })
  afterAll(async () => {
    await server?.stop()
    await openai?.close()
  })

  const only = async (name: string): Promise<TraceDto> => {
    const ids = await traceIds(server, name)
    expect(ids).toHaveLength(1)
    return readTrace(server, ids[0] ?? '')
  }

  test('has the five programs', () => {
    expect(blocks).toHaveLength(5)
  })

  test('basic usage', async () => {
    const outline = outlineOf(await only('chat-request'))
    expect(outline).toMatchObject({ userId: 'alice', sessionId: 'sess-001', tags: ['prod'] })
    expect(outline.steps).toEqual([
      {
        name: 'llm-call',
        type: 'GENERATION',
        model: 'gpt-4',
        input: [{ role: 'user', content: 'Hello' }],
        output: 'Hi there!',
        usage: [5, 12, 17],
        isPriced: true,
        steps: [],
      },
    ])
  })

  test('the price of basic usage is that of gpt-4', async () => {
    const [generation] = (await only('chat-request')).observations
    // 5 tokens at 30 and 12 tokens at 60 US dollars a million.
    expect(generation?.calculatedTotalCost).toBeCloseTo((5 * 30 + 12 * 60) / 1e6, 12)
  })

  test('the agent workflow', async () => {
    const outline = outlineOf(await only('agent-task'))
    expect(outline).toMatchObject({ version: 'v2.1', task: 'research' })
    const counted = { usage: expect.any(Array), isPriced: true }
    const planned = { type: 'GENERATION', model: 'gpt-4', agentRole: 'Planner', steps: [], ...counted }
    expect(outline.steps).toEqual([
      {
        name: 'P3-Cycle-1',
        type: 'SPAN',
        steps: [
          { name: 'Execute', type: 'SPAN', steps: [{ name: 'web-search', type: 'SPAN', steps: [] }] },
          {
            ...planned,
            name: 'Plan',
            input: [{ role: 'user', content: 'Plan the research steps' }],
            output: 'Step 1: Search for...',
          },
          {
            ...planned,
            name: 'Reflect',
            input: [{ role: 'user', content: 'Evaluate results' }],
            output: 'Results are satisfactory',
          },
        ],
      },
    ])
  })

  test('the OpenAI wrapper', async () => {
    const [generation] = (await only('OpenAI-generation')).observations
    expect(generation).toMatchObject({ type: 'GENERATION', usage: { input: 9, output: 4, total: 13 } })
    expect(generation?.model).toMatch(/^gpt-4/)
    expect(JSON.stringify(generation?.input)).toContain('Hello')
    expect(JSON.stringify(generation?.output)).toContain('Hello from the stub')
  })

  test('plain HTTP: the trace', async () => {
    const trace = await only('chat')
    expect(trace).toMatchObject({ userId: 'alice' })
    expect(outlineOf(trace).steps).toEqual([
      { name: 'llm-call', type: 'GENERATION', model: 'gpt-4', usage: [10, 50, 60], isPriced: true, steps: [] },
    ])
  })

  test('plain HTTP: the metric', async () => {
    const answer = z
      .object({ data: z.array(z.object({ labels: z.unknown(), values: z.array(z.object({ value: z.number() })) })) })
      .parse(await server.get('/api/public/metrics/query?name=token_usage&agg=sum'))
    expect(answer.data).toMatchObject([
      { labels: { model_name: 'gpt-4', agent_role: 'Planner' }, values: [{ value: 60 }] },
    ])
  })
})
