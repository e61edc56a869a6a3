import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openCatalog } from './catalog.ts'
import { type CatalogBackend, catalogBackends, type TestCatalog } from './test-catalogs.ts'

const DAY = 24 * 60 * 60 * 1000
const one = projectId('one')
const two = projectId('two')

/** Opens a catalogue that holds the projects `one` and `two`. */
async function withProjects(backend: CatalogBackend, now?: () => number): Promise<TestCatalog> {
  const opened = await backend.open(now)
  for (const id of ['one', 'two']) {
    await opened.catalog.projects.ensure({ organization: { id: 'org', name: 'Org' }, project: { id, name: `P ${id}` } })
  }
  return opened
}

const backends = catalogBackends()

test.each(backends.filter(({ name }) => name === 'Postgres'))(
  'catalogues live beside each other, in schemas of one database of $name',
  async ({ makePlace }) => {
    const place = await makePlace()
    const url = new URL(place.url ?? '')
    try {
      for (const schema of ['a', 'b']) {
        const client = new pg.Client(place.url)
        await client.connect()
        await client.query(`CREATE SCHEMA ${schema}`)
        await client.end()
        url.searchParams.set('options', `-c search_path=${schema}`)
        const catalog = await openCatalog({ url: url.href, path: '', logger: silentLogger, now: Date.now })
        const before = await catalog.projects.list()
        await catalog.projects.ensure({ organization: { id: 'org', name: 'Org' }, project: { id: 'one', name: 'P' } })
        await catalog.close()
        expect(before).toEqual([])
      }
    } finally {
      await place.drop()
    }
  },
)

