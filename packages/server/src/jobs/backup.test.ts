import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCatalog } from '#catalog/catalog.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { takeBackup } from './backup.ts'
import { readManifest } from './backup-manifest.ts'

let work: string
let dataDir: string
let store: TestEngine
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'xtrace-backup-'))
  dataDir = join(work, 'data')
  store = await openTestEngine({ path: join(dataDir, 'store') })
  const catalog = await openCatalog({ path: join(dataDir, 'catalog.db'), logger: silentLogger })
  await catalog.close()
  await mkdir(join(dataDir, 'log'))
})
afterAll(async () => {
  await store?.close()
  await rm(work, { recursive: true, force: true })
})

const NAMES = ['first', 'second', 'third']

describe('media that are deleted while they are copied', () => {
  const folder = () => join(dataDir, 'media', 'project', 'ab')
  beforeEach(async () => {
    await rm(join(dataDir, 'media'), { recursive: true, force: true })
    await mkdir(folder(), { recursive: true })
    for (const name of NAMES) await writeFile(join(folder(), name), name)
  })

  const asPaths = (names: readonly string[]) => names.map((name) => `media/project/ab/${name}`)

  /** Backs up, deletes when one of the media has been copied, and gives what was told. */
  async function backUp(name: string, remove: (others: readonly string[]) => Promise<void>) {
    const target = join(work, name)
    const warnings: unknown[] = []
    const source = {
      dataDir,
      version: '1.2.3',
      engine: store.engine,
      logger: { ...silentLogger, warn: (fields: object) => warnings.push(fields) },
      between: <T>(task: () => Promise<T>) => task(),
    }
    const copiedSoFar = () => readdir(join(target, 'media', 'project', 'ab')).catch((): string[] => [])
    let isRemoved = false
    for await (const _ of takeBackup(source, { target, withCredentials: false })) {
      const copied = await copiedSoFar()
      if (isRemoved || copied.length === 0) continue
      isRemoved = true
      await remove(NAMES.filter((each) => !copied.includes(each)))
    }
    const { files, leftOut } = await readManifest(target)
    const kept = Object.keys(files).filter((path) => path.startsWith('media/'))
    expect(kept.sort()).toEqual(asPaths((await copiedSoFar()).sort()))
    return { kept, leftOut, warnings }
  }

  test('none: nothing is left out', async () => {
    const { kept, ...told } = await backUp('none', async () => {})
    expect(kept).toEqual(asPaths(NAMES))
    expect(told).toEqual({ leftOut: [], warnings: [] })
  })

  test('one: the others are there, and it is told which is not', async () => {
    let gone = ''
    const { kept, leftOut, warnings } = await backUp('one', async ([other = '']) => {
      gone = other
      await rm(join(folder(), other))
    })
    expect(kept).toEqual(asPaths(NAMES.filter((name) => name !== gone)))
    expect(leftOut).toEqual(asPaths([gone]))
    expect(warnings).toEqual([{ count: 1, first: leftOut[0] }])
  })

  test('with their folder: what was copied by then is there', async () => {
    const { kept, leftOut, warnings } = await backUp('all', () => rm(join(dataDir, 'media'), { recursive: true }))
    expect([...kept, ...leftOut].sort()).toEqual(asPaths(NAMES))
    expect(kept).toHaveLength(1)
    expect(warnings).toEqual([{ count: 2, first: leftOut[0] }])
  })
})
