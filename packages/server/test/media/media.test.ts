/** Media over HTTP, in one process: announced, sent, reported, read back (public-api contract §16). */
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { projectId } from '#domain/ids.ts'
import { createMediaLinks, type MediaLinks } from '#media/media-links.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { readDescription } from '../support/openapi.ts'

let app: TestApp
const description = readDescription()

beforeAll(async () => {
  app = await openTestApp()
}, 60_000)
afterAll(() => app?.close())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await app.send(method, path, { body })
  return { status: answer.status, body: await answer.json() }
}

interface Announced {
  readonly mediaId: string
  readonly uploadUrl: string | null
}

/** An announcement that is right unless `over` makes it wrong. */
const announcement = (bytes: Uint8Array, over: object = {}) => ({
  contentType: 'image/png',
  contentLength: bytes.length,
  sha256Hash: sha256(bytes),
  field: 'input',
  traceId: 'a-trace-that-may-come-later',
  observationId: null,
  ...over,
})

async function announce(bytes: Uint8Array, over: object = {}): Promise<Announced> {
  const answer = await app.send('POST', '/api/public/media', { body: announcement(bytes, over) })
  expect(answer.status).toBe(201)
  return JSON.parse(await answer.text())
}

/** Sends bytes as SDKs do: to the link alone, without credentials. */
async function put(url: string | null, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  const { pathname, search } = new URL(url ?? '')
  const own = { authorization: '', 'content-type': 'image/png', 'x-ms-blob-type': 'BlockBlob', ...headers }
  return await app.send('PUT', pathname + search, { body: bytes, headers: own })
}

async function report(mediaId: string, uploadHttpStatus: number, uploadHttpError: string | null = null) {
  const body = { uploadedAt: '2026-01-02T03:04:05.678Z', uploadHttpStatus, uploadHttpError, uploadTimeMs: 12 }
  return await call('PATCH', `/api/public/media/${mediaId}`, body)
}

async function upload(bytes: Uint8Array, contentType = 'image/png'): Promise<string> {
  const { mediaId, uploadUrl } = await announce(bytes, { contentType })
  if (uploadUrl === null) return mediaId
  expect((await put(uploadUrl, bytes, { 'content-type': contentType })).status).toBe(200)
  expect((await report(mediaId, 200)).status).toBe(200)
  return mediaId
}

async function linkOf(mediaId: string): Promise<string> {
  const { body } = await call('GET', `/api/public/media/${mediaId}`)
  const { pathname, search } = new URL(Object(body).url)
  return pathname + search
}

/** What signs the links of this app. */
async function linksOfApp(): Promise<MediaLinks> {
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  const links = createMediaLinks(catalog.mediaLinkKey)
  await catalog.close()
  return links
}

