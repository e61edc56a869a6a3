/** A program and the official MCP client that is connected to it. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { openTestApp, type TestApp } from '../support/app.ts'

export const MCP = '/api/public/mcp'
export const SPAN = { fromTimestamp: '2026-01-01T00:00:00Z', toTimestamp: '2026-02-01T00:00:00Z' }

export interface World extends Pick<TestApp, 'send' | 'close'> {
  readonly client: Client
  /** What a tool says: its answer, or `['refused', body]`. */
  call(name: string, args?: Record<string, unknown>): Promise<unknown>
}

/** One at a time in a test file. */
export async function openWorld(): Promise<World> {
  const { send, close } = await openTestApp()
  const client = new Client({ name: 'test', version: '0' })
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:8742${MCP}`), {
    fetch: async (_url, init = {}) => {
      const headers = Object.fromEntries(new Headers(init.headers))
      return await send(init.method ?? 'GET', MCP, {
        headers,
        ...(init.body != null && { body: String(init.body) }),
      })
    },
  })
  await client.connect(transport)
  return {
    send,
    client,
    async call(name, args = {}) {
      const { content, isError } = await client.callTool({ name, arguments: args })
      const [first] = Array.isArray(content) ? content : []
      const body: unknown = JSON.parse(first.text)
      return isError ? ['refused', body] : body
    },
    async close() {
      await client.close()
      await close()
    },
  }
}
