import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { syncTree } from '#lib/sync-tree.ts'
import type { Engine } from '#store/engine.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestEngine } from '../../test/support/engine.ts'
import { takeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'

let work: string
let backup: string
let dataDir: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'xtrace-restore-'))
  backup = join(work, 'backup')
  const source = join(work, 'source')
  const { engine } = await openTestEngine({ path: join(source, 'store') })
  await (await openCatalog({ path: join(source, 'catalog.db'), logger: silentLogger })).close()
  for (const name of ['log', 'media']) await mkdir(join(source, name))
  await writeFile(join(source, 'media', 'picture'), 'bytes')
  const between = <T>(task: () => Promise<T>) => task()
  const running = { dataDir: source, version: '1.2.3', engine, logger: silentLogger, between }
  for await (const _ of takeBackup(running, { target: backup, withCredentials: false }));
  await engine.close()
})
afterAll(() => rm(work, { recursive: true, force: true }))

let turn = 0
beforeEach(async () => {
  dataDir = join(work, `restored-${turn++}`)
  await mkdir(dataDir)
})

const openStore = async (path: string): Promise<Engine> => (await openTestEngine({ path })).engine
const restore = (sync: (dir: string) => Promise<void>) =>
  restoreBackup({ backup, dataDir, ignored: new Set(), openStore, sync })

test('all is in its place and synced before what keeps the folder from being opened goes', async () => {
  const atSync: string[] = []
  await restore(async (dir) => {
    atSync.push(...(await readdir(dir)))
    expect((await stat(join(dir, 'restoring'))).isDirectory()).toBe(true)
    await syncTree(dir)
  })
  const names = await readdir(dataDir)
  expect(names).toEqual(expect.arrayContaining(['catalog.db', 'media', 'store']))
  expect(atSync.sort()).toEqual([...names, 'restoring'].sort())
})

test('what can not be synced is no restore: the folder is empty again', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  await expect(restore(() => Promise.reject(full))).rejects.toBe(full)
  expect(await readdir(dataDir)).toEqual([])
})
