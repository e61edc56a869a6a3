import { printJson } from '#lib/json/print.ts'
import type { Reply } from './route.ts'

/** Statuses that can't have a body. */
const BARE: ReadonlySet<number> = new Set([204, 304])

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * A reply as a response. Bytes, streams of them, and text whose content type is given, go out as they are; anything
 * else as JSON. Nothing to say is `{"message":"OK"}` (public-api contract §1.2).
 */
export function toResponse(reply: Reply): Response {
  const status = reply.status ?? 200
  const headers = new Headers(reply.headers)
  if (BARE.has(status)) return new Response(null, { status, headers })
  return new Response(bodyOf(reply, headers), { status, headers })
}

/** The same for HEAD, of which no body is sent. A stream is ended here: nobody else would read it to its end. */
export async function toHeadResponse(reply: Reply): Promise<Response> {
  if (!(reply.body instanceof ReadableStream)) return toResponse(reply)
  await reply.body.cancel()
  return toResponse({ ...reply, body: new Uint8Array() })
}

function bodyOf(
  { body = { message: 'OK' } }: Reply,
  headers: Headers,
): string | Uint8Array<ArrayBuffer> | ReadableStream {
  const isTyped = headers.has('content-type')
  if (body instanceof ReadableStream) return body
  if (body instanceof Uint8Array) {
    if (!isTyped) headers.set('content-type', 'application/octet-stream')
    return new Uint8Array(body)
  }
  if (isTyped && typeof body === 'string') return body
  if (!isTyped) headers.set('content-type', JSON_TYPE)
  return printJson(body)
}
