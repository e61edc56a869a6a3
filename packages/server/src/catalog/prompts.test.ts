import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import type { NewPrompt, PromptCondition, PromptContent } from '#domain/prompt.ts'
import type { Prompts } from './prompts.ts'
import { type CatalogBackend, catalogBackends } from './test-catalogs.ts'

const one = projectId('one')
const two = projectId('two')

/** Runs over the prompts of a new catalogue that holds the projects `one` and `two`. */
async function withPrompts(backend: CatalogBackend, body: (prompts: Prompts) => Promise<void>): Promise<void> {
  let time = 1_800_000_000_000
  const { catalog, dispose } = await backend.open(() => time++)
  try {
    for (const id of ['one', 'two'])
      await catalog.projects.ensure({ organization: { id: 'org', name: 'Org' }, project: { id, name: id } })
    await body(catalog.prompts)
  } finally {
    await dispose()
  }
}

const newPrompt = (name: string, content: PromptContent = 'text', more: Partial<NewPrompt> = {}): NewPrompt => ({
  name,
  content,
  config: '{}',
  labels: [],
  createdBy: 'API',
  ...more,
})

const ref = (name: string, choice: string) => `@@@langfusePrompt:name=${name}|${choice}@@@`

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

const backends = catalogBackends()

describe.each(backends)('prompts on $name', (backend) => {
  const run = (body: (prompts: Prompts) => Promise<void>) => withPrompts(backend, body)

  test(
    '50 writers at once get versions 1 to 50, and the labels end on one version each',
    () =>
      run(async (prompts) => {
        const made = await Promise.all(
          numbers(50).map((n) => prompts.create(one, newPrompt('busy', `text ${n}`, { labels: ['production'] }))),
        )
        expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual(numbers(50))
        const stored = await Promise.all(numbers(50).map((version) => prompts.get(one, 'busy', { version })))
        expect(stored.map((prompt) => prompt?.labels)).toEqual([...numbers(49).map(() => []), ['production', 'latest']])
      }),
    30_000,
  )

  test(
    'writers, label movers and deleters at once leave one `latest`, on the newest version',
    () =>
      run(async (prompts) => {
        await prompts.create(one, newPrompt('busy'))
        const ends = await Promise.allSettled(
          numbers(60).map((n) => {
            if (n % 3 === 0) return prompts.delete(one, 'busy', { label: 'latest' })
            if (n % 3 === 1) return prompts.addLabels(one, 'busy', { version: 1 + (n % 7), labels: ['a', 'b'] })
            return prompts.create(one, newPrompt('busy', 'text', { labels: ['a'] }))
          }),
        )
        expect(ends.filter(({ status }) => status === 'rejected')).toEqual([])
        await prompts.create(one, newPrompt('busy'))
        const { prompts: listed } = await prompts.list(one, { page: 1, limit: 10, conditions: [] })
        const latest = await prompts.get(one, 'busy', { label: 'latest' })
        expect(latest?.version).toBe(listed[0]?.versions.at(-1))
      }),
    30_000,
  )

  test('a version comes back as it was given, to its own project only', () =>
    run(async (prompts) => {
      const content = [
        { role: 'user', content: '{{x}} \0 é \ud800', ...{ tool_calls: [{ id: 1 }] } },
        { type: 'placeholder' as const, name: 'history' },
      ]
      const config = '{"temperature":0.10,"big":12345678901234567890,"2":1,"a":[null]}'
      const made = await prompts.create(
        one,
        newPrompt('a/b% +<', content, {
          config,
          labels: ['x', 'production', 'x'],
          tags: ['t', 'u', 't'],
          commitMessage: 'm',
        }),
      )
      expect(made).toMatchObject({
        name: 'a/b% +<',
        version: 1,
        type: 'chat',
        content,
        config,
        labels: ['x', 'production', 'latest'],
        tags: ['t', 'u'],
        commitMessage: 'm',
        createdBy: 'API',
      })
      expect(await prompts.get(one, 'a/b% +<', { version: 1 })).toEqual(made)
      expect(await prompts.get(one, 'a/b% +<', { label: 'x' })).toEqual(made)
      for (const [project, choice] of [
        [one, { version: 2 }],
        [one, { label: 'none' }],
        [two, { version: 1 }],
        [two, { label: 'latest' }],
      ] as const) {
        expect(await prompts.get(project, 'a/b% +<', choice)).toBeUndefined()
        expect(await prompts.delete(project, 'a/b% +<', choice)).toBe(false)
      }
      expect(await prompts.find(two, 'a/b% +<', 1)).toBeUndefined()
      expect(await prompts.addLabels(two, 'a/b% +<', { version: 1, labels: ['y'] })).toBeUndefined()
      expect(await prompts.list(two, { page: 1, limit: 10, conditions: [] })).toEqual({ prompts: [], totalItems: 0 })
    }))

  test('a name keeps its type', () =>
    run(async (prompts) => {
      await prompts.create(one, newPrompt('p', 'text'))
      await expect(prompts.create(one, newPrompt('p', []))).rejects.toMatchObject({ code: 'bad_request' })
      expect((await prompts.create(two, newPrompt('p', []))).type).toBe('chat')
      expect((await prompts.create(one, newPrompt('p', 'text'))).version).toBe(2)
    }))

  test('tags are inherited, or replaced on all versions', () =>
    run(async (prompts) => {
      const tagsOf = async (version: number) => (await prompts.get(one, 'p', { version }))?.tags
      await prompts.create(one, newPrompt('p', 'a', { tags: ['b', 'a'] }))
      expect((await prompts.create(one, newPrompt('p'))).tags).toEqual(['b', 'a'])
      await prompts.create(one, newPrompt('p', 'c', { tags: ['c'] }))
      expect(await tagsOf(1)).toEqual(['c'])
      await prompts.create(one, newPrompt('p', 'd', { tags: [] }))
      expect(await tagsOf(3)).toEqual([])
    }))

  test('labels are added to a version and leave the others', () =>
    run(async (prompts) => {
      const labelsOf = async (version: number) => (await prompts.get(one, 'p', { version }))?.labels
      await prompts.create(one, newPrompt('p', 'a', { labels: ['a', 'b', 'c'] }))
      const second = await prompts.create(one, newPrompt('p', 'a', { labels: ['b'] }))
      expect([await labelsOf(1), await labelsOf(2)]).toEqual([
        ['a', 'c'],
        ['b', 'latest'],
      ])
      const moved = await prompts.addLabels(one, 'p', { version: 1, labels: ['b', 'a', 'd', 'b'] })
      expect(moved?.labels).toEqual(['a', 'c', 'b', 'd'])
      const bare = await prompts.get(one, 'p', { version: 2 })
      expect(bare?.labels).toEqual(['latest'])
      expect(bare?.updatedAt).toBeGreaterThan(second.updatedAt)
      expect(await prompts.addLabels(one, 'p', { version: 3, labels: ['b'] })).toBeUndefined()
      expect(await prompts.addLabels(one, 'q', { version: 1, labels: ['b'] })).toBeUndefined()
    }))

  test('deletion by version, by label and of all', () =>
    run(async (prompts) => {
      for (const labels of [['a'], ['b'], ['c']]) await prompts.create(one, newPrompt('p', 'x', { labels }))
      expect(await prompts.delete(one, 'p', { version: 3, label: 'a' })).toBe(false)
      expect(await prompts.delete(one, 'p', { version: 3 })).toBe(true)
      expect((await prompts.get(one, 'p', { version: 2 }))?.labels).toEqual(['b', 'latest'])
      expect(await prompts.delete(one, 'p', { label: 'a' })).toBe(true)
      expect(await prompts.delete(one, 'p', { label: 'a' })).toBe(false)
      expect((await prompts.create(one, newPrompt('p'))).version).toBe(3)
      expect(await prompts.delete(one, 'p', {})).toBe(true)
      expect(await prompts.delete(one, 'p', {})).toBe(false)
      expect((await prompts.create(one, newPrompt('p', []))).version).toBe(1)
      expect(await prompts.delete(one, 'p', { version: 1 })).toBe(true)
      expect((await prompts.create(one, newPrompt('p', 'text'))).version).toBe(1)
    }))

  test('an id is found as soon as there is a version, and no longer than there is one', () =>
    run(async (prompts) => {
      expect(await prompts.find(one, 'p', 1)).toBeUndefined()
      const { id } = await prompts.create(one, newPrompt('p'))
      expect(await prompts.find(one, 'p', 1)).toBe(id)
      await prompts.delete(one, 'p', {})
      expect(await prompts.find(one, 'p', 1)).toBeUndefined()
      for (const [name, version] of [
        ['p\0', 1],
        ['p', 1.5],
        ['p', 2 ** 63],
        ['p'.repeat(1_000_000), 1],
      ] as const)
        expect(await prompts.find(one, name, version)).toBeUndefined()
    }))

  test('references are replaced, and the graph says by what', () =>
    run(async (prompts) => {
      const leaf = await prompts.create(one, newPrompt('leaf', 'L1 {{v}}', { labels: ['production'] }))
      await prompts.create(one, newPrompt('leaf', 'L2'))
      const middle = await prompts.create(one, newPrompt('mid', `M(${ref('leaf', 'version=1')})`))
      const text = `${ref('mid', 'label=latest')} ${ref('leaf', 'label=production')} ${ref('leaf', 'label=production')}`
      const root = await prompts.create(one, newPrompt('root', [{ role: 'user', content: text }]))
      const resolved = await prompts.getResolved(one, 'root', { version: 1 })
      expect(resolved?.content).toEqual([{ role: 'user', content: 'M(L1 {{v}}) L1 {{v}} L1 {{v}}' }])
      const node = ({ id, name, version }: typeof root) => ({ id, name, version })
      expect(resolved?.graph).toEqual({
        root: node(root),
        dependencies: { [root.id]: [node(middle), node(leaf)], [middle.id]: [node(leaf)] },
      })
      expect((await prompts.get(one, 'root', { version: 1 }))?.content).toEqual([{ role: 'user', content: text }])
      expect((await prompts.getResolved(one, 'leaf', { version: 1 }))?.graph).toBeUndefined()
    }))

  test.each([
    ['nothing', ref('none', 'version=1')],
    ['a version that is not there', ref('a', 'version=2')],
    ['a label that is not there', ref('a', 'label=x')],
    ['a chat', ref('chat', 'version=1')],
    ['itself', ref('new', 'version=1')],
    ['another version of itself', ref('new', 'label=latest')],
    ['a prompt of another project', ref('foreign', 'version=1')],
    ['what can not be read', ref('a', 'version=x')],
    ['the fifth level', ref('depth-4', 'version=1')],
  ])('a reference to %s is refused', (_, text) =>
    run(async (prompts) => {
      await prompts.create(one, newPrompt('a'))
      await prompts.create(one, newPrompt('chat', []))
      await prompts.create(two, newPrompt('foreign'))
      for (const [depth, before] of ['a', 'depth-1', 'depth-2', 'depth-3'].entries())
        await prompts.create(one, newPrompt(`depth-${depth + 1}`, ref(before, 'version=1')))
      await expect(prompts.create(one, newPrompt('new', text))).rejects.toMatchObject({ code: 'bad_request' })
      expect((await prompts.create(one, newPrompt('new', ref('depth-3', 'version=1')))).version).toBe(1)
    }),
  )

  test('a reference back to where it came from is refused when made, and a conflict when labels make it', () =>
    run(async (prompts) => {
      await prompts.create(one, newPrompt('b', 'B', { labels: ['l'] }))
      await prompts.create(one, newPrompt('a', ref('b', 'label=l')))
      await expect(prompts.create(one, newPrompt('b', ref('a', 'version=1')))).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining("'b' → 'a' → 'b'"),
      })
      await prompts.create(one, newPrompt('c', 'C', { labels: ['l'] }))
      await prompts.create(one, newPrompt('b', ref('c', 'label=l')))
      await prompts.create(one, newPrompt('c', ref('a', 'version=1')))
      await prompts.addLabels(one, 'b', { version: 2, labels: ['l'] })
      await prompts.addLabels(one, 'c', { version: 2, labels: ['l'] })
      await expect(prompts.getResolved(one, 'a', { version: 1 })).rejects.toMatchObject({ code: 'conflict' })
      expect((await prompts.get(one, 'a', { version: 1 }))?.version).toBe(1)
    }))

  test('references can not grow without bound', () =>
    run(async (prompts) => {
      await prompts.create(one, newPrompt('p-0', 'x'.repeat(1000)))
      const wide = (name: string) => `${ref(name, 'version=1')}`.repeat(1000)
      await prompts.create(one, newPrompt('p-1', wide('p-0')))
      await expect(prompts.create(one, newPrompt('p-2', wide('p-1')))).rejects.toMatchObject({ code: 'bad_request' })
      const many = numbers(600).map((n) => ref(`none-${n}`, 'version=1'))
      await expect(prompts.create(one, newPrompt('p-3', many.join('')))).rejects.toMatchObject({ code: 'bad_request' })
    }))

  test('what others refer to stays', () =>
    run(async (prompts) => {
      await prompts.create(one, newPrompt('used', '1', { labels: ['l'] }))
      await prompts.create(one, newPrompt('used', '2'))
      await prompts.create(one, newPrompt('used', '3'))
      await prompts.create(one, newPrompt('by-label', ref('used', 'label=l')))
      await prompts.create(one, newPrompt('by-version', ref('used', 'version=2')))
      for (const choice of [{}, { version: 1 }, { label: 'l' }, { version: 2 }])
        await expect(prompts.delete(one, 'used', choice)).rejects.toMatchObject({ code: 'bad_request' })
      expect(await prompts.delete(one, 'used', { version: 3 })).toBe(true)
      await prompts.addLabels(one, 'used', { version: 2, labels: ['l'] })
      expect(await prompts.delete(one, 'used', { version: 1 })).toBe(true)
      expect(await prompts.delete(one, 'by-label', {})).toBe(true)
      expect(await prompts.delete(one, 'by-version', {})).toBe(true)
      expect(await prompts.delete(one, 'used', {})).toBe(true)
    }))
})

