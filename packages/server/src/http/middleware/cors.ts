import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/**
 * Browsers on any origin may call, with keys but without cookies: the origin and the headers asked
 * for are reflected, and a preflight is answered 204 (langfuse-ingestion contract §1.2).
 */
export function reflectOrigin(): MiddlewareHandler {
  return cors({
    origin: (origin) => origin || null,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: ['X-Request-Id', 'X-Xtrace-Behind-Bytes', 'Retry-After'],
    maxAge: 86_400,
  })
}
