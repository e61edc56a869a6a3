/** Somebody signed in to the web interface, in-process: keeps the cookie and sends what the page would send. */
import { SessionInfoDto } from '@xtrace/contract'
import type { TestApp } from './app.ts'

export interface BrowserSession {
  /** A request of our own page; a body goes as JSON. `headers` come last. */
  send(method: string, path: string, content?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>
  /** As `send` with GET; the parsed body of a 200. */
  get(path: string): Promise<unknown>
  readonly cookie: string
  readonly csrfToken: string
}

const ORIGIN = 'http://127.0.0.1:8742'

/** Signs in. @throws Error when that is refused */
export async function signIn(app: Pick<TestApp, 'fetch'>, credentials: object): Promise<BrowserSession> {
  const answer = await post(app, credentials)
  if (answer.status !== 200) throw new Error(`Sign-in: ${answer.status} ${await answer.text()}`)
  const { csrfToken } = SessionInfoDto.parse(await answer.json())
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const send: BrowserSession['send'] = async (method, path, { body, headers } = {}) =>
    await app.fetch(
      new Request(`${ORIGIN}${path}`, {
        method,
        headers: {
          cookie,
          'sec-fetch-site': 'same-origin',
          ...(method !== 'GET' && { 'x-xtrace-csrf': csrfToken, 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  return {
    send,
    cookie,
    csrfToken,
    async get(path) {
      const reply = await send('GET', path)
      if (reply.status !== 200) throw new Error(`GET ${path}: ${reply.status} ${await reply.text()}`)
      return await reply.json()
    },
  }
}

/** The request of the sign-in page. */
export async function post(app: Pick<TestApp, 'fetch'>, body: object, headers: Record<string, string> = {}) {
  return await app.fetch(
    new Request(`${ORIGIN}/api/ui/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
      body: JSON.stringify(body),
    }),
  )
}
