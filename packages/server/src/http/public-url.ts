import type { RouteRequest } from './route.ts'

const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i

/**
 * The URL under which the client reached this server, without a slash at its end: what the setting says,
 * else what a reverse proxy says in X-Forwarded-Proto and X-Forwarded-Host, else the request's own. A client
 * that makes these headers up spoils the links that it is given itself, nobody else's.
 */
export function publicUrlOf(
  request: Pick<RouteRequest<unknown, unknown>, 'url' | 'header'>,
  configured: string | undefined,
): string {
  if (configured !== undefined) return configured.replace(/\/+$/, '')
  const { protocol, host } = new URL(request.url)
  const forwardedHost = first(request.header('x-forwarded-host'))
  const forwardedProtocol = first(request.header('x-forwarded-proto'))
  const scheme = forwardedProtocol === 'https' || forwardedProtocol === 'http' ? `${forwardedProtocol}:` : protocol
  return `${scheme}//${forwardedHost !== undefined && HOST.test(forwardedHost) ? forwardedHost : host}`
}

/** Of several proxies the one nearest to the client comes first. */
const first = (header: string | undefined): string | undefined => header?.split(',')[0]?.trim().toLowerCase()
