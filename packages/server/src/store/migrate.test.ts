import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { TABLES } from './engine.ts'
import { migrate, readMigrations, render, splitStatements } from './migrate.ts'
import { sql } from './sql.ts'

describe('splitStatements', () => {
  test.each([
    ['two statements', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['nothing', ' ;; -- nothing\n', []],
    ['a semicolon in quotes', 'SELECT \';\', `;`, ";"; b', ['SELECT \';\', `;`, ";"', 'b']],
    ['an escaped quote', "SELECT '\\';'; b", ["SELECT '\\';'", 'b']],
    ['a doubled quote', "SELECT ''';'; b", ["SELECT ''';'", 'b']],
    ['comments', "a -- it's; one\n/* two; */ b; c", ['a \n b', 'c']],
    ['dashes in quotes', "SELECT '--'; b", ["SELECT '--'", 'b']],
  ])('%s', (_name, file, statements) => {
    expect(splitStatements(file)).toEqual(statements)
  })
})

describe('render', () => {
  const file =
    'CREATE TABLE t {on_cluster} (a Int8) ENGINE = {engine:ReplacingMergeTree(v, d)} ORDER BY a;\nENGINE = {engine:MergeTree}'
  test('for one engine', () => {
    expect(render(file, undefined)).toEqual([
      'CREATE TABLE t  (a Int8) ENGINE = ReplacingMergeTree(v, d) ORDER BY a',
      'ENGINE = MergeTree',
    ])
  })
  test('for a cluster', () => {
    expect(render(file, 'main')).toEqual([
      'CREATE TABLE t ON CLUSTER `main` (a Int8) ENGINE = ReplicatedReplacingMergeTree(v, d) ORDER BY a',
      'ENGINE = ReplicatedMergeTree',
    ])
  })
  test('leaves no placeholder of our files behind', async () => {
    const statements = (await readMigrations({ cluster: 'main' })).flatMap((migration) => migration.statements)
    expect(statements.length).toBeGreaterThanOrEqual(TABLES.length)
    for (const statement of statements) expect(statement).not.toMatch(/\{\w/)
  })
})

test('our files are numbered without a gap', async () => {
  const versions = (await readMigrations()).map((migration) => migration.version)
  expect(versions).toEqual(versions.map((_version, index) => index + 1))
})

describe('migrate', () => {
  let store: TestEngine
  let folder: string
  beforeAll(async () => {
    store = await openTestEngine()
    folder = await mkdtemp(join(tmpdir(), 'xtrace-schema-'))
  })
  afterAll(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const directory = () => pathToFileURL(`${folder}/`)
  const applied = async () =>
    (await store.engine.query(sql`SELECT version FROM schema_versions ORDER BY version`)).map((row) => row['version'])

  test('repeated, it changes nothing', async () => {
    const before = await applied()
    await migrate(store.engine)
    expect(await applied()).toEqual(before)
  })

  test('applies what is new, in order, once', async () => {
    const own = new URL('./schema/', import.meta.url)
    await cp(own, folder, { recursive: true })
    const newest = (await readMigrations()).length
    const later = (offset: number) => join(folder, `${String(newest + offset).padStart(4, '0')}-later.sql`)
    await writeFile(later(1), 'CREATE TABLE later (a Int8) ENGINE = MergeTree ORDER BY a;')
    await writeFile(later(2), 'ALTER TABLE later ADD COLUMN b Int8; INSERT INTO later VALUES (1, 2)')
    await migrate(store.engine, { directory: directory() })
    await migrate(store.engine, { directory: directory() })
    expect(await store.engine.query(sql`SELECT a, b FROM later`)).toEqual([{ a: 1, b: 2 }])
    expect(await applied()).toEqual(Array.from({ length: newest + 2 }, (_, index) => index + 1))
  })

  test('refuses a store of a newer program', async () => {
    await expect(migrate(store.engine)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('start a newer xtrace'),
    })
  })

  test('refuses a folder without files', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'xtrace-schema-'))
    await expect(migrate(store.engine, { directory: pathToFileURL(`${empty}/`) })).rejects.toThrow('no schema files')
    await rm(empty, { recursive: true })
  })
})
