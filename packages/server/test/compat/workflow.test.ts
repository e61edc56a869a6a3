/** One agent workflow in every SDK generation gives one and the same trace. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { type Outline, outlineOf, readTrace, traceIds } from './outline.ts'
import { environmentOf, type PythonEnvironment, runNodeSource, runPython } from './programs.ts'
import { snippetsOf } from './snippets.ts'

const planner = (name: string, [request, reply]: readonly [string, string], usage: readonly number[]) => ({
  name,
  type: 'GENERATION',
  model: 'gpt-4',
  input: [{ role: 'user', content: request }],
  output: reply,
  agentRole: 'Planner',
  usage,
  isPriced: true,
  steps: [],
})

const EXPECTED: Outline = {
  name: 'agent-task',
  userId: 'alice',
  sessionId: 'sess-002',
  version: 'v2.1',
  tags: ['agent', 'research'],
  task: 'research',
  steps: [
    {
      name: 'P3-Cycle-1',
      type: 'SPAN',
      steps: [
        {
          name: 'Execute',
          type: 'SPAN',
          steps: [{ name: 'web-search', type: 'SPAN', input: { query: 'xtrace' }, output: ['a', 'b'], steps: [] }],
        },
        planner('Plan', ['Plan the research steps', 'Step 1: Search for...'], [12, 8, 20]),
        planner('Reflect', ['Evaluate results', 'Results are satisfactory'], [10, 5, 15]),
      ],
    },
  ],
}

const python = snippetsOf('docs/python.md').filter(({ name }) => name === 'agent-task')
const [legacyJs, currentJs] = snippetsOf('docs/javascript.md').filter(({ name }) => name === 'agent-task')
const pythonSource = (environment: PythonEnvironment) =>
  python.find(({ runners }) => runners.includes(environment))?.source ?? ''

describe('the same agent workflow', () => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startLiveServer()
  })
  afterAll(() => server?.stop())

  test.each<[string, () => Promise<string>]>([
    ['Python SDK 2', () => runPython('langfuse-2', pythonSource('langfuse-2'), environmentOf(server))],
    ['Python SDK 3', () => runPython('langfuse-3', pythonSource('langfuse-3'), environmentOf(server))],
    ['Python SDK 4', () => runPython('langfuse-4', pythonSource('langfuse-4'), environmentOf(server))],
    ['Python SDK 5', () => runPython('langfuse-5', pythonSource('langfuse-5'), environmentOf(server))],
    ['JS SDK 3', () => runNodeSource(legacyJs?.source ?? '', environmentOf(server))],
    ['JS SDK 5', () => runNodeSource(currentJs?.source ?? '', environmentOf(server))],
  ])('%s', async (_name, run) => {
    const before = new Set(await traceIds(server, 'agent-task'))
    await run()
    const added = (await traceIds(server, 'agent-task')).filter((id) => !before.has(id))
    expect(added).toHaveLength(1)
    expect(outlineOf(await readTrace(server, added[0] ?? ''))).toEqual(EXPECTED)
  })
})