describe.each(backends)('lists of prompts on $name', (backend) => {
  const seed = async (prompts: Prompts) => {
    const config = '{"model":"GPT-4o","temperature":0.5,"note":"50%_off\\\\","nested":{"a":1}}'
    await prompts.create(one, newPrompt('Alpha', 'a1', { labels: ['production', 'x'], tags: ['t', 'u'], config }))
    await prompts.create(one, newPrompt('Alpha', 'a2', { labels: ['y'], config: '{"model":"claude"}' }))
    await prompts.create(one, newPrompt('beta', [], { labels: ['production'], tags: ['u'], config: '[1]' }))
    await prompts.create(one, newPrompt('folder/100%', 'g', { config: '"text"' }))
    await prompts.create(two, newPrompt('Alpha', 'other', { labels: ['production'], tags: ['t'] }))
  }
  const text = (operator: Extract<PromptCondition, { type: 'string' }>['operator'], value = '') =>
    ({ type: 'string', column: 'name', operator, value }) as const
  const list = (column: 'labels' | 'tags', operator: 'any of' | 'none of' | 'all of', ...value: string[]) =>
    ({ type: 'arrayOptions', column, operator, value }) as const
  const config = (key: string, operator: Extract<PromptCondition, { type: 'stringObject' }>['operator'], value = '') =>
    ({ type: 'stringObject', column: 'config', key, operator, value }) as const

  const ALL = { Alpha: [1, 2], beta: [1], 'folder/100%': [1] }
  const cases: [string, PromptCondition[], Record<string, number[]>][] = [
    ['nothing asked', [], ALL],
    ['name =', [text('=', 'Alpha')], { Alpha: [1, 2] }],
    ['name = in another case', [text('=', 'alpha')], {}],
    ['contains, in another case', [text('contains', 'LPH')], { Alpha: [1, 2] }],
    ['contains with wildcards', [text('contains', 'f_l%')], { 'folder/100%': [1] }],
    ['contains an escaped wildcard', [text('contains', '\\%')], { 'folder/100%': [1] }],
    ['contains a backslash', [text('contains', 'a\\')], {}],
    ['does not contain', [text('does not contain', 'A')], { 'folder/100%': [1] }],
    ['starts with', [text('starts with', 'BE')], { beta: [1] }],
    ['ends with', [text('ends with', 'a')], { Alpha: [1, 2], beta: [1] }],
    ['is not empty', [text('is not empty')], ALL],
    ['type', [{ type: 'string', column: 'type', operator: '=', value: 'chat' }], { beta: [1] }],
    [
      'one of',
      [{ type: 'stringOptions', column: 'name', operator: 'any of', value: ['beta', 'Alpha'] }],
      { Alpha: [1, 2], beta: [1] },
    ],
    ['none of', [{ type: 'stringOptions', column: 'type', operator: 'none of', value: ['text'] }], { beta: [1] }],
    ['one of nothing', [{ type: 'stringOptions', column: 'name', operator: 'any of', value: [] }], {}],
    ['none of nothing', [{ type: 'stringOptions', column: 'name', operator: 'none of', value: [] }], ALL],
    ['version', [{ type: 'number', column: 'version', operator: '>=', value: 2 }], { Alpha: [2] }],
    ['labels any of', [list('labels', 'any of', 'x', 'y')], { Alpha: [1, 2] }],
    ['labels all of', [list('labels', 'all of', 'production', 'x')], { Alpha: [1] }],
    ['labels none of', [list('labels', 'none of', 'production')], { Alpha: [2], 'folder/100%': [1] }],
    ['labels any of nothing', [list('labels', 'any of')], {}],
    ['tags any of', [list('tags', 'any of', 't')], { Alpha: [1, 2] }],
    ['tags all of', [list('tags', 'all of', 't', 'u')], { Alpha: [1, 2] }],
    ['tags none of', [list('tags', 'none of', 't', 'u')], { 'folder/100%': [1] }],
    ['tags all of nothing', [list('tags', 'all of')], ALL],
    ['config =', [config('model', '=', 'GPT-4o')], { Alpha: [1] }],
    ['config = in another case', [config('model', '=', 'gpt-4o')], {}],
    ['config contains', [config('model', 'contains', 'gpt')], { Alpha: [1] }],
    ['config does not contain', [config('model', 'does not contain', 'gpt')], { Alpha: [2] }],
    ['config number as text', [config('temperature', '=', '0.5')], { Alpha: [1] }],
    ['config object as text', [config('nested', '=', '{"a":1}')], { Alpha: [1] }],
    ['config ends with a backslash', [config('note', 'ends with', '\\')], { Alpha: [1] }],
    ['config is set', [config('model', 'is set')], { Alpha: [1, 2] }],
    ['config is not set', [config('model', 'is not set')], { beta: [1], 'folder/100%': [1] }],
    ['created', [{ type: 'datetime', column: 'createdAt', operator: '<', value: 0 }], {}],
    ['all of several', [text('ends with', 'a'), list('labels', 'any of', 'production')], { Alpha: [1], beta: [1] }],
  ]

  test('conditions', () =>
    withPrompts(backend, async (prompts) => {
      await seed(prompts)
      for (const [name, conditions, expected] of cases) {
        const found = await prompts.list(one, { page: 1, limit: 100, conditions })
        const versions = Object.fromEntries(found.prompts.map((prompt) => [prompt.name, prompt.versions]))
        expect([name, versions, found.totalItems]).toEqual([name, expected, Object.keys(expected).length])
      }
    }))

  test('pages, and what is said of the versions that fit', () =>
    withPrompts(backend, async (prompts) => {
      await seed(prompts)
      const names = async (page: number) => {
        const found = await prompts.list(one, { page, limit: 2, conditions: [] })
        return [found.prompts.map(({ name }) => name), found.totalItems]
      }
      expect(await names(1)).toEqual([['Alpha', 'beta'], 3])
      expect(await names(2)).toEqual([['folder/100%'], 3])
      expect(await names(3)).toEqual([[], 3])
      const whole = await prompts.list(one, { page: 1, limit: 1, conditions: [] })
      const second = await prompts.get(one, 'Alpha', { version: 2 })
      expect(whole.prompts).toEqual([
        {
          name: 'Alpha',
          type: 'text',
          versions: [1, 2],
          labels: ['latest', 'production', 'x', 'y'],
          tags: ['t', 'u'],
          lastUpdatedAt: second?.updatedAt,
          lastConfig: '{"model":"claude"}',
        },
      ])
      const conditions = [list('labels', 'any of', 'x')]
      const [part] = (await prompts.list(one, { page: 1, limit: 1, conditions })).prompts
      expect(part).toMatchObject({ versions: [1], labels: ['production', 'x'], tags: ['t', 'u'] })
      expect(part?.lastConfig).toContain('GPT-4o')
    }))
})
