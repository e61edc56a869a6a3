/** Credentials that are missing, wrong or too weak (public-api contract §1.3, xtrace-native contract §1 and §2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_KEYS, TEST_TOKEN, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app?.close())

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const { publicKey, secretKey } = TEST_KEYS
const PAIR = basic(`${publicKey}:${secretKey}`)
const PUBLIC_KEY = `Bearer ${publicKey}`
const TOKEN = `Bearer ${TEST_TOKEN}`

interface Asked {
  readonly method: string
  readonly path: string
  readonly authorization?: string
}

async function ask({ method, path, authorization }: Asked): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }
  const body = method === 'GET' || method === 'HEAD' ? null : '{}'
  return await app.fetch(new Request(`http://127.0.0.1:8742${path}`, { method, headers, body }))
}

/** They need no credential; the URLs of media carry their right in themselves. */
const OPEN =
  /^(?:GET \/(?:healthz|readyz|metrics|openapi\.json|docs(?:\/x)?|api\/public\/(?:health|ready))|(?:GET|PUT) \/api\/public\/media\/x\/content)$/

/** Every described operation, its parameters filled in. */
async function describedRoutes(): Promise<readonly Asked[]> {
  const { paths } = Object(await app.get('/openapi.json'))
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'x'),
    })),
  )
}

const closedRoutes = async () => (await describedRoutes()).filter(({ method, path }) => !OPEN.test(`${method} ${path}`))

describe('every route', () => {
  test.each<[string, string | undefined]>([
    ['without a credential', undefined],
    ['with keys that nobody has', basic('pk-none:sk-none')],
    ['with an unknown scheme', 'Digest abc'],
  ])('answers 401 %s, and says so in its own family', async (_, authorization) => {
    const routes = await closedRoutes()
    expect(routes.length).toBeGreaterThan(30)
    const answers = await Promise.all(
      routes.map(async (route) => ({
        ...route,
        answer: await ask({ ...route, ...(authorization !== undefined && { authorization }) }),
      })),
    )
    const wrong = answers.filter(({ answer }) => answer.status !== 401)
    expect(wrong.map(({ method, path, answer }) => `${method} ${path}: ${answer.status}`)).toEqual([])
  })
})

const DEFAULT = ['GET', '/api/public/traces'] as const
const INGESTION = ['POST', '/api/public/ingestion'] as const
const OTLP = ['POST', '/api/public/otel/v1/traces'] as const
const NATIVE = ['POST', '/v1/l/batch'] as const
const PROJECTS = ['GET', '/api/public/projects'] as const
const STATS = ['GET', '/api/internal/rate_limit_stats'] as const

const missing = { message: 'No authorization header' }
const scheme = { message: 'Invalid authorization header' }
const credentials = { message: expect.stringMatching(/^Invalid credentials\./) }
const unknownKey = { message: expect.stringMatching(/^Invalid public key\./) }
const denied = { message: expect.stringMatching(/access denied|insufficient permissions/i) }
const named = (body: object) => ({ ...body, error: 'UnauthorizedError' })
const native = { message: 'Unauthorized', code: 'UNAUTHORIZED' }

