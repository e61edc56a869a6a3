import { McpFailure, McpMessages } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { createToolbox, type Toolbox } from '#http/mcp/toolbox.ts'
import { TOOLS } from '#http/mcp/tools.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import type { Logger } from '#telemetry/logger.ts'

interface McpOptions {
  readonly version: string
  readonly logger: Logger
}

/** The routes given, and beside them the MCP server whose tools call them (public-api contract §21). */
export function withMcp(routes: readonly Route[], options: McpOptions): Route[] {
  return [...routes, mcpRoute(createToolbox(TOOLS, routes, options.logger), options)]
}

function mcpRoute(toolbox: Toolbox, { version }: McpOptions): Route {
  return route({
    method: 'POST',
    path: '/api/public/mcp',
    access: 'project',
    errors: 'mcp',
    isRead: true,
    doc: {
      operationId: 'mcp',
      tag: 'MCP',
      summary: 'Model Context Protocol, Streamable HTTP without sessions',
      description: 'Takes JSON-RPC messages, `initialize`, `tools/list` and `tools/call` among them; answers JSON.',
      body: McpMessages,
      responses: {
        200: McpMessages,
        202: undefined,
        400: McpFailure,
        406: McpMessages,
        413: McpFailure,
        415: McpMessages,
      },
    },
    handle: async (request) => {
      checkOrigin(request)
      if (!isAcceptable(request.header('accept'))) return NOT_ACCEPTABLE
      // The protocol's library takes a while to load: those who never call it start without it.
      const { answerRpc } = await import('#http/mcp/rpc.ts')
      return await answerRpc(toolbox, version, request)
    },
  })
}

const NOT_ACCEPTABLE: Reply = {
  status: 406,
  body: {
    jsonrpc: '2.0',
    error: { code: -32600, message: 'Not Acceptable: Accept must name application/json or text/event-stream' },
    id: null,
  },
}

const isAcceptable = (accept = ''): boolean =>
  ['application/json', 'text/event-stream', '*/*'].some((type) => accept.toLowerCase().includes(type))

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * A page that a browser shows may call only from the host that serves it or from this machine: any
 * other could reach a server in the reader's network through a name of its own (DNS rebinding).
 */
function checkOrigin({ header, url }: Pick<RouteRequest<unknown, unknown>, 'header' | 'url'>): void {
  const origin = header('origin')
  if (origin === undefined) return
  const { hostname } = URL.canParse(origin) ? new URL(origin) : { hostname: '' }
  if (hostname !== new URL(url).hostname && !LOCAL.test(hostname))
    throw new AppError('forbidden', `Pages of ${origin} may not call this server`)
}
