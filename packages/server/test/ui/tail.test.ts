/** What is recorded while somebody watches arrives at them, once it can be read. */
import { type ObservationListRowDto, ObservationTailDto, TraceTailDto } from '@xtrace/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

let app: TestApp
let session: BrowserSession
beforeAll(async () => {
  app = await openTestApp()
  session = await signIn(app, { token: TEST_TOKEN })
})
afterAll(() => app?.close())

interface TailEvent {
  readonly event: string
  readonly id: string | undefined
  readonly data: unknown
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

/** Opens a stream and gives its events one by one. */
async function watch(path: string, lastEventId?: string) {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const answer = await session.send('GET', `/api/ui/projects/default${path}`, { headers })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('the stream has no body')
  open.push(() => reader.cancel())
  let text = ''
  /** The next block that is no comment. */
  const block = async (): Promise<string> => {
    const end = text.indexOf('\n\n')
    if (end < 0) {
      const { value, done } = await reader.read()
      if (done) throw new Error('the stream ended')
      text += value
      return await block()
    }
    const found = text.slice(0, end)
    text = text.slice(end + 2)
    return found.includes('data: ') ? found : await block()
  }
  return async (): Promise<TailEvent> => parse(await block())
}

function parse(block: string): TailEvent {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
  return { event: fields.event, id: fields.id, data: JSON.parse(fields.data) }
}

let count = 0
async function record(id: string, name: string): Promise<void> {
  const timestamp = new Date().toISOString()
  const event = (type: string, body: object) => ({ id: `e${count++}`, type, timestamp, body })
  const batch = [
    event('trace-create', { id, name, timestamp }),
    event('span-create', { id: `${id}-span`, traceId: id, name, startTime: timestamp }),
  ]
  const answer = await app.send('POST', '/api/public/ingestion', { body: { batch } })
  expect(await answer.json()).toMatchObject({ errors: [] })
}

const named = (name: string) =>
  encodeURIComponent(JSON.stringify([{ type: 'string', column: 'name', operator: '=', value: name }]))

describe('a tail', () => {
  test('tells traces that fulfil its filter', async () => {
    const next = await watch(`/explore/traces/tail?filter=${named('wanted')}`)
    await record('t1', 'other')
    await record('t2', 'wanted')
    const { event, data } = await next()
    expect([event, TraceTailDto.parse(data).rows.map(({ id }) => id)]).toEqual(['rows', ['t2']])
  })

  test('tells observations', async () => {
    const next = await watch('/explore/observations/tail')
    await record('t3', 'x')
    const rows: ObservationListRowDto[] = ObservationTailDto.parse((await next()).data).rows
    expect(rows).toMatchObject([{ id: 't3-span', traceId: 't3' }])
  })

  test('tells that one trace has changed', async () => {
    const next = await watch('/traces/t4/tail')
    await record('other', 'x')
    await record('t4', 'x')
    expect(await next()).toMatchObject({ event: 'changed' })
  })

  test('goes on where it was left', async () => {
    const next = await watch('/explore/traces/tail')
    await record('t5', 'x')
    const { id } = await next()
    for (const close of open.splice(0)) await close()
    await record('t6', 'x')
    const again = await watch('/explore/traces/tail', id)
    expect(TraceTailDto.parse((await again()).data).rows.map((row) => row.id)).toEqual(['t6'])
  })

  test('goes on from its beginning where it was cut before its first event', async () => {
    const answer = await session.send('GET', '/api/ui/projects/default/explore/traces/tail')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { value } = (await reader?.read()) ?? {}
    await reader?.cancel()
    const [, id] = /^id: (.+)$/m.exec(value ?? '') ?? []
    const other = await watch('/explore/traces/tail')
    await record('t7', 'x')
    // Whoever comes back now has missed it.
    await other()
    const again = await watch('/explore/traces/tail', id)
    expect(TraceTailDto.parse((await again()).data).rows.map((row) => row.id)).toEqual(['t7'])
  })

  test('says when it can not go on', async () => {
    expect(await (await watch('/explore/traces/tail', 'elsewhere.7'))()).toMatchObject({ event: 'reset', data: {} })
  })

  test('is not had without end', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const answer = await session.send('GET', '/api/ui/projects/default/traces/t1/tail')
        open.push(async () => answer.body?.cancel())
        return answer.status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
  })
})
