/** Clocks that jump, machines in other zones, and instants at both ends of the calendar. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'
import { type ServerProcess, serverProcess } from '../support/server-process.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(async () => {
  vi.useRealTimers()
  await app.close()
})

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const event = (type: string, body: object, timestamp = '2026-01-02T03:04:05.678Z') => ({
  id: `${type}-${JSON.stringify(body).length}`,
  type,
  timestamp,
  body,
})

async function write(to: Pick<TestApp, 'send'>, ...batch: object[]): Promise<void> {
  const answer = await to.send('POST', '/api/public/ingestion', { body: { batch } })
  const { errors } = Object(await answer.json())
  expect([answer.status, errors]).toEqual([207, []])
}

describe('a clock that jumps', () => {
  test('loses nothing and hides nothing, also across restarts', { timeout: 120_000 }, async () => {
    const now = Date.now()
    const YEAR_MS = 365 * 86_400_000
    vi.useFakeTimers({ toFake: ['Date'], now })
    const names: string[] = []
    const writeOne = async (name: string) => {
      names.push(name)
      await write(app, event('trace-create', { id: name, name }, new Date().toISOString()))
      await write(app, event('trace-create', { id: name, release: name }, new Date(Date.now() + 1).toISOString()))
    }
    const expectAll = async () => {
      for (const name of names)
        expect(await app.get(`/api/public/traces/${name}`)).toMatchObject({ name, release: name })
      expect(await app.get('/api/public/traces?limit=100')).toMatchObject({ meta: { totalItems: names.length } })
    }
    for (const [name, at] of [
      ['first', now],
      ['a-year-back', now - YEAR_MS],
      ['five-years-on', now + 5 * YEAR_MS],
      ['back-again', now],
    ] as const) {
      vi.setSystemTime(at)
      await writeOne(name)
      await expectAll()
      await app.restart()
      await writeOne(`${name}-restarted`)
      await expectAll()
    }
  })
})

describe('instants at the ends of the calendar', () => {
  test('are taken or refused in a sentence, and what is taken is found', async () => {
    const instants = [
      '0001-01-01T00:00:00Z',
      '1677-09-21T00:12:43.145224193Z',
      '1969-12-31T23:59:59.999999999Z',
      '1970-01-01T00:00:00Z',
      '2262-04-11T23:47:16.854775807Z',
      '9999-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00+23:59',
    ]
    for (const [index, timestamp] of instants.entries()) {
      const [id, startTime] = [`iso-${index}`, timestamp]
      await write(
        app,
        event('trace-create', { id, timestamp }, timestamp),
        event('span-create', { id, traceId: id, startTime, endTime: timestamp }, timestamp),
        event('score-create', { id, traceId: id, name: 'n', value: 1, timestamp }, timestamp),
      )
      const { timestamp: kept, observations, scores } = Object(await app.get(`/api/public/traces/${id}`))
      expect([kept, observations[0].startTime, observations[0].endTime, scores[0].timestamp]).toEqual(
        Array.from({ length: 4 }, () => expect.stringMatching(ISO)),
      )
    }
    expect(await app.get('/api/public/traces?limit=100')).toMatchObject({ meta: { totalItems: instants.length } })
    for (const timestamp of ['-000001-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '2026-02-30T00:00:00Z', '1e99']) {
      const body = { batch: [event('trace-create', { id: 'refused', timestamp }, '2026-01-02T03:04:05Z')] }
      const answer = await app.send('POST', '/api/public/ingestion', { body })
      expect([answer.status, Object(await answer.json()).errors]).toEqual([
        207,
        [expect.objectContaining({ status: 400 })],
      ])
    }
  })

  test('of spans, beyond 64 bits too', async () => {
    const nanos = ['0', '1', '-1', '9223372036854775807', '9223372036854775808', '18446744073709551615', '9'.repeat(40)]
    for (const [index, startTimeUnixNano] of nanos.entries()) {
      const [traceId, spanId] = [`${index}`.padStart(32, 'a'), `${index}`.padStart(16, 'b')]
      const span = { traceId, spanId, name: 's', startTimeUnixNano, endTimeUnixNano: startTimeUnixNano }
      const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }
      const answer = await app.send('POST', '/v1/traces', { body })
      expect([startTimeUnixNano, answer.status, await answer.json()]).toEqual([
        startTimeUnixNano,
        expect.toSatisfy((status) => status === 200 || status === 400),
        expect.anything(),
      ])
      const found = await app.send('GET', `/api/public/traces/${traceId}`)
      expect([200, 404]).toContain(found.status)
      if (found.status === 200)
        expect(Object(await found.json()).observations[0].startTime, startTimeUnixNano).toMatch(ISO)
    }
    expect((await app.send('GET', '/api/public/observations?limit=100')).status).toBe(200)
    expect((await app.send('GET', '/api/public/metrics/daily')).status).toBe(200)
  })
})

describe('a machine in another zone', () => {
  const QUESTIONS = [
    '/api/public/traces/zoned',
    '/api/public/traces?fromTimestamp=2026-03-29T00:30:00Z&toTimestamp=2026-03-29T23:59:59Z',
    '/api/public/metrics/daily?fromTimestamp=2026-03-01T00:00:00Z',
    '/api/public/metrics/query?name=load&agg=sum&step=1d&from=2026-03-28T00:00:00Z&to=2026-03-31T00:00:00Z',
  ]

  /** What a server says whose process lives in the zone. */
  async function answersIn(zone: string): Promise<string[]> {
    const dataDir = await mkdtemp(join(tmpdir(), 'xtrace-zone-'))
    const server: ServerProcess = serverProcess({ dataDir, env: { TZ: zone, XTRACE_LOG_LEVEL: 'error' } })
    try {
      await server.start()
      // The last moment of one day and the first of the next, on the night when clocks change in Europe.
      const times = [
        '2026-03-28T23:59:59.999Z',
        '2026-03-29T00:00:00.000Z',
        '2026-03-29T01:30:00.000Z',
        '2026-03-29T23:59:59.999Z',
      ]
      await write(
        server,
        event('trace-create', { id: 'zoned', timestamp: times[2] }),
        ...times.map((startTime, index) =>
          event('generation-create', { id: `zoned-${index}`, traceId: 'zoned', startTime, endTime: startTime }),
        ),
      )
      const metrics = times.map((timestamp) => ({ name: 'load', value: 1, timestamp }))
      expect((await server.send('POST', '/v1/metrics/batch', { body: { metrics } })).status).toBe(200)
      const texts = []
      for (const question of QUESTIONS) {
        const answer = await server.send('GET', question)
        expect([question, answer.status]).toEqual([question, 200])
        texts.push((await answer.text()).replaceAll(/"(createdAt|updatedAt)":"[^"]*"/g, ''))
      }
      return texts
    } finally {
      await server.kill()
      await rm(dataDir, { recursive: true, force: true })
    }
  }

  test('answers as one in UTC does', { timeout: 180_000 }, async () => {
    const [utc, kolkata, stJohns] = [
      await answersIn('UTC'),
      await answersIn('Asia/Kolkata'),
      await answersIn('America/St_Johns'),
    ]
    expect(utc?.[0]).toContain('"timestamp":"2026-03-29T01:30:00.000Z"')
    expect(kolkata).toEqual(utc)
    expect(stJohns).toEqual(utc)
  })
})
