/** Pictures in the web interface: the project's own media, and the other hosts that it lists. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'

const PROJECT = '/api/ui/projects/default'
const BYTES = Buffer.from('not really a picture')

let app: TestApp
let session: BrowserSession
let webDir: string
let mediaId: string

beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'xtrace-web-'))
  await writeFile(join(webDir, 'index.html'), '<html>')
  app = await openTestApp({ webDir })
  session = await signIn(app, { token: TEST_TOKEN })
  mediaId = await upload()
})
afterAll(async () => {
  await app?.close()
  await rm(webDir, { recursive: true, force: true })
})

async function upload(): Promise<string> {
  const sha256Hash = createHash('sha256').update(BYTES).digest('base64')
  const content = { contentType: 'image/png', contentLength: BYTES.length, sha256Hash, field: 'input', traceId: 't' }
  const announced = await app.send('POST', '/api/public/media', { body: content })
  const { mediaId: id, uploadUrl } = z
    .object({ mediaId: z.string(), uploadUrl: z.string() })
    .parse(await announced.json())
  const { pathname, search } = new URL(uploadUrl)
  const headers = { authorization: '', 'content-type': 'image/png', 'x-amz-checksum-sha256': sha256Hash }
  expect((await app.send('PUT', pathname + search, { body: BYTES, headers })).status).toBe(200)
  return id
}

test('the bytes of media come from this server, to members alone', async () => {
  const answer = await session.send('GET', `${PROJECT}/media/${mediaId}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES)
  expect((await app.send('GET', `${PROJECT}/media/${mediaId}`, { headers: { authorization: '' } })).status).toBe(401)
  expect((await session.send('GET', `${PROJECT}/media/none`)).status).toBe(404)
})

async function policy(cookie: string): Promise<string> {
  const page = await app.fetch(new Request('http://127.0.0.1:8742/p/default/traces', { headers: { cookie } }))
  return page.headers.get('content-security-policy') ?? ''
}

test('hosts that the project lists are in the policy of its members’ pages', async () => {
  const hosts = ['images.example.org', ' CDN.example.org:8443 ', 'images.example.org']
  expect((await session.send('PUT', `${PROJECT}/image-hosts`, { body: { hosts } })).status).toBe(200)
  const listed = ['images.example.org', 'cdn.example.org:8443']
  expect(await session.get('/api/ui/session')).toMatchObject({ projects: [{ imageHosts: listed }] })
  expect(await policy(session.cookie)).toContain(
    "img-src 'self' data: blob: https://images.example.org https://cdn.example.org:8443;",
  )
  expect(await policy('')).toContain("img-src 'self' data: blob:;")
})

test.each(['*', 'a b', "x.org; script-src 'unsafe-inline'", 'https://x.org', 'x.org/path', ''])(
  'refuses the host %j',
  async (host) => {
    expect((await session.send('PUT', `${PROJECT}/image-hosts`, { body: { hosts: [host] } })).status).toBe(400)
  },
)
