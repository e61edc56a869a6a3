/**
 * MCP over Streamable HTTP, without sessions: every POST brings its messages, has a server of its own
 * and is answered with JSON (public-api contract §21). The protocol is the official SDK's; what the
 * tools do is the toolbox's.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'
import type { Reply } from '#http/route.ts'
import type { CallOrigin, Toolbox } from './toolbox.ts'

const INSTRUCTIONS =
  'xtrace records what LLM programs do: traces of observations (spans, generations, tool calls) with scores, grouped in sessions, and beside them prompts, datasets and metrics. Lists are newest first and paged; narrow them by time and filters before reading payloads. Figures over many observations come from queryMetrics, never from adding up lists.'

const MAX_BODY_BYTES = 4_500_000

/** What of the client's headers the protocol looks at. */
const HEADERS = ['content-type', 'mcp-protocol-version']

/** Answers the messages of one request. @throws AppError as `RouteRequest.text` */
export async function answerRpc(toolbox: Toolbox, version: string, origin: CallOrigin): Promise<Reply> {
  const server = buildServer(toolbox, version, origin)
  const transport = new WebStandardStreamableHTTPServerTransport({
    enableJsonResponse: true,
    maxRequestBodySize: MAX_BODY_BYTES,
  })
  await server.connect(transport)
  try {
    const response = await transport.handleRequest(await buildRequest(origin))
    const body = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
  } finally {
    await server.close()
  }
}

function buildServer(toolbox: Toolbox, version: string, origin: CallOrigin): Server {
  const server = new Server({ name: 'xtrace', version }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...toolbox.list()] }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const result = await toolbox.call(params.name, params.arguments, origin)
    if (!result) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}`)
    return { ...result, content: [...result.content] }
  })
  return server
}

/** Either kind of answer may be asked for; JSON is what there is. */
async function buildRequest(origin: CallOrigin): Promise<Request> {
  const headers = new Headers({ accept: 'application/json, text/event-stream' })
  for (const name of HEADERS) {
    const value = origin.header(name)
    if (value !== undefined) headers.set(name, value)
  }
  return new Request(origin.url, { method: 'POST', headers, body: await origin.text() })
}