describe('the answer to', () => {
  test.each<[string, readonly [method: string, path: string], string | undefined, [status: number, body: object]]>([
    ['nothing', DEFAULT, undefined, [401, missing]],
    ['nothing at all', DEFAULT, '', [401, scheme]],
    ['an unknown scheme', DEFAULT, 'Digest abc', [401, scheme]],
    ['a scheme in lower case', DEFAULT, PAIR.replace('Basic', 'basic'), [401, scheme]],
    ['two blanks', DEFAULT, PAIR.replace(' ', '  '), [401, scheme]],
    ['a pair without a colon', DEFAULT, basic('pk-test'), [401, scheme]],
    ['a pair without a secret', DEFAULT, basic('pk-test:'), [401, scheme]],
    ['what is no base64', DEFAULT, 'Basic %%%', [401, scheme]],
    ['a megabyte of secret', DEFAULT, basic(`pk:${'s'.repeat(10_000)}`), [401, scheme]],
    ['a wrong secret', DEFAULT, basic('pk-test:sk-wrong'), [401, credentials]],
    ['the secret key as public key', DEFAULT, basic(`${secretKey}:${publicKey}`), [401, credentials]],
    ['an unknown public key', DEFAULT, 'Bearer pk-none', [401, unknownKey]],
    ['the secret as bearer', DEFAULT, `Bearer ${secretKey}`, [401, unknownKey]],
    ['a public key alone', DEFAULT, PUBLIC_KEY, [403, denied]],
    ['nothing, in a batch', INGESTION, undefined, [401, named(missing)]],
    ['a wrong secret, in a batch', INGESTION, basic('pk-test:sk-wrong'), [401, named(credentials)]],
    ['an unknown public key, in a batch', INGESTION, 'Bearer pk-none', [401, named(unknownKey)]],
    ['nothing, with spans', OTLP, undefined, [401, missing]],
    ['a public key alone, with spans', OTLP, PUBLIC_KEY, [403, denied]],
    ['nothing, on a native route', NATIVE, undefined, [401, native]],
    ['a wrong secret, on a native route', NATIVE, basic('pk-test:sk-wrong'), [401, native]],
    ['nothing, reading metrics', ['GET', '/api/public/metrics/query'], undefined, [401, native]],
    ['a public key alone, on a native route', NATIVE, PUBLIC_KEY, [403, { ...denied, code: 'FORBIDDEN' }]],
    ['nothing, asking for projects', PROJECTS, undefined, [401, missing]],
    ['a public key alone, asking for projects', PROJECTS, PUBLIC_KEY, [403, denied]],
    ['nothing, asking for the limiter', STATS, undefined, [401, native]],
    ['a key pair, asking for the limiter', STATS, PAIR, [403, { ...denied, code: 'FORBIDDEN' }]],
  ])('%s', async (...[, [method, path], authorization, [status, body]]) => {
    const answer = await ask({ method, path, ...(authorization !== undefined && { authorization }) })
    expect([answer.status, await answer.json()]).toEqual([status, body])
  })
})

describe('what is enough', () => {
  test.each([
    ['the pair', PAIR, 'GET', '/api/public/traces', 200],
    ['the token', TOKEN, 'GET', '/api/public/traces', 200],
    ['the token', TOKEN, 'GET', '/api/public/projects', 200],
    ['the token', TOKEN, 'POST', '/v1/l/batch', 200],
    ['the token', TOKEN, 'POST', '/api/public/otel/v1/traces', 200],
    ['the token', TOKEN, 'GET', '/api/internal/rate_limit_stats', 200],
    ['nothing', undefined, 'GET', '/healthz', 200],
    ['nothing', undefined, 'GET', '/readyz', 200],
    ['nothing', undefined, 'GET', '/api/public/health', 200],
    ['nothing', undefined, 'HEAD', '/api/public/health', 200],
    ['nothing', undefined, 'GET', '/api/public/ready', 200],
  ])('%s (%#): %s %s', async (...[, authorization, method, path, status]) => {
    expect((await ask({ method, path, ...(authorization !== undefined && { authorization }) })).status).toBe(status)
  })

  test('a public key alone writes a score', async () => {
    const body = { id: 'by-public-key', traceId: 't', name: 'n', value: 1 }
    const answer = await app.send('POST', '/api/public/scores', { body, headers: { authorization: PUBLIC_KEY } })
    expect([answer.status, await answer.json()]).toEqual([200, { id: 'by-public-key' }])
  })

  test('row 80: a public key that does not belong to the secret is passed over', async () => {
    const authorization = basic(`pk-of-someone-else:${secretKey}`)
    expect((await ask({ method: 'GET', path: '/api/public/projects', authorization })).status).toBe(200)
  })
})
