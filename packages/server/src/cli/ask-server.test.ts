import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { Secret } from '#lib/secret.ts'
import { askServer } from './ask-server.ts'

const credentials = { token: new Secret('hush') }
const question = { method: 'GET', path: '/things?of=traces' } as const

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** The address of a server that answers in this way. */
async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  return `http://127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}`
}

const echo: RequestListener = (request, response) => {
  const { method, url, headers } = request
  void text(request).then((body) => {
    response.end(JSON.stringify([method, url, headers.authorization, headers['content-type'] ?? 'no type', body]))
  })
}

test.each<[string, Parameters<typeof askServer>[1], string[]]>([
  ['a question', question, ['GET', '/things?of=traces', 'Bearer hush', 'no type', '']],
  ['an order', { method: 'POST', path: '/do' }, ['POST', '/do', 'Bearer hush', 'no type', '']],
  [
    'an order with a body',
    { method: 'POST', path: '/do', body: { target: 'ü' } },
    ['POST', '/do', 'Bearer hush', 'application/json', '{"target":"ü"}'],
  ],
])('sends %s and gives back what the bytes were used for', async (_name, asked, seen) => {
  const url = await answering(echo)
  expect(JSON.parse(await askServer({ url, credentials }, asked, text))).toEqual(seen)
})

test.each<[string, RequestListener, object]>([
  [
    'refuses with a sentence',
    (_, response) => response.writeHead(409).end('{"message":"not empty"}'),
    { code: 'internal', message: 'The server refused: not empty' },
  ],
  [
    'refuses with something else',
    (_, response) => response.writeHead(502).end('<html>'),
    { code: 'internal', message: 'The server refused: <html>' },
  ],
  [
    'hangs up',
    (request) => request.socket.destroy(),
    { code: 'unavailable', message: expect.stringMatching(/^The server at http:\S+ does not answer: socket hang up$/) },
  ],
  [
    'breaks off',
    (_, response) => response.write('half', () => response.destroy()),
    { code: 'unavailable', message: expect.stringMatching(/^The server broke off before it had told all: ./) },
  ],
  [
    'breaks off while it refuses',
    (_, response) => response.writeHead(500).write('half', () => response.destroy()),
    { code: 'unavailable', message: expect.stringMatching(/^The server broke off before it had told all: ./) },
  ],
])('says so when the server %s', async (_name, listener, told) => {
  const url = await answering(listener)
  await expect(askServer({ url, credentials }, question, text)).rejects.toMatchObject(told)
})

test('says so when nobody listens', async () => {
  const url = await answering(echo)
  server.close()
  await once(server, 'close')
  await expect(askServer({ url, credentials }, question, text)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^The server at \S+ does not answer: .*ECONNREFUSED/),
  })
})

test('lets go of the connection when the bytes are not wanted, and says why they were not', async () => {
  let left: Promise<unknown> = Promise.resolve()
  const url = await answering((_, response) => {
    left = once(response, 'close')
    response.write('some')
  })
  const unwanted = askServer({ url, credentials }, question, () => Promise.reject(new Error('no room on the disk')))
  await expect(unwanted).rejects.toThrow('no room on the disk')
  await left
})
