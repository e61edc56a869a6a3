import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { type Catalog, openCatalog } from './catalog.ts'
import { copySqlite } from './sqlite.ts'

let folder = ''
let path = ''
const open = (): Promise<Catalog> => openCatalog({ path, logger: silentLogger })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xtrace-catalog-'))
  path = join(folder, 'catalog.db')
})
afterEach(() => rm(folder, { recursive: true }))

/** A catalogue with many keys, closed. */
async function filledCatalog(): Promise<void> {
  const catalog = await open()
  await catalog.projects.ensure({ organization: { id: 'o', name: 'O' }, project: { id: 'p', name: 'P' } })
  for (let n = 0; n < 200; n++) {
    await catalog.keys.create(projectId('p'), {
      publicKey: `pk-lf-${n}`,
      secretKey: `sk-lf-${n}`,
      note: 'x'.repeat(200),
    })
  }
  await catalog.close()
}

function change(sql: string): void {
  const database = new Libsql(path)
  database.exec(sql)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

describe('catalogue file', () => {
  test('keeps what was written, secrets included, and is for its owner alone', async () => {
    await filledCatalog()
    const again = await open()
    expect(await again.keys.findBySecret('sk-lf-7')).toMatchObject({ publicKey: 'pk-lf-7', projectId: 'p' })
    await again.close()
    for (const file of await readdir(folder)) {
      // The journal goes when libsql lets go of its last statement, which may be now.
      const found = await stat(join(folder, file)).catch(() => undefined)
      if (found || file === 'catalog.db') expect([file, found && found.mode & 0o777]).toEqual([file, 0o600])
    }
  })

  test('holds no secret', async () => {
    const catalog = await open()
    await catalog.projects.ensure({ organization: { id: 'o', name: 'O' }, project: { id: 'p', name: 'P' } })
    await catalog.keys.create(projectId('p'), { publicKey: 'pk-x', secretKey: 'sk-lf-very-secret-indeed-0123456789' })
    await catalog.close()
    expect((await readFile(path)).includes('very-secret-indeed')).toBe(false)
  })

  test('is whole without its journal once it is closed', async () => {
    await filledCatalog()
    await rm(`${path}-wal`, { force: true })
    await rm(`${path}-shm`, { force: true })
    const again = await open()
    expect(await again.keys.list(projectId('p'))).toHaveLength(200)
    await again.close()
  })

  test('a crash while the file was made leaves nothing in the way', async () => {
    await writeFile(`${path}.new`, 'half')
    await (await open()).close()
    expect(await readdir(folder)).not.toContain('catalog.db.new')
  })

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['empty', () => writeFile(path, ''), /is empty/],
    ['no database', () => writeFile(path, 'hello '.repeat(1_000)), /is damaged/],
    ['truncated', () => filledCatalog().then(() => truncate(path, 20_480)), /is damaged/],
    ['overwritten in the middle', () => filledCatalog().then(() => overwrite(8_192, 40_960)), /is damaged/],
    ["another program's", async () => change('CREATE TABLE a (b)'), /is not a catalogue of xtrace/],
    [
      'of a newer xtrace',
      async () => {
        await filledCatalog()
        change(`INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')`)
      },
      /was written by a newer xtrace \(it has step 9999-later/,
    ],
  ])('a file that is %s is refused and left as it is', async (...[, prepare, message]) => {
    await prepare()
    const before = await readFile(path)
    await expect(open()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(message) })
    expect((await readFile(path)).equals(before)).toBe(true)
  })
})

describe('a copy', () => {
  const to = () => `${path}.copy`

  test('is whole, for its user alone, and made while the program goes on', async () => {
    await filledCatalog()
    let turns = 0
    let isOver = false
    const turn = () => {
      turns++
      if (!isOver) setImmediate(turn)
    }
    turn()
    await copySqlite(path, to())
    isOver = true
    // By the time a thread has begun, the loop has turned many thousand times; around one call that holds it, some hundred.
    expect(turns).toBeGreaterThan(3000)
    expect((await stat(to())).mode & 0o777).toBe(0o600)
    const copy = await openCatalog({ path: to(), logger: silentLogger })
    expect(await copy.projects.list()).not.toEqual([])
    await copy.close()
  })

  test.each<[string, () => Promise<void>, RegExp]>([
    ['is not there', async () => {}, /is not there or is empty/],
    ['is overwritten in the middle', () => filledCatalog().then(() => overwrite(8_192, 40_960)), /is damaged/],
    ["is another program's", async () => change('CREATE TABLE a (b)'), /is not a catalogue of xtrace/],
    ['can not go where it should', () => filledCatalog().then(() => writeFile(to(), 'taken')), /can not be copied/],
  ])('of a file that %s is refused', async (...[, prepare, message]) => {
    await prepare()
    await expect(copySqlite(path, to())).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(message),
    })
  })
})

async function overwrite(from: number, to: number): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0xaa, from, to))
}
