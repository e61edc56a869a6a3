/** A small OpenAI-compatible server for instrumented clients: chat (plain and streamed) and embeddings. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface OpenAiStub {
  /** Base URL, `/v1` included. */
  readonly url: string
  close(): Promise<void>
}

const REPLY = 'Hello from the stub'
const CHAT_USAGE = {
  prompt_tokens: 9,
  completion_tokens: 4,
  total_tokens: 13,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
}

/** Starts the stub on a free port of loopback. */
export async function startOpenAiStub(): Promise<OpenAiStub> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface ChatRequest {
  readonly model: string
  readonly stream?: boolean
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body: ChatRequest = JSON.parse(await textOf(request))
  if (request.url?.endsWith('/embeddings')) return json(response, embedding(body.model))
  if (!request.url?.endsWith('/chat/completions')) return json(response, { error: { message: 'not here' } }, 404)
  if (body.stream) return stream(response, body.model)
  json(response, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: body.model,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: REPLY } }],
    usage: CHAT_USAGE,
  })
}

function embedding(model: string): object {
  return {
    object: 'list',
    model,
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2, 0.3] }],
    usage: { prompt_tokens: 5, total_tokens: 5 },
  }
}

function stream(response: ServerResponse, model: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const chunk = (choices: object[], extra: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-2', object: 'chat.completion.chunk', created: 1_700_000_000, model, choices, ...extra })}\n\n`,
    )
  for (const word of REPLY.split(/(?<= )/)) chunk([{ index: 0, delta: { role: 'assistant', content: word } }])
  chunk([{ index: 0, delta: {}, finish_reason: 'stop' }])
  chunk([], { usage: CHAT_USAGE })
  response.end('data: [DONE]\n\n')
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
