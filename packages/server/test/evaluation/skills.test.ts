import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogBackends } from '#catalog/test-catalogs.ts'
import { type Answer, basic, openWorld, type World } from '../admin/world.ts'

const SKILLS = '/api/public/unstable/skills'
let world: World
let ask: World['askProject']

describe.each(catalogBackends())('on $name', (backend) => {
  beforeAll(async () => {
    world = await openWorld(backend)
    ask = world.askProject
  }, 60_000)
  afterAll(() => world.close())

  const manifest = (name: string, description = 'What it does') =>
    `---\nname: ${name}\ndescription: ${description}\nlicense: MIT\n---\n# Hello\n`
  const hashOf = (content: string) => createHash('sha256').update(content).digest('base64')
  const ok = ({ status, body }: Answer): Answer['body'] => {
    expect([status, body]).toEqual([200, expect.anything()])
    return body
  }
  const make = async (name: string, files: object[] = [], fields: object = {}) =>
    ok(await ask('POST', SKILLS, { files: [{ path: 'SKILL.md', content: manifest(name) }, ...files], ...fields }))

  describe('skills', () => {
    test('are made of files, of which SKILL.md names them', async () => {
      const script = 'print("é")\n'
      const made = await make('pdf', [{ path: 'scripts/run.py', content: script }], { commitMessage: 'first' })
      expect(made).toEqual({
        id: expect.any(String),
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        projectId: 'default',
        createdBy: 'API',
        name: 'pdf',
        description: 'What it does',
        frontmatter: { name: 'pdf', description: 'What it does', license: 'MIT' },
        version: 1,
        tags: [],
        labels: ['latest'],
        commitMessage: 'first',
        files: [
          expect.objectContaining({
            path: 'SKILL.md',
            contentType: 'text/markdown',
            sha256Hash: hashOf(manifest('pdf')),
          }),
          {
            id: expect.any(String),
            blobId: expect.any(String),
            path: 'scripts/run.py',
            contentType: 'text/x-python',
            contentLength: Buffer.byteLength(script),
            sha256Hash: hashOf(script),
          },
        ],
      })
      const hashes = made.files.map(({ sha256Hash }: { sha256Hash: string }) => sha256Hash)
      const contents = ok(
        await ask('GET', `${SKILLS}/files/content?sha256Hashes=${encodeURIComponent(hashes.join(','))}`),
      )
      expect(contents.data).toEqual([
        { sha256Hash: hashes[0], content: manifest('pdf') },
        { sha256Hash: hashes[1], content: script },
      ])
      const again = await make('pdf', [{ path: 'scripts/again.py', sha256Hash: hashes[1] }])
      expect(again).toMatchObject({ version: 2, commitMessage: null, labels: ['latest'] })
      expect(again.files[1]).toMatchObject({ blobId: made.files[1].blobId, sha256Hash: hashes[1] })
      const referenced = ok(await ask('POST', SKILLS, { files: [{ path: 'SKILL.md', sha256Hash: hashes[0] }] }))
      expect(referenced).toMatchObject({ name: 'pdf', version: 3 })
    })

    test('are found by version and by label, which move', async () => {
      for (let n = 0; n < 3; n++) await make('labelled')
      const path = `${SKILLS}/labelled`
      expect(await ask('GET', path)).toMatchObject({ status: 404, body: { code: 'resource_not_found' } })
      expect(ok(await ask('PATCH', `${path}/versions/1`, { labels: ['production', 'a'] })).labels).toEqual([
        'production',
        'a',
      ])
      expect(ok(await ask('GET', path)).version).toBe(1)
      expect(ok(await ask('PATCH', `${path}/versions/3`, { labels: ['production', 'latest'] })).labels).toEqual([
        'production',
        'latest',
      ])
      expect(ok(await ask('GET', `${path}?version=1`)).labels).toEqual(['a'])
      expect(ok(await ask('PATCH', `${path}/versions/3`, { labels: [] })).labels).toEqual(['latest'])
      expect((await ask('GET', path)).status).toBe(404)
      expect(ok(await ask('GET', `${path}?label=a`)).version).toBe(1)
      expect(ok(await ask('DELETE', `${path}/versions/3`))).toEqual({ deleted: true })
      expect(ok(await ask('GET', `${path}?label=latest`)).version).toBe(2)
      expect((await make('labelled')).version).toBe(3)
      for (const version of [1, 2, 3]) await ask('DELETE', `${path}/versions/${version}`)
      expect((await ask('GET', `${path}?label=latest`)).status).toBe(404)
    })

    test('are listed by their latest version', async () => {
      await make('list-one')
      await make('list-two')
      ok(await ask('PATCH', `${SKILLS}/list-two/versions/1`, { labels: ['production'] }))
      await make('list-two')
      ok(await ask('PATCH', `${SKILLS}/list-one`, { tags: ['a%b', 'c', 'c'] }))
      const named = (query: string) =>
        ask('GET', `${SKILLS}?${query}`).then((answer) => ok(answer).data.map(({ name }: { name: string }) => name))
      const { data, meta } = ok(await ask('GET', `${SKILLS}?search=LIST-&limit=1`))
      expect(data).toEqual([
        {
          name: 'list-one',
          description: 'What it does',
          tags: ['a%b', 'c'],
          latestVersion: 1,
          latestVersionCreatedAt: expect.any(String),
          latestVersionLastUpdatedAt: expect.any(String),
          productionVersion: null,
        },
      ])
      expect(meta).toEqual({ page: 1, limit: 1, totalItems: 2, totalPages: 2, hasNextPage: true })
      expect(ok(await ask('GET', `${SKILLS}?name=list-two`)).data).toMatchObject([
        { latestVersion: 2, productionVersion: 1 },
      ])
      expect(await named('tag=a%25b')).toEqual(['list-one'])
      expect(await named('tag=a%25')).toEqual([])
      expect(await named('search=list%25')).toEqual([])
      expect(await named(`fromUpdatedAt=${data[0].latestVersionLastUpdatedAt}&search=list-`)).toEqual(['list-one'])
      expect(await named(`toUpdatedAt=${data[0].latestVersionLastUpdatedAt}&search=list-`)).toEqual(['list-two'])
    })

    test('get one version each from concurrent requests', async () => {
      const versions = await Promise.all(Array.from({ length: 20 }, () => make('busy')))
      expect(versions.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      )
      const labels = await Promise.all(versions.map(({ version }) => ask('GET', `${SKILLS}/busy?version=${version}`)))
      expect(labels.filter(({ body }) => body.labels.includes('latest'))).toMatchObject([{ body: { version: 20 } }])
    })

    test('belong to their project', async () => {
      await make('secret', [{ path: 'a.txt', content: 'only here' }])
      const { id } = (await world.ask('POST', '/api/public/projects', { body: { name: 'other', retention: 0 } })).body
      const as = basic((await world.ask('POST', `/api/public/projects/${id}/apiKeys`, { body: {} })).body)
      expect((await world.ask('GET', SKILLS, { as })).body.data).toEqual([])
      expect((await world.ask('GET', `${SKILLS}/secret?version=1`, { as })).status).toBe(404)
      const hash = encodeURIComponent(hashOf('only here'))
      expect((await world.ask('GET', `${SKILLS}/files/content?sha256Hashes=${hash}`, { as })).status).toBe(404)
    })

    const file = (content: string, path = 'SKILL.md') => ({ path, content })
    test.each([
      ['no files', []],
      ['no manifest', [file('x', 'README.md')]],
      ['no front matter', [file('# Title')]],
      ['front matter without a description', [file('---\nname: a\n---\n')]],
      ['a name that is none', [file(manifest('a/b'))]],
      ['front matter that is no YAML', [file('---\nname: [a\n---\n')]],
      ['front matter that grows', [file('---\nname: &a [x]\ndescription: [*a, *a]\n---\n')]],
      ['a path that leaves the folder', [file(manifest('a')), file('x', '../x')]],
      ['an absolute path', [file(manifest('a')), file('x', '/x')]],
      ['a path twice', [file(manifest('a')), file('x', 'x'), file('y', 'x')]],
      ['an unknown hash', [file(manifest('a')), { path: 'x', sha256Hash: hashOf('nowhere') }]],
      ['a hash that is none', [file(manifest('a')), { path: 'x', sha256Hash: 'x' }]],
      ['content and hash', [file(manifest('a')), { path: 'x', content: 'x', sha256Hash: hashOf('x') }]],
    ])('%s is refused', async (_, files) => {
      expect(await ask('POST', SKILLS, { files })).toMatchObject({
        status: 400,
        body: { code: expect.stringMatching(/^invalid_(?:body|request)$/) },
      })
    })

    test.each([
      ['GET', '/pdf?version=1&label=a', undefined, 400],
      ['GET', '/none?version=1', undefined, 404],
      ['GET', '/files/content', undefined, 400],
      ['GET', '/files/content?sha256Hashes=odd', undefined, 400],
      ['PATCH', '/none', { tags: [] }, 404],
      ['PATCH', '/none/versions/1', { labels: [] }, 404],
      ['PATCH', '/none/versions/x', { labels: [] }, 404],
      ['PATCH', '/none/versions/1', { labels: ['Upper'] }, 400],
      ['DELETE', '/none/versions/99999999999', undefined, 404],
    ])('%s %s %j is refused', async (...[method, rest, body, status]) => {
      expect(await ask(method, `${SKILLS}${rest}`, body)).toMatchObject({ status, body: { code: expect.any(String) } })
    })
  })
})
