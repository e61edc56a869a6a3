import { expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { createMediaLinks, type UploadGrant } from './media-links.ts'

const links = createMediaLinks(Buffer.alloc(32, 1))
const upload: UploadGrant = {
  projectId: projectId('p'),
  sha256: 's',
  contentType: 'image/png',
  contentLength: 7,
  expires: 100,
}
const download = { projectId: projectId('p'), mediaId: 'm', expires: 100 }

test.each<[string, UploadGrant]>([
  ['project', { ...upload, projectId: projectId('q') }],
  ['bytes', { ...upload, sha256: 't' }],
  ['type', { ...upload, contentType: 'image/gif' }],
  ['length', { ...upload, contentLength: 8 }],
  ['end', { ...upload, expires: 101 }],
  ['length that is none', { ...upload, contentLength: Number.NaN }],
])('an upload under another %s is not what was signed', (_name, other) => {
  const signature = links.signUpload(upload)
  expect(links.isUpload(upload, signature)).toBe(true)
  expect(links.isUpload(other, signature)).toBe(false)
})

test.each([
  ['project', { ...download, projectId: projectId('q') }],
  ['asset', { ...download, mediaId: 'n' }],
  ['end', { ...download, expires: 101 }],
])('a download under another %s is not what was signed', (_name, other) => {
  const signature = links.signDownload(download)
  expect(links.isDownload(download, signature)).toBe(true)
  expect(links.isDownload(other, signature)).toBe(false)
})

test.each(['', 'é', 'x'.repeat(43)])('"%s" is no signature', (signature) => {
  expect(links.isUpload(upload, signature)).toBe(false)
  expect(links.isDownload(download, signature)).toBe(false)
})

test('another installation signs otherwise', () => {
  expect(createMediaLinks(Buffer.alloc(32, 2)).isUpload(upload, links.signUpload(upload))).toBe(false)
})