const download = (path: string, headers: Record<string, string> = {}) =>
  app.send('GET', path, { headers: { authorization: '', ...headers } })

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('the way of an asset', () => {
  test('announced, sent, reported, and read back byte for byte without credentials', async () => {
    const bytes = randomBytes(3_000_000)
    const answer = await call('POST', '/api/public/media', announcement(bytes))
    expect(answer).toEqual({
      status: 201,
      body: {
        mediaId: sha256(bytes).slice(0, 22).replaceAll('+', '-').replaceAll('/', '_'),
        uploadUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:8742\/api\/public\/media\//),
      },
    })
    expect(description.validator('POST', '/api/public/media')(answer.body)).toBe(true)
    const { mediaId, uploadUrl } = await announce(bytes)
    expect((await put(uploadUrl, bytes, { 'x-amz-checksum-sha256': sha256(bytes) })).status).toBe(200)
    expect(await report(mediaId, 200, 'whatever the store answered')).toEqual({ status: 200, body: { message: 'OK' } })

    const found = await call('GET', `/api/public/media/${mediaId}`)
    expect(description.validator('GET', '/api/public/media/{mediaId}')(found.body)).toBe(true)
    expect(found.body).toMatchObject({
      mediaId,
      contentType: 'image/png',
      contentLength: bytes.length,
      uploadedAt: '2026-01-02T03:04:05.678Z',
    })
    const got = await download(await linkOf(mediaId))
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename="${mediaId}"`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    expect((await bytesOf(got)).equals(bytes)).toBe(true)
  })

  test('the same bytes again need no upload, under any place; under another type they do', async () => {
    const bytes = randomBytes(100)
    const mediaId = await upload(bytes)
    expect(await announce(bytes)).toEqual({ mediaId, uploadUrl: null })
    const item = { traceId: null, datasetId: 'd', datasetItemId: 'not-there-yet', field: 'expectedOutput' }
    expect(await announce(bytes, item)).toEqual({ mediaId, uploadUrl: null })
    const retyped = await announce(bytes, { contentType: 'image/webp' })
    expect(retyped).toEqual({ mediaId, uploadUrl: expect.any(String) })
    expect(await app.get(`/api/public/media/${mediaId}`)).toMatchObject({ contentType: 'image/png' })
    expect((await put(retyped.uploadUrl, bytes, { 'content-type': 'image/webp' })).status).toBe(200)
    expect(await app.get(`/api/public/media/${mediaId}`)).toMatchObject({ contentType: 'image/webp' })
  })

  test('a client that never reports is believed by its bytes', async () => {
    const bytes = randomBytes(100)
    const { mediaId, uploadUrl } = await announce(bytes)
    await put(uploadUrl, bytes)
    expect((await call('GET', `/api/public/media/${mediaId}`)).status).toBe(200)
    expect((await announce(bytes)).uploadUrl).toBeNull()
  })

  test('a report alone is not', async () => {
    const { mediaId } = await announce(randomBytes(100))
    await report(mediaId, 200)
    expect(await call('GET', `/api/public/media/${mediaId}`)).toEqual({
      status: 404,
      body: { message: 'Media not yet uploaded', error: 'LangfuseNotFoundError' },
    })
  })

  test('what is here stays here over a restart, links included', async () => {
    const bytes = randomBytes(1000)
    const path = await linkOf(await upload(bytes))
    await app.restart()
    expect((await bytesOf(await download(path))).equals(bytes)).toBe(true)
  })

  test('many uploads of the same bytes at once end as one asset', async () => {
    const bytes = randomBytes(200_000)
    const links = await Promise.all(Array.from({ length: 8 }, () => announce(bytes)))
    const answers = await Promise.all(links.map(({ uploadUrl }) => put(uploadUrl, bytes)))
    expect(answers.map(({ status }) => status)).toEqual(links.map(() => 200))
    const [link] = links
    expect((await bytesOf(await download(await linkOf(link?.mediaId ?? '')))).equals(bytes)).toBe(true)
    expect(await readdir(join(app.dataDir, 'media', 'tmp'))).toEqual([])
  })
})

describe('an upload is refused with 403 and nothing kept', () => {
  const bytes = Buffer.from('these are the bytes that were announced')
  const changed = Buffer.from(bytes)
  changed.write('T')

  const refused: [string, (url: string) => Promise<Response>][] = [
    ['fewer bytes', (url) => put(url, bytes.subarray(1))],
    ['more bytes', (url) => put(url, Buffer.concat([bytes, bytes]))],
    ['other bytes', (url) => put(url, changed)],
    ['another type', (url) => put(url, bytes, { 'content-type': 'text/html' })],
    ['another length', (url) => put(url, bytes, { 'content-length': '7' })],
    ['another checksum', (url) => put(url, bytes, { 'x-amz-checksum-sha256': sha256(changed) })],
    ['a longer life', (url) => put(url.replace(/expires=\d/, 'expires=9'), bytes)],
    ['another length in the link', (url) => put(url.replace(/length=\d+/, 'length=1'), bytes)],
    ['another project in the link', (url) => put(url.replace('project=default', 'project=other'), bytes)],
    ['another asset in the path', (url) => put(url.replace(/media\/./, 'media/-'), bytes)],
    ['no signature of ours', (url) => put(url.replace(/signature=./, 'signature=-'), bytes)],
  ]
  test.each(refused)('%s', async (_name, send) => {
    const { mediaId, uploadUrl } = await announce(bytes)
    const answer = await send(uploadUrl ?? '')
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { message: expect.any(String), error: 'ForbiddenError' },
    ])
    expect((await call('GET', `/api/public/media/${mediaId}`)).status).toBe(404)
  })

  test('an hour later', async () => {
    const links = await linksOfApp()
    const expires = Date.now() - 1
    const signature = links.signUpload({
      projectId: projectId('default'),
      sha256: sha256(bytes),
      contentType: 'image/png',
      contentLength: bytes.length,
      expires,
    })
    const { uploadUrl } = await announce(bytes)
    const late = new URL(uploadUrl ?? '')
    late.searchParams.set('expires', String(expires))
    late.searchParams.set('signature', signature)
    const answer = await put(late.href, bytes)
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { message: 'The link has expired; ask for a new one', error: 'ForbiddenError' },
    ])
  })

  test('then the failure is reported and shown, and the right bytes are taken', async () => {
    const { mediaId, uploadUrl } = await announce(bytes)
    expect((await report(mediaId, 403, 'forbidden')).status).toBe(200)
    expect(await call('GET', `/api/public/media/${mediaId}`)).toEqual({
      status: 404,
      body: { message: 'Media upload failed with status 403: forbidden', error: 'LangfuseNotFoundError' },
    })
    expect((await put(uploadUrl, bytes)).status).toBe(200)
    expect((await call('GET', `/api/public/media/${mediaId}`)).status).toBe(200)
  })
})

describe('announcements that are wrong', () => {
  const bytes = Buffer.from('x')
  test.each<[string, object, string]>([
    ['a type that is not listed', { contentType: 'application/x-sh' }, 'contentType'],
    ['nothing to send', { contentLength: 0 }, 'contentLength'],
    ['too much to send', { contentLength: 65 * 1024 * 1024 }, 'contentLength'],
    ['a hash in hex', { sha256Hash: 'ab'.repeat(32) }, 'sha256Hash'],
    ['a field of dataset items', { field: 'expectedOutput' }, 'field'],
    ['another field', { field: 'name' }, 'field'],
    ['no place', { traceId: null }, 'traceId'],
    ['an observation without a trace', { traceId: null, observationId: 'o' }, 'traceId'],
    ['two places', { datasetId: 'd', datasetItemId: 'i' }, 'traceId'],
    ['half a dataset item', { traceId: null, datasetId: 'd' }, 'datasetItemId'],
    ['the other half', { traceId: null, datasetItemId: 'i' }, 'datasetId'],
  ])('%s', async (_name, over, field) => {
    const answer = await call('POST', '/api/public/media', announcement(bytes, over))
    expect(answer).toEqual({
      status: 400,
      body: { message: 'Invalid request data', error: [expect.objectContaining({ path: [field] })] },
    })
  })

  test('a hash that shares its first 22 characters with other bytes that are here', async () => {
    const own = randomBytes(50)
    await upload(own)
    const twin = `${sha256(own).slice(0, 22)}${'A'.repeat(21)}=`
    expect((await call('POST', '/api/public/media', announcement(own, { sha256Hash: twin }))).status).toBe(400)
  })
})

describe('what is not there', () => {
  const unknown = { status: 404, body: { message: 'Media asset not found', error: 'LangfuseNotFoundError' } }
  test('an unknown id', async () => {
    expect(await call('GET', '/api/public/media/nope')).toEqual(unknown)
    expect(await report('nope', 200)).toEqual(unknown)
  })
  test('a report that says nothing', async () => {
    expect((await call('PATCH', '/api/public/media/nope', {})).status).toBe(400)
  })
})

describe('a download', () => {
  const bytes = Buffer.from('0123456789')
  test.each<[string, string | undefined, number, string]>([
    ['all', undefined, 200, '0123456789'],
    ['a range', 'bytes=2-4', 206, '234'],
    ['the end', 'bytes=7-', 206, '789'],
    ['the last bytes', 'bytes=-2', 206, '89'],
    ['nothing beyond the end', 'bytes=10-', 416, expect.stringContaining('outside the 10 bytes')],
    ['several ranges', 'bytes=0-1,3-4', 200, '0123456789'],
  ])('gives %s', async (...[, range, status, text]) => {
    const path = await linkOf(await upload(bytes))
    const answer = await download(path, range === undefined ? {} : { range })
    expect([answer.status, await answer.text()]).toEqual([status, text])
  })

  test('of what a browser would run is an attachment', async () => {
    const mediaId = await upload(Buffer.from('<script>alert(1)</script>'), 'text/html')
    const { headers } = await download(await linkOf(mediaId))
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${mediaId}"`)
  })

  test.each([
    ['a signature of ours', (path: string) => path.replace(/signature=./, 'signature=-')],
    ['the same asset', (path: string) => path.replace(/media\/./, 'media/-')],
    ['the same project', (path: string) => path.replace('project=default', 'project=other')],
  ])('needs %s', async (_name, change) => {
    const path = await linkOf(await upload(bytes))
    expect((await download(change(path))).status).toBe(403)
  })
})

