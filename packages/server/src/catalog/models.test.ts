import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import type { Models, NewModel } from './models.ts'
import { catalogBackends } from './test-catalogs.ts'

const one = projectId('one')
const two = projectId('two')

const tier = (over: object = {}): NewModel['tiers'][number] => ({
  name: 'Standard',
  isDefault: true,
  priority: 0,
  conditions: [],
  prices: { input: 0.001, output: 0.002 },
  ...over,
})

const priority = tier({
  name: 'Priority',
  isDefault: false,
  priority: 1,
  conditions: [{ source: 'model_parameters', key: 'service_tier', operator: 'in', values: ['priority'] }],
})

const model = (over: Partial<NewModel> = {}): NewModel => ({
  modelName: 'mine',
  matchPattern: '(?i)^mine$',
  tiers: [tier()],
  ...over,
})

describe.each(catalogBackends())('models on $name', (backend) => {
  const run = async (body: (models: Models) => Promise<void>) => {
    const { catalog, dispose } = await backend.open()
    try {
      for (const id of ['one', 'two'])
        await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id, name: id } })
      await body(catalog.models)
    } finally {
      await dispose()
    }
  }

  test("a project's own entry comes before the built-in one, for that project only", () =>
    run(async (models) => {
      const before = await models.find(one, 'gpt-4o')
      const own = await models.create(one, model({ modelName: 'gpt-4o', matchPattern: '^gpt-4o$' }))
      expect((await models.find(one, 'gpt-4o'))?.id).toBe(own.id)
      expect((await models.find(two, 'gpt-4o'))?.id).toBe(before?.id)
      expect(await models.byId(one, own.id)).toEqual(own)
      expect(await models.byId(two, own.id)).toBeUndefined()
      expect((await models.byId(two, before?.id ?? ''))?.projectId).toBeUndefined()
      expect(await models.delete(two, own.id)).toBe(false)
      expect(await models.delete(one, own.id)).toBe(true)
      expect(await models.delete(one, before?.id ?? '')).toBe(false)
      expect((await models.find(one, 'gpt-4o'))?.id).toBe(before?.id)
    }))

  test('of two own entries the one that starts later is taken, one without a start last', () =>
    run(async (models) => {
      const at = Date.UTC(2026, 0, 1)
      await models.create(one, model({ startDate: at }))
      const later = await models.create(one, model({ startDate: at + 36_000_000 }))
      await models.create(one, model())
      expect((await models.find(one, 'MINE'))?.id).toBe(later.id)
    }))

  test('what was not found is found once it is made', () =>
    run(async (models) => {
      expect(await models.find(one, 'mine')).toBeUndefined()
      const made = await models.create(one, model())
      expect(await models.find(one, 'mine')).toEqual(made)
    }))

  test('everything of an entry is kept', () =>
    run(async (models) => {
      const made = await models.create(one, {
        ...model({ unit: 'TOKENS', tokenizerId: 'openai', tokenizerConfig: { tokenizerModel: 'gpt-4' } }),
        tiers: [priority, tier()],
      })
      expect(await models.byId(one, made.id)).toEqual(made)
      expect(made.tiers.map(({ id, name }) => [id, name])).toEqual([
        [`${made.id}_tier_default`, 'Standard'],
        [`${made.id}_tier_1`, 'Priority'],
      ])
    }))

  test('the list holds own and built-in entries by name', () =>
    run(async (models) => {
      const made = await models.create(one, model({ modelName: '0-first' }))
      const list = await models.list(one)
      expect(list[0]).toEqual(made)
      expect(list.length).toBe((await models.list(two)).length + 1)
      expect(list.map(({ modelName }) => modelName)).toEqual(list.map(({ modelName }) => modelName).sort())
    }))

  test.each<[string, Partial<NewModel>, RegExp]>([
    ['a bad pattern', { matchPattern: '(' }, /Invalid regex pattern/],
    ['no default tier', { tiers: [priority] }, /^Only one pricing tier/],
    ['two default tiers', { tiers: [tier(), tier({ name: 'b', priority: 1 })] }, /^Only one pricing tier/],
    ['a default with conditions', { tiers: [tier({ conditions: priority.conditions })] }, /default pricing tier/],
    ['a tier without condition', { tiers: [tier(), { ...priority, conditions: [] }] }, /needs a condition/],
    ['one name twice', { tiers: [tier(), { ...priority, name: 'Standard' }] }, /names must be unique/],
    ['one priority twice', { tiers: [tier(), { ...priority, priority: 0 }] }, /priorities must be unique/],
    ['other usage types', { tiers: [tier(), { ...priority, prices: { input: 1 } }] }, /same usage types/],
    ['no prices', { tiers: [tier({ prices: {} })] }, /has no prices/],
    [
      'a usage pattern that may hang',
      {
        tiers: [tier(), { ...priority, conditions: [{ usageDetailPattern: '(a+)+$', operator: 'gt', value: 1 }] }],
      },
      /Invalid usageDetailPattern/,
    ],
  ])('%s is refused', (_, over, message) =>
    run(async (models) => {
      await expect(models.create(one, model(over))).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringMatching(message),
      })
    }),
  )

  test('a second entry of the same name, start and unit is refused', () =>
    run(async (models) => {
      await models.create(one, model())
      await expect(models.create(one, model())).rejects.toMatchObject({ code: 'bad_request' })
      await models.create(two, model())
      await models.create(one, model({ startDate: 1 }))
    }))
})
