import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { syncTree } from './sync-tree.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xtrace-sync-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('goes through files and folders, empty ones too, and leaves them as they are', async () => {
  await mkdir(join(dir, 'a', 'empty'), { recursive: true })
  await writeFile(join(dir, 'a', 'deep'), 'bytes', { mode: 0o600 })
  await writeFile(join(dir, 'nothing'), '')
  await syncTree(dir)
  expect(await readFile(join(dir, 'a', 'deep'), 'utf8')).toBe('bytes')
})

test('follows no link', async () => {
  await symlink(join(dir, 'not there'), join(dir, 'link'))
  await syncTree(dir)
})

test('fails for a folder that is not there', async () => {
  await expect(syncTree(join(dir, 'not there'))).rejects.toMatchObject({ code: 'ENOENT' })
})
