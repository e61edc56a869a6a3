/** Media: row 79 of the matrix in langfuse-ingestion contract §9. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app?.close())

const BYTES = Buffer.from('an image, so to speak')
const LINK = {
  contentType: 'image/png',
  contentLength: BYTES.length,
  sha256Hash: createHash('sha256').update(BYTES).digest('base64'),
  traceId: 'row79',
  field: 'input',
}

async function announce(over: object = {}): Promise<{ mediaId: string; uploadUrl: string | null }> {
  const answer = await app.send('POST', '/api/public/media', { body: { ...LINK, ...over } })
  return JSON.parse(await answer.text())
}

async function put(uploadUrl: string | null, body: Uint8Array, contentType = 'image/png'): Promise<number> {
  const { pathname, search } = new URL(uploadUrl ?? '')
  return (await app.send('PUT', pathname + search, { body, headers: { 'content-type': contentType } })).status
}

const report = async (mediaId: string, uploadHttpStatus: number) => {
  const body = { uploadedAt: new Date().toISOString(), uploadHttpStatus, uploadHttpError: 'body' }
  return (await app.send('PATCH', `/api/public/media/${mediaId}`, { body })).status
}

const statusOf = async (mediaId: string) => (await app.send('GET', `/api/public/media/${mediaId}`)).status

test.each<[string, Uint8Array, string]>([
  ['length', BYTES.subarray(1), 'image/png'],
  ['bytes', Buffer.from(BYTES).reverse(), 'image/png'],
  ['type', BYTES, 'image/jpeg'],
])('row 79: wrong %s at PUT is refused, the failure noted, nothing served', async (_what, bytes, contentType) => {
  const { mediaId, uploadUrl } = await announce()
  expect(await put(uploadUrl, bytes, contentType)).toBe(403)
  expect(await report(mediaId, 403)).toBe(200)
  expect(await statusOf(mediaId)).toBe(404)
})

test('row 79: a retry succeeds, and the same bytes again need no upload', async () => {
  const { mediaId, uploadUrl } = await announce()
  expect(await put(uploadUrl, BYTES)).toBe(200)
  expect(await report(mediaId, 200)).toBe(200)
  expect(await statusOf(mediaId)).toBe(200)
  expect(await announce({ traceId: 'row79-other' })).toEqual({ mediaId, uploadUrl: null })
})
