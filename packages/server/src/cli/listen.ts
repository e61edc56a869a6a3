import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Address } from '#config/setting.ts'
import { AppError } from '#domain/errors.ts'

export interface Listener {
  /** Where a client on this machine finds it. */
  readonly url: string
  /** Takes no new connection; requests under way have `graceMs` to end, then their connections are cut. */
  stop(graceMs: number): Promise<void>
}

/** Filters travel in the query: `filter` holds JSON, URL-encoded. */
const MAX_HEADER_BYTES = 64 * 1024
/** Longer than clients and proxies keep an idle connection, so that it is they who let go. */
const KEEP_ALIVE_MS = 75_000

export interface Patience {
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number
  /** From the first byte of a request to the end of its body: 1 GB of media takes this at 4 MB a second. */
  readonly requestMs: number
  /** How often connections are looked at. */
  readonly checkMs: number
}

/** A connection that keeps the server waiting longer is answered 408 and closed, so that slow ones can't pile up. */
const PATIENCE: Patience = { headersMs: 20_000, requestMs: 300_000, checkMs: 5_000 }

/** Serves HTTP/1.1. @throws AppError `unavailable` with a sentence when the address can't be had */
export async function listen(
  fetch: (request: Request, env?: object) => Promise<Response>,
  address: Address,
  { headersMs, requestMs, checkMs }: Patience = PATIENCE,
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, env) => fetch(request, env),
    // Of requests that name no host, such as the HTTP/1.0 probes of load balancers.
    hostname: 'localhost',
    serverOptions: {
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
    },
  })
  if (!isHttpServer(server)) throw new Error('The adaptor made no HTTP/1.1 server')
  server.listen(address.port, address.host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new AppError('unavailable', refusal(cause, address), { cause })
  }
  return { url: urlOf(server, address), stop: (graceMs) => stop(server, graceMs) }
}

function isHttpServer(server: object): server is Server {
  return 'closeAllConnections' in server
}

function refusal(cause: unknown, { host, port }: Address): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const place = `${host}:${port}`
  if (code === 'EADDRINUSE') return `${place} is taken by another program; stop it, or set BIND_ADDR to another port`
  if (code === 'EACCES') return `${place} is not for this user to listen on; set BIND_ADDR to a port above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine; set BIND_ADDR`
  return `${place} can not be listened on: ${cause instanceof Error ? cause.message : String(cause)}`
}

function urlOf(server: Server, { host, port }: Address): string {
  const bound = server.address()
  const actual = bound !== null && typeof bound === 'object' ? bound.port : port
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${actual}`
}

const IDLE_CHECK_MS = 20

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // A connection whose last request has just ended is idle from then on, and would be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
