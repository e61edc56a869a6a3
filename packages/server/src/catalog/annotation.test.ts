/** What routes show of media, queues and connections is tested over HTTP; here, that it holds on every database. */
import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { sealedText } from '#lib/sealer.ts'
import type { Catalog } from './catalog.ts'
import type { NewLlmConnection } from './llm-connections.ts'
import { catalogBackends } from './test-catalogs.ts'

const one = projectId('one')
const two = projectId('two')

const content = { sha256: `${'a'.repeat(43)}=`, contentType: 'image/png', contentLength: 7 }
const use = { traceId: 't', field: 'input' }

const connection = (displaySecret: string): NewLlmConnection => ({
  provider: 'p',
  adapter: 'openai',
  sealedSecret: sealedText('v1:x'),
  displaySecret,
  baseUrl: undefined,
  customModels: ['m'],
  withDefaultModels: true,
  sealedHeaders: undefined,
  headerNames: [],
  config: { useResponsesApi: true },
})

describe.each(catalogBackends())('on $name', (backend) => {
  const run = async (body: (catalog: Catalog) => Promise<void>, now?: () => number) => {
    const { catalog, dispose } = await backend.open(now)
    try {
      for (const id of ['one', 'two'])
        await catalog.projects.ensure({ organization: { id: 'o', name: 'o' }, project: { id, name: id } })
      await body(catalog)
    } finally {
      await dispose()
    }
  }

  test('media keep their type from when they arrive until they arrive under another', () =>
    run(async ({ media }) => {
      const announced = await media.announce(one, content, use)
      expect(announced).toMatchObject({ id: 'a'.repeat(22), contentType: 'image/png', uploadedAt: undefined })
      expect(await media.announce(one, { ...content, contentType: 'image/gif' }, use)).toMatchObject({
        contentType: 'image/gif',
      })
      await media.markUploaded(one, content)
      expect(await media.announce(one, { ...content, contentType: 'image/gif' }, use)).toMatchObject({
        contentType: 'image/png',
        uploadedAt: expect.any(Number),
      })
      await media.markUploaded(one, { ...content, contentType: 'image/gif' })
      expect(await media.byIds(one, [announced.id, 'nope'])).toMatchObject([{ contentType: 'image/gif' }])
      expect(await media.byIds(two, [announced.id])).toEqual([])
      expect(await media.byIds(one, [])).toEqual([])
    }))

  test('a report counts only where it does not contradict the bytes', () =>
    run(async ({ media }) => {
      const { id } = await media.announce(one, content, use)
      const found = async () => (await media.byIds(one, [id]))[0]
      expect(await media.report(one, id, { uploadedAt: 5 })).toBe(true)
      expect(await found()).toMatchObject({ uploadedAt: undefined })
      expect(await media.report(one, id, { httpStatus: 403, message: 'no' })).toBe(true)
      expect(await found()).toMatchObject({ failure: { httpStatus: 403, message: 'no' } })
      await media.markUploaded(one, content)
      expect(await media.report(one, id, { httpStatus: 500, message: undefined })).toBe(true)
      expect(await found()).toMatchObject({ failure: undefined })
      expect(await media.report(one, id, { uploadedAt: 5 })).toBe(true)
      expect(await found()).toMatchObject({ uploadedAt: 5 })
      expect(await media.report(two, id, { uploadedAt: 5 })).toBe(false)
    }))

  test('a connection keeps its id and age when it is replaced', () => {
    let now = 1
    return run(
      async ({ llmConnections }) => {
        const made = await llmConnections.put(one, connection('a'))
        now = 2
        const replaced = await llmConnections.put(one, connection('b'))
        expect([made.isNew, replaced.isNew]).toEqual([true, false])
        expect(replaced.connection).toEqual({ ...made.connection, displaySecret: 'b', updatedAt: 2 })
        expect((await llmConnections.put(two, connection('c'))).isNew).toBe(true)
        expect(await llmConnections.list(one, { page: 1, limit: 10 })).toEqual({
          values: [replaced.connection],
          totalItems: 1,
        })
      },
      () => now,
    )
  })

  test('things made at one instant are on one page each', () =>
    run(
      async ({ scoreConfigs, annotationQueues, queueItems }) => {
        const { id } = await scoreConfigs.create(one, { name: 'c', dataType: 'TEXT' })
        const queue = { name: 'q', description: undefined, scoreConfigIds: [id, id] }
        const { id: queueId, scoreConfigIds } = await annotationQueues.create(one, queue)
        expect(scoreConfigIds).toEqual([id])
        await expect(annotationQueues.create(one, queue)).rejects.toMatchObject({ code: 'bad_request' })
        await expect(annotationQueues.create(two, queue)).rejects.toMatchObject({ code: 'bad_request' })
        const place = { projectId: one, queueId }
        const object = { objectId: 'o', objectType: 'TRACE', status: 'PENDING' } as const
        const made = await Promise.all(Array.from({ length: 9 }, () => queueItems.create(place, object)))
        const pages = await Promise.all([1, 2, 3].map((page) => queueItems.list(place, { page, limit: 3 })))
        const listed = pages.flatMap(({ values }) => values.map((item) => item.id))
        expect(listed.toSorted()).toEqual(made.map((item) => item.id).toSorted())
        expect(await queueItems.list({ ...place, projectId: two }, { page: 1, limit: 3 })).toMatchObject({
          totalItems: 0,
        })
      },
      () => 7,
    ))
})
