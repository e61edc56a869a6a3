import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import type { NewScoreConfig } from './score-configs.ts'
import { catalogBackends } from './test-catalogs.ts'

const [sqlite] = catalogBackends()
const categories = [
  { label: 'good', value: 1 },
  { label: 'bad', value: 0 },
]

async function create(config: NewScoreConfig) {
  if (!sqlite) throw new Error('SQLite is always there')
  const { catalog, dispose } = await sqlite.open()
  try {
    await catalog.projects.ensure({ organization: { id: 'o', name: 'O' }, project: { id: 'p', name: 'P' } })
    return await catalog.scoreConfigs.create(projectId('p'), config)
  } finally {
    await dispose()
  }
}

describe('score configs', () => {
  test.each<[string, NewScoreConfig]>([
    ['no bounds', { name: 'a', dataType: 'NUMERIC' }],
    ['one bound', { name: 'Größe (cm) 1.0-x_y', dataType: 'NUMERIC', maxValue: -1 }],
    ['categories', { name: 'a', dataType: 'CATEGORICAL', categories }],
    ['text', { name: 'a'.repeat(35), dataType: 'TEXT', description: 'd' }],
  ])('takes: %s', async (_, config) => {
    expect(await create(config)).toMatchObject(config)
  })

  test.each<[string, NewScoreConfig, RegExp]>([
    ['no name', { name: '', dataType: 'TEXT' }, /name must be 1 to 35/],
    ['a long name', { name: 'a'.repeat(36), dataType: 'TEXT' }, /name must be 1 to 35/],
    ['a name with signs', { name: 'a/b', dataType: 'TEXT' }, /name must be 1 to 35/],
    ['crossed bounds', { name: 'a', dataType: 'NUMERIC', minValue: 1, maxValue: 1 }, /maxValue must be greater/],
    ['bounds on text', { name: 'a', dataType: 'TEXT', minValue: 1 }, /are for NUMERIC/],
    ['no categories', { name: 'a', dataType: 'CATEGORICAL', categories: [] }, /at least one category/],
    ['categories of a BOOLEAN', { name: 'a', dataType: 'BOOLEAN', categories }, /are for CATEGORICAL/],
    [
      'one label twice',
      { name: 'a', dataType: 'CATEGORICAL', categories: [...categories, { label: 'good', value: 2 }] },
      /labels must be unique/,
    ],
    [
      'one value twice',
      { name: 'a', dataType: 'CATEGORICAL', categories: [...categories, { label: 'other', value: 1 }] },
      /values must be unique/,
    ],
  ])('refuses: %s', async (...[, config, message]) => {
    await expect(create(config)).rejects.toMatchObject({
      code: 'bad_request',
      issues: [{ code: 'custom', path: [expect.any(String)], message: expect.stringMatching(message) }],
    })
  })
})
