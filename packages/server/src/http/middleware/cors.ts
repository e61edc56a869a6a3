import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

const EXPOSED = ['X-Request-Id', 'X-Xtrace-Behind-Bytes', 'Retry-After']

/**
 * Browsers on any origin may call, with keys but without cookies: the origin and the headers asked
 * for are reflected, and a preflight is answered 204 (langfuse-ingestion contract §1.2).
 */
export function reflectOrigin(): MiddlewareHandler {
  const preflight = cors({
    origin: (origin) => origin || null,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: EXPOSED,
    maxAge: 86_400,
  })
  const exposed = EXPOSED.join(',')
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflight(c, next)
    await next()
    // Not before: headers set while there is no answer yet make Hono build the answer twice, and Node's adaptor stream it.
    const { headers } = c.res
    const origin = c.req.header('origin')
    if (origin) {
      headers.set('Access-Control-Allow-Origin', origin)
      headers.set('Access-Control-Expose-Headers', exposed)
    }
    headers.append('Vary', 'Origin')
  }
}
