import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { openFileStore } from './file-store.ts'
import type { MediaKey, MediaStore } from './media-store.ts'

let dir: string
let store: MediaStore
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-media-'))
  store = await openFileStore(dir)
})
afterEach(() => rm(dir, { recursive: true }))

const keyOf = (bytes: Uint8Array, project = 'p'): MediaKey => ({
  projectId: projectId(project),
  sha256: createHash('sha256').update(bytes).digest('base64'),
})

async function* inChunks(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

const note = async () => {}

const keep = (bytes: Uint8Array, project?: string) =>
  store.write(keyOf(bytes, project), { bytes: inChunks(bytes), length: bytes.length, note })

async function readAll(key: MediaKey, length: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of store.read(key, { start: 0, end: length - 1 })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const HELLO = Buffer.from('hello')

describe('file store', () => {
  test('gives back any bytes in any chunks', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1 }), async (chunks) => {
        const whole = Buffer.concat(chunks)
        const written = await store.write(keyOf(whole), { bytes: inChunks(...chunks), length: whole.length, note })
        expect(written).toBe('stored')
        expect((await readAll(keyOf(whole), whole.length)).equals(whole)).toBe(true)
      }),
      { numRuns: 25 },
    ))

  test.each(['../../etc', '..', 'a/b', 'ü'.repeat(300), ''])(
    'keeps the project %s inside the folder',
    async (project) => {
      expect(await keep(HELLO, project)).toBe('stored')
      expect((await readdir(dir)).filter((name) => name !== 'tmp')).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
      expect(await store.has(keyOf(HELLO, project))).toBe(true)
      expect(await store.has(keyOf(HELLO, 'other'))).toBe(false)
    },
  )

  test.each<[string, Uint8Array[], number]>([
    ['too few bytes', [HELLO], 6],
    ['too many bytes', [HELLO, HELLO], 5],
    ['other bytes', [Buffer.from('HELLO')], 5],
    ['none', [], 5],
  ])('keeps nothing of %s', async (_name, chunks, length) => {
    expect(await store.write(keyOf(HELLO), { bytes: inChunks(...chunks), length, note })).toBe('mismatch')
    expect(await store.has(keyOf(HELLO))).toBe(false)
    expect(await readdir(dir, { recursive: true })).toEqual(['tmp'])
  })

  test('reads no more of an endless body than was announced', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given++
        yield Buffer.alloc(1000)
      }
    }
    expect(await store.write(keyOf(HELLO), { bytes: endless(), length: 5000, note })).toBe('mismatch')
    expect(given).toBe(6)
  })

  test('keeps nothing of a body that breaks off, and says why', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield HELLO
      throw new Error('client left')
    }
    await expect(store.write(keyOf(HELLO), { bytes: broken(), length: 10, note })).rejects.toThrow('client left')
    expect(await readdir(dir, { recursive: true })).toEqual(['tmp'])
  })

  test.each([
    ['that nothing uses', false],
    ['but not those that are used', true],
  ])('removes bytes %s', async (_name, isUsed) => {
    await keep(HELLO)
    await store.remove(keyOf(HELLO), async () => isUsed)
    expect(await store.has(keyOf(HELLO))).toBe(isUsed)
    await store.remove(keyOf(Buffer.from('never there')), async () => isUsed)
  })

  test('asks whether bytes are used only once a write of the same bytes is noted', async () => {
    const seen: string[] = []
    let removing = Promise.resolve()
    const isUsed = async () => {
      seen.push('asked')
      return seen.includes('noted')
    }
    const written = await store.write(keyOf(HELLO), {
      bytes: inChunks(HELLO),
      length: HELLO.length,
      note: async () => {
        removing = store.remove(keyOf(HELLO), isUsed)
        await store.remove(keyOf(Buffer.from('other bytes')), async () => false)
        seen.push('noted')
      },
    })
    await removing
    expect([written, seen, await store.has(keyOf(HELLO))]).toEqual(['stored', ['noted', 'asked'], true])
  })

  test('puts bytes in place only once a removal of the same bytes is done', async () => {
    await keep(HELLO)
    let written: Promise<unknown> = Promise.resolve()
    await store.remove(keyOf(HELLO), async () => {
      written = keep(HELLO)
      await store.remove(keyOf(Buffer.from('other bytes')), async () => false)
      return false
    })
    expect(await written).toBe('stored')
    expect(await store.has(keyOf(HELLO))).toBe(true)
  })

  test('says why a write could not be noted', async () => {
    const unnoted = () => Promise.reject(new Error('no such project'))
    const incoming = { bytes: inChunks(HELLO), length: HELLO.length, note: unnoted }
    await expect(store.write(keyOf(HELLO), incoming)).rejects.toThrow('no such project')
    expect(await keep(HELLO)).toBe('stored')
  })

  test('removes on opening what a crash left half written', async () => {
    await keep(HELLO)
    await writeFile(join(dir, 'tmp', 'half'), 'hel')
    store = await openFileStore(dir)
    expect(await readdir(join(dir, 'tmp'))).toEqual([])
    expect((await readAll(keyOf(HELLO), 5)).toString()).toBe('hello')
  })

  test('closes a file that is not read to its end', async () => {
    const large = Buffer.alloc(1_000_000, 7)
    await keep(large)
    const stream = store.read(keyOf(large), { start: 0, end: large.length - 1 })
    const reader = stream.getReader()
    expect((await reader.read()).value?.length).toBeGreaterThan(0)
    await reader.cancel()
  })

  test('files are for their owner alone', async () => {
    await keep(HELLO)
    const [path = ''] = (await readdir(dir, { recursive: true })).filter((name) => name.length > 64)
    expect((await stat(join(dir, path))).mode & 0o777).toBe(0o600)
  })
})
