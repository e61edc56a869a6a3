import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Catalog, openCatalog } from '#catalog/catalog.ts'
import { projectId } from '#domain/ids.ts'
import { openFileStore } from '#media/file-store.ts'
import type { MediaStore } from '#media/media-store.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createReleaseMedia } from './release-media.ts'

const PROJECT = projectId('p')
const BYTES = Buffer.from('a picture')
const CONTENT = {
  sha256: createHash('sha256').update(BYTES).digest('base64'),
  contentType: 'image/png',
  contentLength: BYTES.length,
}
const KEY = { projectId: PROJECT, sha256: CONTENT.sha256 }

let dir: string
let catalog: Catalog
let store: MediaStore
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-release-'))
  catalog = await openCatalog({ path: join(dir, 'catalog.db'), logger: silentLogger })
  store = await openFileStore(join(dir, 'media'))
  await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id: PROJECT, name: 'p' } })
})
afterEach(async () => {
  await catalog.close()
  await rm(dir, { recursive: true, force: true })
})

const announce = (traceId: string) => catalog.media.announce(PROJECT, CONTENT, { field: 'input', traceId })

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const send = () =>
  store.write(KEY, {
    bytes: once(BYTES),
    length: BYTES.length,
    note: () => catalog.media.markUploaded(PROJECT, CONTENT),
  })

test.each<[string, () => Promise<unknown>, boolean]>([
  ['go', async () => {}, false],
  ['go although they are announced anew: whoever did sends them', () => announce('another'), false],
  [
    'stay when they are announced and sent anew',
    async () => {
      await announce('another')
      await send()
    },
    true,
  ],
])('bytes that were forgotten %s', async (_name, meanwhile, isKept) => {
  await announce('going')
  await send()
  const media = {
    ...catalog.media,
    release: async (...place: Parameters<Catalog['media']['release']>) => {
      const forgotten = await catalog.media.release(...place)
      await meanwhile()
      return forgotten
    },
  }
  await createReleaseMedia({ media, store })(PROJECT, { traceIds: ['going'] })
  expect(await store.has(KEY)).toBe(isKept)
})
