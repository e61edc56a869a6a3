import { AppError } from '#domain/errors.ts'
import { errorReply, toAppError } from '#http/errors.ts'
import type { Reply, Route, RouteRequest } from '#http/route.ts'
import { printJson } from '#lib/json/print.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Tool } from './tool.ts'
import { checkNames, type InputSchema, isObject, paramText, type ToolInput, toolInput } from './tool-input.ts'

interface DescribedTool {
  readonly name: string
  readonly description: string
  readonly inputSchema: InputSchema
  readonly annotations: { readonly readOnlyHint: boolean; readonly destructiveHint: boolean }
}

interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly isError: boolean
}

/** The request that brought the call: whose it is and when it came. */
export type CallOrigin = RouteRequest<unknown, unknown>

export interface Toolbox {
  list(): readonly DescribedTool[]
  /**
   * Does what the tool's route does. What the route refuses is a result that says so, as the body of
   * the route's own error; undefined when there is no such tool.
   */
  call(name: string, args: unknown, origin: CallOrigin): Promise<ToolResult | undefined>
}

interface Bound {
  readonly tool: Tool
  readonly route: Route
  /** Made when first asked for: schemas of all tools take longer than a start should. */
  input(): ToolInput
}

/** @throws Error for a tool whose operation no route serves */
export function createToolbox(tools: readonly Tool[], routes: readonly Route[], logger: Logger): Toolbox {
  const byOperation = new Map(routes.map((route) => [route.doc.operationId, route]))
  const bound = new Map(tools.map((tool) => [tool.name, bind(tool, byOperation.get(tool.operation))]))
  return {
    list: () => [...bound.values()].map(describeTool),
    call: async (name, args, origin) => {
      const found = bound.get(name)
      return found && (await callTool(found, args, { origin, logger }))
    },
  }
}

function bind(tool: Tool, route: Route | undefined): Bound {
  if (!route) throw new Error(`The tool ${tool.name} names the operation ${tool.operation}, which no route serves`)
  let input: ToolInput | undefined
  return { tool, route, input: () => (input ??= toolInput(tool, route)) }
}

const describeTool = ({ tool, route, input }: Bound): DescribedTool => ({
  name: tool.name,
  description: tool.description,
  inputSchema: input().schema,
  annotations: { readOnlyHint: route.method === 'GET', destructiveHint: route.method === 'DELETE' },
})

async function callTool(
  bound: Bound,
  args: unknown,
  { origin, logger }: { origin: CallOrigin; logger: Logger },
): Promise<ToolResult> {
  try {
    const reply = await bound.route.handle(buildRequest(bound, args ?? {}, origin))
    return { content: [{ type: 'text', text: bodyText(reply) }], isError: false }
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.status >= 500) logger.error({ err: error, tool: bound.tool.name }, 'a tool failed')
    return { content: [{ type: 'text', text: bodyText(errorReply(error, bound.route.errors)) }], isError: true }
  }
}

const bodyText = ({ body = { message: 'OK' } }: Reply): string => printJson(body)

/** The request that a client of the HTTP API would have sent. */
function buildRequest(
  { tool, route, input }: Bound,
  args: unknown,
  origin: CallOrigin,
): RouteRequest<unknown, unknown> {
  if (!isObject(args)) throw new AppError('bad_request', 'arguments must be an object')
  const known = input()
  checkNames(tool.name, known, args)
  const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined)
  const texts = (names: ReadonlySet<string>) =>
    Object.fromEntries(
      given.flatMap(([name, value]) =>
        names.has(name) ? [[name, paramText(value, known.schema.properties[name])]] : [],
      ),
    )
  const query = tool.json ? { [tool.json.parameter]: JSON.stringify(args) } : texts(known.query)
  const params = texts(known.path)
  const fields = Object.entries(args).filter(([name]) => !known.path.has(name) && !known.query.has(name))
  const body = JSON.stringify({ ...Object.fromEntries(fields), ...tool.preset })
  const bytes = async () => new TextEncoder().encode(body)
  return {
    ...origin,
    query: route.query ? route.query.parse(query) : query,
    params: route.params ? route.params.parse(params) : params,
    bytes,
    text: async () => body,
    stream: async function* () {
      yield await bytes()
    },
  }
}
