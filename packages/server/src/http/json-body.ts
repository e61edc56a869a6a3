import { AppError } from '#domain/errors.ts'
import type { RouteRequest } from '#http/route.ts'
import { parseJson } from '#lib/json/parse.ts'

/**
 * The request's body as JSON; values under the keys in `raw` keep every digit and their key order.
 * @throws AppError `bad_request` for text that is not JSON, and as `RouteRequest.text`
 */
export async function jsonBody(
  request: Pick<RouteRequest<unknown, unknown>, 'text'>,
  raw?: ReadonlySet<string>,
): Promise<unknown> {
  const text = await request.text()
  try {
    return parseJson(text, raw)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new AppError('bad_request', `Invalid JSON: ${cause.message}`, { cause, reason: 'invalid_body' })
  }
}
