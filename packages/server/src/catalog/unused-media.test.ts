import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { organizationId, projectId } from '#domain/ids.ts'
import { mediaIdOf } from '#domain/media.ts'
import { catalogBackends } from './test-catalogs.ts'

const project = projectId('p')
const shaOf = (text: string) => createHash('sha256').update(text).digest('base64')
const content = (text: string) => ({ sha256: shaOf(text), contentType: 'text/plain', contentLength: text.length })

describe.each(catalogBackends())('on $name', ({ open }) => {
  test('media are forgotten that nothing used since, and no dataset item names', async () => {
    let now = 1000
    const { catalog, dispose } = await open(() => now)
    try {
      await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id: project, name: 'p' } })
      const announce = (text: string, use: object) =>
        catalog.media.announce(project, content(text), { field: 'input', ...use })
      for (const text of ['old', 'used again', 'of an item', 'named by an item']) await announce(text, { traceId: 't' })
      await announce('of an item', { datasetId: 'd', datasetItemId: 'i' })
      const named = `@@@langfuseMedia:type=text/plain|id=${mediaIdOf(shaOf('named by an item'))}|source=bytes@@@`
      const dataset = await catalog.datasets.upsert(project, { name: 'd' })
      await catalog.datasetItems.upsert(project, { datasetName: dataset.name, input: JSON.stringify(named) })
      now = 5000
      await announce('used again', { traceId: 'later' })
      expect(await catalog.media.forgetUnused(project, 900)).toEqual([])
      expect(await catalog.media.forgetUnused(projectId('another'), 4000)).toEqual([])
      expect(await catalog.media.forgetUnused(project, 4000)).toEqual([shaOf('old')])
      expect(await catalog.media.forgetUnused(project, 4000)).toEqual([])
    } finally {
      await dispose()
    }
  })

  test('media that old versions of items name stay, however many they name', async () => {
    const { catalog, dispose } = await open(() => 1000)
    try {
      await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id: project, name: 'p' } })
      const texts = Array.from({ length: 1500 }, (_, index) => `m${index}`)
      for (const text of texts.slice(0, 3))
        await catalog.media.announce(project, content(text), { field: 'input', traceId: 't' })
      await catalog.datasets.upsert(project, { name: 'd' })
      const naming = (names: readonly string[]) =>
        JSON.stringify(
          names.map((name) => `@@@langfuseMedia:type=text/plain|id=${mediaIdOf(shaOf(name))}|source=bytes@@@`),
        )
      const item = { datasetName: 'd', id: 'i' }
      await catalog.datasetItems.upsert(project, { ...item, input: naming(texts.filter((text) => text !== 'm1')) })
      await catalog.datasetItems.upsert(project, { ...item, input: '1', metadata: naming(['m0']) })
      expect(await catalog.media.release(project, { traceIds: ['t'] })).toEqual([shaOf('m1')])
      expect(await catalog.media.forgetUnused(project, 4000)).toEqual([])
    } finally {
      await dispose()
    }
  })

  test('media that many items name do not keep others from being forgotten', async () => {
    const { catalog, dispose } = await open(() => 1000)
    try {
      await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id: project, name: 'p' } })
      const texts = Array.from({ length: 1100 }, (_, index) => `m${index}`).sort((a, b) =>
        mediaIdOf(shaOf(a)) < mediaIdOf(shaOf(b)) ? -1 : 1,
      )
      for (const text of texts) await catalog.media.announce(project, content(text), { field: 'input', traceId: 't' })
      const [last = '', ...others] = texts.toReversed()
      const input = JSON.stringify(
        others.map((each) => `@@@langfuseMedia:type=text/plain|id=${mediaIdOf(shaOf(each))}@@@`),
      )
      await catalog.datasets.upsert(project, { name: 'd' })
      await catalog.datasetItems.upsert(project, { datasetName: 'd', input })
      expect(await catalog.media.forgetUnused(project, 4000)).toEqual([shaOf(last)])
    } finally {
      await dispose()
    }
  })

  test('deleted projects are remembered', async () => {
    const { catalog, dispose } = await open()
    try {
      await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id: project, name: 'p' } })
      const made = await catalog.projects.create(organizationId('o'), { name: 'other' })
      expect(await catalog.projects.listDeleted()).toEqual([])
      await catalog.projects.delete(made)
      expect(await catalog.projects.listDeleted()).toEqual([made.id])
    } finally {
      await dispose()
    }
  })
})
