/** Read your writes: what was acknowledged is in the very next read, a thousand times over, on every read route. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from './support/app.ts'

const ROUNDS = 1000

interface Round {
  readonly trace: string
  readonly step: string
  readonly score: string
  readonly session: string
  readonly user: string
  readonly metric: string
}

/** Each reads what the round wrote and says whether it is there: the path, and text that must be in the answer. */
const READS: Record<string, (round: Round) => readonly [path: string, expected: string]> = {
  'traces/{id}': ({ trace, step }) => [`/api/public/traces/${trace}`, step],
  traces: ({ user, trace }) => [`/api/public/traces?userId=${user}`, trace],
  'observations/{id}': ({ step, trace }) => [`/api/public/observations/${step}`, trace],
  observations: ({ trace, step }) => [`/api/public/observations?traceId=${trace}`, step],
  'v2/observations': ({ trace, step }) => [`/api/public/v2/observations?traceId=${trace}`, step],
  'sessions/{id}': ({ session, trace }) => [`/api/public/sessions/${session}`, trace],
  sessions: ({ session }) => ['/api/public/sessions?limit=1', session],
  'scores (v1)': ({ score }) => ['/api/public/scores?limit=1', score],
  'scores/{id} (v1)': ({ score, trace }) => [`/api/public/scores/${score}`, trace],
  'v2/scores/{id}': ({ score, trace }) => [`/api/public/v2/scores/${score}`, trace],
  'v2/scores': ({ trace, score }) => [`/api/public/v2/scores?traceId=${trace}`, score],
  'v3/scores': ({ trace, score }) => [`/api/public/v3/scores?traceId=${trace}`, score],
  'metrics/daily': ({ user }) => [`/api/public/metrics/daily?userId=${user}`, '"countTraces":1'],
  'metrics/names': ({ metric }) => ['/api/public/metrics/names', metric],
  'metrics/query': ({ metric }) => [`/api/public/metrics/query?name=${metric}&agg=last`, '"value":42'],
}

const newRound = (number: number): Round => ({
  trace: `trace-${number}`,
  step: `step-${number}`,
  score: `score-${number}`,
  session: `session-${number}`,
  user: `user-${number}`,
  metric: `metric_${number}`,
})

async function write(app: TestApp, round: Round): Promise<void> {
  const timestamp = new Date().toISOString()
  const event = (type: string, body: object) => ({ id: `${type}-${round.trace}`, type, timestamp, body })
  const batch = [
    event('trace-create', { id: round.trace, userId: round.user, sessionId: round.session, timestamp }),
    event('generation-create', {
      id: round.step,
      traceId: round.trace,
      model: 'gpt-4',
      usage: { input: 1, output: 1 },
    }),
    event('score-create', { id: round.score, traceId: round.trace, name: 'ok', value: 1 }),
  ]
  const answer = await app.send('POST', '/api/public/ingestion', { body: { batch } })
  expect(await answer.json()).toMatchObject({ errors: [] })
  const body = { metrics: [{ name: round.metric, value: 42 }] }
  expect((await app.send('POST', '/v1/metrics/batch', { body })).status).toBe(200)
}

describe('a read after an acknowledged write', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await openTestApp()
  })
  afterAll(() => app?.close())

  test(`sees it, ${ROUNDS} times`, async () => {
    const reads = Object.entries(READS)
    const missed: string[] = []
    for (let number = 0; number < ROUNDS; number++) {
      const round = newRound(number)
      await write(app, round)
      const [name, read] = reads[number % reads.length] ?? ['', () => ['', ''] as const]
      const [path, expected] = read(round)
      const answer = await app.send('GET', path)
      const text = await answer.text()
      if (answer.status !== 200 || !text.includes(expected))
        missed.push(`${number} ${name}: ${answer.status} ${text.slice(0, 200)}`)
    }
    expect(missed).toEqual([])
  }, 600_000)
})
