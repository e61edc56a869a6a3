/** The API as the generated clients of the SDKs call it: one server, one program a client, each case by name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { environmentOf, runNodeSource, runPython } from '../compat/programs.ts'
import { JAVASCRIPT } from './javascript.ts'
import { JAVASCRIPT_3 } from './javascript-3.ts'
import { PYTHON } from './python.ts'
import { OLDER, STORY, STORY_OF_JS_3 } from './story.ts'

type Told = Readonly<Record<string, unknown>>

const CLIENTS = [
  { name: 'python-5', run: (env: Record<string, string>) => runPython('langfuse-5', PYTHON, env), story: STORY },
  {
    name: 'python-4',
    run: (env: Record<string, string>) => runPython('langfuse-4', PYTHON, env),
    story: { ...STORY, ...OLDER },
  },
  {
    name: 'js-5',
    run: (env: Record<string, string>) => runNodeSource(JAVASCRIPT, env),
    story: { ...STORY, ...OLDER },
  },
  { name: 'js-3', run: (env: Record<string, string>) => runNodeSource(JAVASCRIPT_3, env), story: STORY_OF_JS_3 },
]

const START = '2026-01-02T03:04:05Z'

/** A trace in a session with a generation, and three traces to be removed. */
function eventsFor(client: string): object[] {
  const event = (type: string, body: object) => ({
    id: `${client}-${JSON.stringify(body)}`,
    timestamp: START,
    type,
    body,
  })
  const trace = { id: `${client}-trace`, timestamp: START, name: 'told', sessionId: `${client}-session` }
  const generation = { id: `${client}-observation`, traceId: trace.id, name: 'told', startTime: START, model: 'm' }
  const gone = [0, 1, 2].flatMap((number) => [
    event('trace-create', { id: `${client}-gone-${number}`, timestamp: START }),
    event('span-create', {
      id: `${client}-gone-${number}-span`,
      traceId: `${client}-gone-${number}`,
      startTime: START,
    }),
  ])
  return [
    event('trace-create', { ...trace, input: { question: 1 } }),
    event('generation-create', { ...generation, costDetails: { total: 0.25 } }),
    ...gone,
  ]
}

describe('the generated clients', () => {
  let server: LiveServer
  const told = new Map<string, Told>()

  beforeAll(async () => {
    server = await startLiveServer({
      env: {
        LANGFUSE_INIT_ORG_ID: 'org',
        LANGFUSE_INIT_ORG_PUBLIC_KEY: 'pk-org',
        LANGFUSE_INIT_ORG_SECRET_KEY: 'sk-org',
      },
    })
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const answer = await fetch(`${server.url}/api/public/ingestion`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ batch: CLIENTS.flatMap(({ name }) => eventsFor(name)) }),
    })
    expect(answer.status).toBe(207)
    await Promise.all(
      CLIENTS.map(async ({ name, run }) => {
        const output = await run({ ...environmentOf(server), STORY: name })
        told.set(name, JSON.parse(/^RESULT (.*)$/m.exec(output)?.[1] ?? output))
      }),
    )
  }, 300_000)
  afterAll(() => server?.stop())

  describe.each(CLIENTS)('$name', ({ name, story }) => {
    test.each(Object.entries(story))('%s', (part, expected) => {
      expect(told.get(name)?.[part]).toEqual(expected)
    })

    test('told no more than that', () => {
      expect(Object.keys(told.get(name) ?? {}).sort()).toEqual(Object.keys(story).sort())
    })
  })
})
