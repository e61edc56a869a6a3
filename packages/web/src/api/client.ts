/** The only `fetch` of the interface: every request goes to our own server and every answer through a schema. */
import { z } from 'zod'
import { ApiError } from './api-error.ts'
import { noteBehind } from './behind.ts'
import { csrfToken, untilSignedIn } from './credentials.ts'
import { takeEarly } from './early.ts'
import { type QueryValues, withQuery } from './paths.ts'

export interface CallOptions<T> {
  /** What the answer must be. */
  readonly answer: z.ZodType<T>
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: QueryValues
  /** Goes as JSON. */
  readonly body?: unknown
  /** JSON text instead of `body`, for what a number would not hold. */
  readonly bodyText?: string
  readonly signal?: AbortSignal | undefined
  /** True where a 401 is an answer and not a session that has run out. */
  readonly isSignIn?: boolean
}

/**
 * Calls the server. A session that has run out asks to sign in over the page, and the call is made again.
 * @throws ApiError for any failure; `AbortError` when the signal says so
 */
export async function call<T>(path: string, options: CallOptions<T>): Promise<T> {
  const response = await send(path, options)
  if (response.status === 401 && !options.isSignIn) {
    await untilSignedIn()
    return await call(path, options)
  }
  if (!response.ok) throw await failureOf(response)
  return await parsed(response, options.answer)
}

/** The body as it comes, for streams and downloads. @throws as `call` */
export async function callForBody(path: string, options: Omit<CallOptions<never>, 'answer'>): Promise<Response> {
  const response = await send(path, options)
  if (!response.ok) throw await failureOf(response)
  return response
}

async function send(path: string, options: Omit<CallOptions<never>, 'answer'>): Promise<Response> {
  const { method = 'GET', body, signal = null } = options
  const text = options.bodyText ?? (body === undefined ? undefined : JSON.stringify(body))
  const headers = {
    accept: 'application/json',
    ...(method !== 'GET' && { 'x-xtrace-csrf': csrfToken.get() }),
    ...(text !== undefined && { 'content-type': 'application/json' }),
  }
  try {
    const url = withQuery(path, options.query)
    const early = method === 'GET' ? takeEarly(url) : undefined
    const response = await (early ?? fetch(url, { method, headers, signal, ...(text !== undefined && { body: text }) }))
    noteBehind(response.headers)
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError('The server does not answer; check the connection.', {
      status: 0,
      code: 'OFFLINE',
      requestId: undefined,
      retryAfter: undefined,
    })
  }
}

async function parsed<T>(response: Response, answer: z.ZodType<T>): Promise<T> {
  const result = answer.safeParse(await response.json())
  if (result.success) return result.data
  throw new ApiError(`The answer is not what this page expects (${z.prettifyError(result.error)}); reload it.`, {
    ...placeOf(response),
    code: 'UNEXPECTED_ANSWER',
  })
}

const Failure = z.object({ message: z.string(), code: z.string() }).catch({ message: '', code: '' })

async function failureOf(response: Response): Promise<ApiError> {
  const { message, code } = Failure.parse(await response.json().catch(() => undefined))
  return new ApiError(message || `The server answered ${response.status}.`, {
    ...placeOf(response),
    code: code || String(response.status),
  })
}

function placeOf({ status, headers }: Response): Pick<ApiError, 'status' | 'requestId' | 'retryAfter'> {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  return {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  }
}
