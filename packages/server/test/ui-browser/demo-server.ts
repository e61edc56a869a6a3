/** A server with demo data of a week, and what tests must know of them. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'bin', 'xtrace.js')

/** Some programs know neither users nor sessions. */
const group = z
  .string()
  .nullable()
  .transform((id) => id ?? '')

const Listed = z.object({
  id: z.string(),
  name: z.string(),
  timestamp: z.string(),
  sessionId: group,
  userId: group,
})
const Traces = z.object({ data: z.array(Listed), meta: z.object({ totalItems: z.number() }) })
const Observations = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string(), traceId: z.string(), statusMessage: z.string() })),
})

export type ListedTrace = z.infer<typeof Listed>

export interface DemoServer extends LiveServer {
  /** Newest first. */
  traces(query?: string): Promise<readonly [ListedTrace, ...ListedTrace[]]>
  total(of: 'traces' | 'observations'): Promise<number>
  /** Observations that failed, newest first, with what they say. */
  failures(query?: string): Promise<z.infer<typeof Observations>['data']>
}

interface DemoServerOptions {
  /** About so many, in runs of several programs. */
  readonly observations?: number
  /** Observations of one more trace. */
  readonly huge?: number
}

/** Starts a server and fills it with `xtrace demo`; everything can be read once this resolves. */
export async function startDemoServer({ observations = 400, huge = 0 }: DemoServerOptions = {}): Promise<DemoServer> {
  const server = await startLiveServer()
  try {
    await fill(server, ['--observations', String(observations), '--huge', String(huge)])
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ...server, ...readers(server) }
}

async function fill(server: LiveServer, args: readonly string[]): Promise<void> {
  const env = {
    PATH: process.env['PATH'],
    XTRACE_DATA_DIR: server.dataDir,
    API_BEARER_TOKEN: server.token,
    BIND_ADDR: new URL(server.url).host,
  }
  await promisify(execFile)(process.execPath, [PROGRAM, 'demo', ...args], { env })
}

function readers(server: LiveServer) {
  return {
    async traces(query = ''): ReturnType<DemoServer['traces']> {
      const { data } = Traces.parse(await server.get(`/api/public/traces?limit=50&${query}`))
      const [first, ...others] = data
      if (!first) throw new Error(`The demo has no traces with ${query}`)
      return [first, ...others]
    },
    async total(of: 'traces' | 'observations'): Promise<number> {
      const page = z.object({ meta: z.object({ totalItems: z.number() }) })
      return page.parse(await server.get(`/api/public/${of}?limit=1`)).meta.totalItems
    },
    async failures(query = ''): ReturnType<DemoServer['failures']> {
      return Observations.parse(await server.get(`/api/public/observations?level=ERROR&limit=50&${query}`)).data
    },
  }
}
