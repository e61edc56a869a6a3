import { describe, expect, test } from 'vitest'
import { organizationId, projectId } from '#domain/ids.ts'
import { catalogBackends, type TestCatalog } from './test-catalogs.ts'

const ours = organizationId('ours')
const theirs = organizationId('theirs')
const pair = (name: string) => ({ publicKey: `pk-${name}`, secretKey: `sk-${name}` })

describe.each(catalogBackends())('organizations on $name', (backend) => {
  const run = async (body: (catalog: TestCatalog['catalog']) => Promise<void>, now?: () => number) => {
    const { catalog, dispose } = await backend.open(now)
    try {
      for (const id of ['ours', 'theirs']) {
        await catalog.projects.ensure({ organization: { id, name: id }, project: { id: `of-${id}`, name: 'P' } })
      }
      await body(catalog)
    } finally {
      await dispose()
    }
  }

  test('have the one key pair that the settings say, or none', () =>
    run(async ({ organizationKeys }) => {
      await organizationKeys.ensure(ours, pair('a'))
      const first = await organizationKeys.findBySecret('sk-a')
      expect(first).toMatchObject({ organizationId: 'ours', publicKey: 'pk-a' })
      await organizationKeys.ensure(ours, pair('a'))
      expect(await organizationKeys.findBySecret('sk-a')).toEqual(first)
      await organizationKeys.ensure(ours, { publicKey: 'pk-a', secretKey: 'sk-b' })
      expect(await organizationKeys.findBySecret('sk-a')).toBeUndefined()
      expect(await organizationKeys.list(ours)).toMatchObject([{ publicKey: 'pk-a' }])
      expect(await organizationKeys.list(theirs)).toEqual([])
      await organizationKeys.ensure(ours, undefined)
      expect(await organizationKeys.findBySecret('sk-b')).toBeUndefined()
    }))

  test.each([
    ['public key', { publicKey: 'pk-a', secretKey: 'sk-new' }],
    ['secret', { publicKey: 'pk-new', secretKey: 'sk-a' }],
  ])('a %s opens one thing only', (_, wanted) =>
    run(async ({ organizationKeys, keys }) => {
      await organizationKeys.ensure(ours, pair('a'))
      await expect(organizationKeys.ensure(theirs, wanted)).rejects.toMatchObject({ code: 'conflict' })
      await organizationKeys.ensure(ours, undefined)
      await keys.create(projectId('of-ours'), pair('a'))
      await expect(organizationKeys.ensure(ours, wanted)).rejects.toMatchObject({ code: 'conflict' })
    }),
  )

  test('the use of a key is noted', () =>
    run(
      async ({ organizationKeys }) => {
        await organizationKeys.ensure(ours, pair('a'))
        organizationKeys.touch((await organizationKeys.findBySecret('sk-a'))?.id ?? '')
        await organizationKeys.close()
        expect(await organizationKeys.findBySecret('sk-a')).toMatchObject({ lastUsedAt: 1_800_000_000_123 })
      },
      () => 1_800_000_000_123,
    ))

  test('see their own projects only, in which names are unique', () =>
    run(async ({ projects }) => {
      const made = await projects.create(ours, { name: 'new', metadata: { a: 1 }, retentionDays: 3 })
      expect(made).toMatchObject({ metadata: { a: 1 }, retentionDays: 3, organization: { id: 'ours' } })
      expect(await projects.findOwned(theirs, made.id)).toBeUndefined()
      expect(await projects.findOwned(ours, made.id)).toEqual(made)
      await expect(projects.create(ours, { name: 'new' })).rejects.toMatchObject({ code: 'conflict' })
      await projects.create(theirs, { name: 'new' })
      const changed = await projects.update(made, { name: 'new', retentionDays: 0 })
      expect(changed).toMatchObject({ name: 'new', metadata: { a: 1 }, retentionDays: undefined })
      await projects.delete(made)
      expect((await projects.ofOrganization(ours)).map(({ id }) => id)).toEqual(['of-ours'])
      await expect(projects.create(organizationId('none'), { name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    }))

  test('a key that expired opens nothing', () => {
    let now = 1_000
    return run(
      async ({ keys }) => {
        await keys.create(projectId('of-ours'), { ...pair('a'), expiresAt: 2_000 })
        now = 1_999
        expect(await keys.findBySecret('sk-a')).toMatchObject({ expiresAt: 2_000 })
        now = 2_000
        expect(await keys.findBySecret('sk-a')).toBeUndefined()
        expect(await keys.findByPublicKey('pk-a')).toBeUndefined()
        expect(await keys.list(projectId('of-ours'))).toHaveLength(1)
      },
      () => now,
    )
  })

  test('share users, not memberships', () =>
    run(async ({ users, members, projectMembers }) => {
      const { id } = await users.ensure({ email: 'A@B.c', name: 'A' })
      expect(await users.ensure({ email: 'a@b.C', name: 'other' })).toMatchObject({ id, email: 'a@b.c', name: 'A' })
      await members.set(ours, id, 'OWNER')
      await members.set(theirs, id, 'MEMBER')
      expect(await members.find(theirs, id)).toMatchObject({ role: 'MEMBER' })
      await projectMembers.set(projectId('of-ours'), id, 'VIEWER')
      await projectMembers.set(projectId('of-theirs'), id, 'ADMIN')
      expect(await members.remove(theirs, id)).toBe(true)
      expect(await projectMembers.list(projectId('of-theirs'))).toEqual([])
      expect(await projectMembers.list(projectId('of-ours'))).toMatchObject([{ id, role: 'VIEWER' }])
      await expect(projectMembers.set(projectId('of-theirs'), id, 'ADMIN')).rejects.toMatchObject({ code: 'not_found' })
      await expect(members.remove(ours, id)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(members.set(ours, 'nobody', 'ADMIN')).rejects.toMatchObject({ code: 'not_found' })
    }))
})
