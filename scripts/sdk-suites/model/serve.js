/**
 * A model on this machine for tests that call OpenAI's: short answers that never change, in the shapes of OpenAI's
 * API, with usage. A program of its own, since the runner does nothing else while a suite runs; prints its address.
 */
import { createServer } from 'node:http'
import { chat, chatChunks } from './chat.js'
import { completion, completionChunks, embeddings } from './completions.js'
import { response, responseEvents } from './responses.js'

const KINDS = {
  '/v1/chat/completions': { whole: chat, streamed: chatChunks },
  '/v1/completions': { whole: completion, streamed: completionChunks },
  '/v1/responses': { whole: response, streamed: responseEvents },
  '/v1/embeddings': { whole: embeddings },
}

async function bodyOf(incoming) {
  const chunks = []
  for await (const chunk of incoming) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

function send(outgoing, status, value) {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

const refuse = (outgoing, status, message) =>
  send(outgoing, status, { error: { message, type: 'invalid_request_error' } })

async function respond(incoming, outgoing) {
  const kind = KINDS[incoming.url]
  if (!kind) return refuse(outgoing, 404, `There is no ${incoming.url} here`)
  const request = await bodyOf(incoming)
  if (/invalid|not-exist/.test(request.model)) return refuse(outgoing, 404, `There is no model ${request.model}`)
  if (!request.stream) return send(outgoing, 200, kind.whole(request))
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of kind.streamed(request)) outgoing.write(`data: ${JSON.stringify(event)}\n\n`)
  outgoing.end('data: [DONE]\n\n')
}

const server = createServer((incoming, outgoing) => {
  respond(incoming, outgoing).catch((error) => refuse(outgoing, 400, String(error)))
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/v1`))
