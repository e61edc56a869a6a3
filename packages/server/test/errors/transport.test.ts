/** What a connection can do to the program: endless bodies, floods of headers, requests that never end. */
import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listener, listen } from '#cli/listen.ts'
import { openTestApp, TEST_KEYS, type TestApp } from '../support/app.ts'

const MIB = 1024 * 1024
const authorization = `Basic ${Buffer.from(`${TEST_KEYS.publicKey}:${TEST_KEYS.secretKey}`).toString('base64')}`

let app: TestApp
let listener: Listener
/** One that gives up soon; the other waits as long as users have it wait. */
let hasty: Listener
beforeAll(async () => {
  app = await openTestApp({ http: { maxBodyBytes: MIB, readBarrierMs: 5000 } })
  const address = { host: '127.0.0.1', port: 0 }
  listener = await listen(app.fetch, address)
  hasty = await listen(app.fetch, address, { headersMs: 300, requestMs: 600, checkMs: 50 })
}, 60_000)
afterAll(async () => {
  await Promise.all([listener?.stop(0), hasty?.stop(0)])
  await app?.close()
})

const isWell = async () => (await fetch(`${listener.url}/healthz`)).status === 200

/** The status of the answer, and how much was sent when it came. */
async function sendEndlessly(sending: ClientRequest, maxBytes: number): Promise<{ status: number; sent: number }> {
  const chunk = Buffer.alloc(64 * 1024, '[')
  let sent = 0
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sending.once('error', reject)
  })
  let isAnswered = false
  const settled = answered.finally(() => {
    isAnswered = true
  })
  settled.catch(() => {})
  while (!isAnswered && sent < maxBytes && !sending.destroyed) {
    sent += chunk.length
    if (!sending.write(chunk)) await Promise.race([once(sending, 'drain'), settled]).catch(() => {})
  }
  const status = await answered
  sending.destroy()
  return { status, sent }
}

describe('a body of a gigabyte', () => {
  test.each([
    ['in chunks', { 'transfer-encoding': 'chunked' }],
    ['announced', { 'content-length': String(1024 * MIB) }],
    ['in chunks that claim to be packed', { 'transfer-encoding': 'chunked', 'content-encoding': 'gzip' }],
  ])('%s: 413 after little of it, and the memory of little', async (_, headers) => {
    const before = process.memoryUsage.rss()
    const sending = request(`${listener.url}/api/public/ingestion`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
    })
    const { status, sent } = await sendEndlessly(sending, 1024 * MIB)
    expect(status).toBe(413)
    expect(sent).toBeLessThan(64 * MIB)
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * MIB)
    expect(await isWell()).toBe(true)
  })
})

const connectTo = ({ url }: Listener) => connect(Number(new URL(url).port), '127.0.0.1')

/** Writes as it is given; resolves to all that came back once the server has closed the connection. */
async function talk(to: Listener, ...parts: readonly string[]): Promise<string> {
  const socket = connectTo(to)
  const heard: string[] = []
  socket.on('data', (data) => heard.push(data.toString('latin1')))
  // A server that closes first may reset what is still being written.
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  for (const part of parts) socket.write(part)
  await closed
  return heard.join('')
}

describe('a connection that', () => {
  test.each([
    ['says nothing of its request after the first line', 'GET /healthz HTTP/1.1\r\nHost: x\r\n'],
    [
      'sends a body that never ends',
      `POST /v1/l/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 100\r\n\r\n{`,
    ],
  ])('%s is closed', async (_, text) => {
    const heard = await talk(hasty, text)
    expect(heard === '' || heard.startsWith('HTTP/1.1 408')).toBe(true)
    expect(await isWell()).toBe(true)
  })

  test('floods headers is told so', async () => {
    const headers = Array.from({ length: 3000 }, (_, index) => `X-Flood-${index}: ${'y'.repeat(40)}\r\n`)
    const heard = await talk(listener, 'GET /healthz HTTP/1.1\r\nHost: x\r\n', ...headers, '\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 431 /)
    expect(await isWell()).toBe(true)
  })

  test('speaks no HTTP is told so', async () => {
    expect(await talk(listener, '\u0000\u0001 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await talk(listener, 'GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await isWell()).toBe(true)
  })
})

test('two hundred connections that say nothing keep nobody out', async () => {
  const idle: Socket[] = Array.from({ length: 200 }, () => connectTo(listener))
  for (const socket of idle) socket.on('error', () => {})
  await Promise.all(idle.map((socket) => once(socket, 'connect')))
  for (const socket of idle) socket.write('POST /v1/l/batch HTTP/1.1\r\nHost')
  expect(await isWell()).toBe(true)
  for (const socket of idle) socket.destroy()
})

describe('keys that a prototype has', () => {
  const batch = `{"batch":[{"id":"e","type":"trace-create","timestamp":"2026-01-02T03:04:05Z","body":
    {"id":"polluted","metadata":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}},
     "__proto__":{"name":"from the prototype"}}}],"__proto__":{"isAdmin":true}}`

  test('stay data', async () => {
    expect((await app.send('POST', '/api/public/ingestion', { body: batch })).status).toBe(207)
    const answer = await app.send('GET', '/api/public/traces/polluted')
    expect(await answer.text()).toContain('"__proto__":{"isAdmin":true}')
    expect(Object('isAdmin' in {})).toEqual(Object(false))
  })
})
