/**
 * Tokens, keys and what people keep secret with us are in no line that the program writes: at debug level,
 * through calls of all kinds, refused and failing ones among them, and in no file in clear.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SERVER_KEYS, SERVER_TOKEN, type ServerProcess, serverProcess } from '../support/server-process.ts'

const ORGANIZATION = { publicKey: 'pk-lf-organization', secretKey: 'sk-lf-secret-of-the-organization' }
const SECRETS = {
  'secret key': SERVER_KEYS.secretKey,
  token: SERVER_TOKEN,
  'key of the organization': ORGANIZATION.secretKey,
  'password of the owner': 'hunter2-and-more-of-it',
  'wrong secret key': 'sk-wrong-but-nearly-right',
  'wrong token': 'token-wrong-but-nearly-right',
  'key of an LLM': 'sk-proj-key-of-an-llm-provider',
  'header of an LLM': 'header-value-of-an-llm-provider',
  'secret of a bucket': 'secret-access-key-of-a-bucket',
  'secret of a new pair': 'sk-lf-0123-chosen-by-a-caller',
}

const basic = (publicKey: string, secretKey: string) =>
  `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
const ofOrganization = { authorization: basic(ORGANIZATION.publicKey, ORGANIZATION.secretKey) }

let server: ServerProcess
let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xtrace-secrets-'))
  server = serverProcess({
    dataDir,
    env: {
      XTRACE_LOG_LEVEL: 'debug',
      XTRACE_MAX_REQUEST_BODY_BYTES: '100000',
      LANGFUSE_INIT_ORG_ID: 'default',
      LANGFUSE_INIT_ORG_PUBLIC_KEY: ORGANIZATION.publicKey,
      LANGFUSE_INIT_ORG_SECRET_KEY: ORGANIZATION.secretKey,
      LANGFUSE_INIT_USER_EMAIL: 'owner@example.org',
      LANGFUSE_INIT_USER_PASSWORD: SECRETS['password of the owner'],
    },
  })
  await server.start()
}, 90_000)
afterAll(async () => {
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
})

type Call = readonly [operation: string, content?: { body?: unknown; headers?: Record<string, string> }]

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const connection = {
  provider: 'p',
  adapter: 'openai',
  secretKey: SECRETS['key of an LLM'],
  extraHeaders: { 'x-key': SECRETS['header of an LLM'] },
}
const bucket = {
  projectId: 'default',
  type: 'S3',
  bucketName: 'bucket',
  region: 'eu-west-1',
  accessKeyId: 'id',
  secretAccessKey: SECRETS['secret of a bucket'],
  exportFrequency: 'daily',
  enabled: true,
  forcePathStyle: false,
  fileType: 'JSONL',
  exportMode: 'FULL_HISTORY',
}
const pair = { publicKey: 'pk-lf-chosen', secretKey: SECRETS['secret of a new pair'] }

const CALLS: readonly Call[] = [
  ['GET /api/public/projects'],
  ['GET /api/public/projects', bearer(SERVER_TOKEN)],
  ['GET /api/public/projects', bearer(SECRETS['wrong token'])],
  ['GET /api/public/projects', { headers: { authorization: basic('pk-process', SECRETS['wrong secret key']) } }],
  ['GET /api/public/projects', { headers: { authorization: basic('pk-another', SERVER_KEYS.secretKey) } }],
  ['GET /api/public/projects', { headers: { authorization: basic(SERVER_KEYS.secretKey, SERVER_KEYS.publicKey) } }],
  ['GET /api/public/projects', { headers: { authorization: SERVER_KEYS.secretKey } }],
  ['GET /metrics', bearer(SERVER_TOKEN)],
  ['POST /api/public/ingestion', { body: '{' }],
  ['POST /api/public/ingestion', { body: { batch: [{ id: 1 }] } }],
  ['POST /api/public/ingestion', { body: 'x'.repeat(200_000) }],
  ['POST /v1/traces', { body: '{"resourceSpans":1}' }],
  ['GET /api/public/traces?filter=nonsense'],
  ['GET /api/public/no/such/route'],
  ['DELETE /api/public/projects'],
  ['PUT /api/public/llm-connections', { body: connection }],
  ['PUT /api/public/llm-connections', { body: { ...connection, adapter: 'none' } }],
  ['PUT /api/public/llm-connections', { body: `${JSON.stringify(connection)}}` }],
  ['GET /api/public/llm-connections'],
  ['PUT /api/public/integrations/blob-storage', { body: bucket, headers: ofOrganization }],
  ['PUT /api/public/integrations/blob-storage', { body: { ...bucket, odd: 1 }, headers: ofOrganization }],
  ['POST /api/public/projects/default/apiKeys', { body: pair, headers: ofOrganization }],
  ['POST /api/public/projects/default/apiKeys', { body: pair, headers: ofOrganization }],
  ['POST /api/public/projects/default/apiKeys', { body: { ...pair, expiresAt: 'never' }, headers: ofOrganization }],
  [
    'POST /api/public/scim/Users',
    { body: { userName: 'a@example.org', password: SECRETS['password of the owner'] }, headers: ofOrganization },
  ],
  ['GET /api/public/organizations/apiKeys', { headers: ofOrganization }],
]

test('no secret is in what the program says or answers, nor in a file in clear', async () => {
  const answers: string[] = []
  for (const [operation, content] of CALLS) {
    const [method = '', path = ''] = operation.split(' ')
    const answer = await server.send(method, path, content)
    const text = await answer.text()
    // The pair is shown to who has just made it, once.
    if (answer.status !== 201 || !path.endsWith('/apiKeys')) answers.push(text)
  }
  expect(await server.stop()).toBe(0)
  const said = server.said()
  expect(said.match(/"level":"debug"/g)?.length).toBeGreaterThan(CALLS.length / 2)
  const leaks = Object.entries(SECRETS).flatMap(([name, secret]) => [
    ...(said.includes(secret) ? [`${name} is logged`] : []),
    ...(said.includes(Buffer.from(secret).toString('base64').slice(0, -3)) ? [`${name} is logged in base64`] : []),
    ...(answers.some((text) => text.includes(secret)) ? [`${name} is answered`] : []),
  ])
  expect(leaks).toEqual([])
  expect(await secretsInFiles()).toEqual([])
})

/** Configured credentials stay in the environment; what others trusted us with is sealed or hashed. */
async function secretsInFiles(): Promise<string[]> {
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name)
    const bytes = await readFile(path)
    for (const [name, secret] of Object.entries(SECRETS))
      if (bytes.includes(secret)) found.push(`${name} lies in ${path.slice(dataDir.length)}`)
  }
  return found
}