describe('what is deleted takes along the media that nothing else uses', () => {
  const isKept = async (mediaId: string) => (await app.send('GET', `/api/public/media/${mediaId}`)).status === 200
  const fileCount = async () => {
    const entries = await readdir(join(app.dataDir, 'media'), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  }
  const uploadFor = async (bytes: Uint8Array, place: object) => {
    const { mediaId, uploadUrl } = await announce(bytes, place)
    await put(uploadUrl, bytes)
    expect(await isKept(mediaId)).toBe(true)
    return mediaId
  }

  test('a trace', async () => {
    const before = await fileCount()
    const sharedBytes = randomBytes(9)
    const own = await uploadFor(randomBytes(9), { traceId: 'going' })
    const shared = await uploadFor(sharedBytes, { traceId: 'going' })
    await announce(sharedBytes, { traceId: 'staying' })
    expect((await app.send('DELETE', '/api/public/traces/going')).status).toBe(200)
    expect([await isKept(own), await isKept(shared)]).toEqual([false, true])
    const body = { traceIds: ['other', 'staying'] }
    expect((await app.send('DELETE', '/api/public/traces', { body })).status).toBe(200)
    expect([await isKept(own), await isKept(shared)]).toEqual([false, false])
    expect(await fileCount()).toBe(before)
  })

  test('but not those that a dataset item names', async () => {
    const mediaId = await uploadFor(randomBytes(9), { traceId: 'copied' })
    await call('POST', '/api/public/v2/datasets', { name: 'keeps' })
    const input = `@@@langfuseMedia:type=image/png|id=${mediaId}|source=bytes@@@`
    expect((await call('POST', '/api/public/dataset-items', { datasetName: 'keeps', input })).status).toBe(200)
    await app.send('DELETE', '/api/public/traces/copied')
    expect(await isKept(mediaId)).toBe(true)
  })

  test('a dataset item', async () => {
    await call('POST', '/api/public/v2/datasets', { name: 'items' })
    const { body } = await call('POST', '/api/public/dataset-items', { datasetName: 'items', input: 1 })
    const { id: datasetItemId, datasetId } = Object(body)
    const mediaId = await uploadFor(randomBytes(9), { traceId: null, datasetId, datasetItemId })
    expect((await app.send('DELETE', `/api/public/dataset-items/${datasetItemId}`)).status).toBe(200)
    expect(await isKept(mediaId)).toBe(false)
  })
})

test.each([
  ['a proxy', { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'traces.example.org' }, 'https://traces.example.org'],
  ['two proxies', { 'x-forwarded-proto': 'https, http' }, 'https://127.0.0.1:8742'],
  ['nonsense of a proxy', { 'x-forwarded-host': 'a b', 'x-forwarded-proto': 'gopher' }, 'http://127.0.0.1:8742'],
])('links lead through %s', async (_name, headers, origin) => {
  const body = announcement(randomBytes(9))
  const answer = await app.send('POST', '/api/public/media', { body, headers })
  expect(new URL(Object(await answer.json()).uploadUrl).origin).toBe(origin)
})
