import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { inflate, unzip } from 'node:zlib'
import { AppError } from '#domain/errors.ts'
import type { BodyBudget, BodyShare } from './body-budget.ts'

const INFLATERS: Record<
  string,
  ((body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>) | undefined
> = {
  gzip: promisify(unzip),
  'x-gzip': promisify(unzip),
  deflate: promisify(inflate),
}

export interface BodyLimits {
  /** Largest body, after inflation. */
  readonly maxBytes: number
  readonly budget: Pick<BodyBudget, 'inflate'>
  readonly share: Pick<BodyShare, 'take'>
}

/**
 * The whole body, inflated. Reading and inflating stop at `maxBytes`, whatever Content-Length says.
 * @throws AppError `payload_too_large`; `too_many_requests` when all bodies together are too large;
 *   `bad_request` when it can't be inflated
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return await readRaw(request, limits)
  const inflater = INFLATERS[encoding]
  if (!inflater) {
    throw new AppError('bad_request', `Content-Encoding '${encoding}' is not supported; send gzip, deflate or none`)
  }
  const packed = await readRaw(request, limits)
  const { maxBytes, budget, share } = limits
  const body = await budget
    .inflate(() => inflater(packed, { maxOutputLength: maxBytes }))
    .catch((cause: unknown) => {
      if (isOverlong(cause)) throw tooLarge(maxBytes)
      throw new AppError('bad_request', `The body is not valid ${encoding}`, { cause })
    })
  share.take(Math.max(0, body.length - packed.length))
  return body
}

/** @throws AppError `bad_request` for bytes that are not UTF-8 */
export function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new AppError('bad_request', 'The body is not valid UTF-8')
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The body as it comes in; nothing when there is none. */
export function streamOf({ body }: Request): AsyncIterable<Uint8Array> {
  return body ?? ReadableStream.from<Uint8Array>([])
}

async function readRaw(request: Request, { maxBytes, share }: BodyLimits): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN)
  if (announced > maxBytes) throw tooLarge(maxBytes)
  // The framing of HTTP holds a sender to the length announced; reading at once is then bounded and much faster.
  if (announced <= maxBytes && !request.headers.has('transfer-encoding')) {
    share.take(announced)
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > maxBytes) throw tooLarge(maxBytes)
    return body
  }
  return await readStream(request.body, { maxBytes, share })
}

async function readStream(
  stream: AsyncIterable<Uint8Array> | null,
  { maxBytes, share }: Pick<BodyLimits, 'maxBytes' | 'share'>,
): Promise<Uint8Array> {
  if (!stream) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    share.take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

function isOverlong(thrown: unknown): boolean {
  return thrown instanceof RangeError && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'payload_too_large',
    `The body is larger than ${maxBytes} bytes; send smaller batches or raise XTRACE_MAX_REQUEST_BODY_BYTES`,
  )
}