describe.each(backends)('catalogue on $name', (backend) => {
  const run = async (body: (catalog: TestCatalog['catalog']) => Promise<void>, now?: () => number) => {
    const { catalog, dispose } = await withProjects(backend, now)
    try {
      await body(catalog)
    } finally {
      await dispose()
    }
  }

  test('a project keeps the name it was made with', () =>
    run(async ({ projects, ping }) => {
      const wanted = { organization: { id: 'org', name: 'Other' }, project: { id: 'one', name: 'Other' } }
      expect(await projects.ensure(wanted)).toMatchObject({ name: 'P one', organization: { id: 'org', name: 'Org' } })
      expect(await projects.byId(projectId('none'))).toBeUndefined()
      expect((await projects.list()).map(({ id }) => id)).toEqual(['one', 'two'])
      await ping()
    }))

  test('a key pair is found by either half, and its secret is not kept', () =>
    run(async ({ keys }) => {
      const made = await keys.create(one, { publicKey: 'pk-yyy', secretKey: 'sk-yyy', note: 'n' })
      expect(await keys.findBySecret('sk-yyy')).toEqual(made)
      expect(await keys.findByPublicKey('pk-yyy')).toEqual(made)
      expect(await keys.findBySecret('sk-yyY')).toBeUndefined()
      expect(await keys.findByPublicKey('sk-yyy')).toBeUndefined()
      expect(JSON.stringify(made)).not.toContain('sk-yyy')
      expect(await keys.list(one)).toEqual([made])
    }))

  test.each([
    ['public key', { publicKey: 'pk-1', secretKey: 'sk-2' }],
    ['secret', { publicKey: 'pk-2', secretKey: 'sk-1' }],
  ])('a %s that is taken is refused', (_, pair) =>
    run(async ({ keys }) => {
      await keys.create(one, { publicKey: 'pk-1', secretKey: 'sk-1' })
      await expect(keys.create(two, pair)).rejects.toMatchObject({ code: 'conflict' })
      await expect(keys.ensure(two, pair)).rejects.toMatchObject({ code: 'conflict' })
      expect(await keys.list(two)).toEqual([])
    }),
  )

  test('a revoked key is gone, but only from its own project', () =>
    run(async ({ keys }) => {
      const { id } = await keys.create(one, { publicKey: 'pk', secretKey: 'sk' })
      expect(await keys.revoke(two, id)).toBe(false)
      expect(await keys.revoke(one, id)).toBe(true)
      expect(await keys.revoke(one, id)).toBe(false)
      expect(await keys.findBySecret('sk')).toBeUndefined()
    }))

  test('a configured pair replaces the one configured before it, and leaves created ones alone', () =>
    run(async ({ keys }) => {
      await keys.create(one, { publicKey: 'pk-made', secretKey: 'sk-made' })
      const first = await keys.ensure(one, { publicKey: 'pk-1', secretKey: 'sk-1' })
      expect(await keys.ensure(one, { publicKey: 'pk-1', secretKey: 'sk-1' })).toEqual(first)
      const rotated = await keys.ensure(one, { publicKey: 'pk-1', secretKey: 'sk-2' })
      expect(rotated.id).toBe(first.id)
      expect(await keys.findBySecret('sk-1')).toBeUndefined()
      await keys.ensure(one, { publicKey: 'pk-3', secretKey: 'sk-3' })
      expect((await keys.list(one)).map((key) => key.publicKey).sort()).toEqual(['pk-3', 'pk-made'])
      expect((await keys.ensure(two, { publicKey: 'pk-3', secretKey: 'sk-3' })).projectId).toBe('two')
    }))

  test('every change of keys is announced', () =>
    run(async ({ keys }) => {
      let heard = 0
      const end = keys.onChange(() => heard++)
      const { id } = await keys.create(one, { publicKey: 'pk', secretKey: 'sk' })
      await keys.ensure(one, { publicKey: 'pk-2', secretKey: 'sk-2' })
      await keys.revoke(one, id)
      end()
      await keys.create(one, { publicKey: 'pk', secretKey: 'sk' })
      expect(heard).toBe(3)
    }))

  test('a key says when it was last used', () =>
    run(
      async ({ keys }) => {
        const { id, lastUsedAt } = await keys.create(one, { publicKey: 'pk', secretKey: 'sk' })
        expect(lastUsedAt).toBeUndefined()
        keys.touch(id)
        await keys.close()
        expect((await keys.findBySecret('sk'))?.lastUsedAt).toBe(1_800_000_000_123)
      },
      () => 1_800_000_000_123,
    ))

  test('an idempotency key holds for 24 hours, in its project', () =>
    run(async ({ idempotency }) => {
      const at = 1_800_000_000_000
      expect(await idempotency.claim(one, 'k', at)).toBe(at)
      expect(await idempotency.claim(one, 'k', at + 5)).toBe(at)
      expect(await idempotency.claim(two, 'k', at + 6)).toBe(at + 6)
      expect(await idempotency.claim(one, 'k'.repeat(10_000), at + 7)).toBe(at + 7)
      expect(await idempotency.claim(one, 'k', at + DAY - 1)).toBe(at)
      expect(await idempotency.claim(one, 'k', at + DAY)).toBe(at + DAY)
      const both = await Promise.all([idempotency.claim(one, 'x', at), idempotency.claim(one, 'x', at + 1)])
      expect(new Set(both).size).toBe(1)
    }))

  test('a score config is read back by its project only', () =>
    run(async ({ scoreConfigs }) => {
      const made = await scoreConfigs.create(one, {
        name: 'quality (1-5)',
        dataType: 'NUMERIC',
        minValue: 1,
        maxValue: 5.5,
      })
      expect(await scoreConfigs.byId(one, made.id)).toEqual(made)
      expect(await scoreConfigs.byId(two, made.id)).toBeUndefined()
      const asked = [...Array.from({ length: 1200 }, (_, index) => `none-${index}`), made.id]
      expect(await scoreConfigs.byIds(one, asked)).toEqual([made])
      expect(await scoreConfigs.byIds(two, asked)).toEqual([])
      expect(made).toMatchObject({ minValue: 1, maxValue: 5.5, isArchived: false, categories: undefined })
      expect(await scoreConfigs.update(two, made.id, { isArchived: true })).toBeUndefined()
      expect(await scoreConfigs.update(one, made.id, { isArchived: true })).toMatchObject({
        minValue: 1,
        isArchived: true,
      })
      expect((await scoreConfigs.byId(one, made.id))?.isArchived).toBe(true)
      const flag = await scoreConfigs.create(one, { name: 'ok', dataType: 'BOOLEAN' })
      expect(flag.categories).toEqual([
        { label: 'True', value: 1 },
        { label: 'False', value: 0 },
      ])
    }))
})
