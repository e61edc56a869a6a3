/** What transcript and graph show of a trace at a level, and where what was found stands in them. */
import { describe, expect, test } from 'vitest'
import type { Message } from '#lib/chat/chat.ts'
import { buildGraph } from './graph.ts'
import { graphNodeOf, markGraph } from './graph-shown.ts'
import { buildOutline } from './outline.ts'
import { levelCode, type SkeletonRow, skeletonOf } from './skeleton.ts'
import { countBelow, standInOf } from './stand-in.ts'
import { sumTree } from './sums.ts'
import { buildTranscript, foldsOver, type Said } from './transcript.ts'
import { foundOutside, placeOfNode, shownTranscript } from './transcript-shown.ts'
import { buildTree } from './tree.ts'
import { shownFrom } from './visible.ts'

/** An agent that asks, searches (in vain the second time), lets a critic look at it, and answers. */
const ROWS: readonly SkeletonRow[] = [
  { id: 'agent', type: 'AGENT', start: 0, end: 100 },
  { id: 'ask', parentId: 'agent', type: 'GENERATION', name: 'ask', start: 1, end: 10 },
  { id: 'search 1', parentId: 'agent', type: 'TOOL', name: 'search', level: 'DEBUG', start: 11, end: 20 },
  { id: 'http', parentId: 'search 1', type: 'EVENT', name: 'http', level: 'DEBUG', start: 12 },
  { id: 'search 2', parentId: 'agent', type: 'TOOL', name: 'search', level: 'ERROR', start: 21, end: 30 },
  { id: 'critic', parentId: 'agent', type: 'AGENT', name: 'critic', start: 31, end: 50 },
  { id: 'judge', parentId: 'critic', type: 'GENERATION', name: 'judge', level: 'WARNING', start: 32, end: 40 },
  { id: 'look', parentId: 'critic', type: 'TOOL', name: 'look', start: 41, end: 45 },
  { id: 'answer', parentId: 'agent', type: 'GENERATION', name: 'answer', start: 51, end: 60 },
  { id: 'note', parentId: 'agent', type: 'EVENT', name: 'note', start: 55 },
]
const tree = buildTree(skeletonOf(ROWS), { nowMs: 1e12 })
const nodeOf = (id: string) => tree.skeleton.ids.indexOf(id)
const idOf = (node: number | undefined) => (node === undefined ? undefined : tree.skeleton.ids[node])
const maskOf = (...ids: readonly string[]) => {
  const mask = new Uint8Array(tree.nodeCount)
  for (const id of ids) mask[nodeOf(id)] = 1
  return mask
}
const atLevel = (level: string) => shownFrom(buildOutline(tree), levelCode(level))

describe('a node that has no place', () => {
  const places = new Set(['ask', 'search 1', 'critic', 'answer'].map(nodeOf))
  test.each<[string, string, string | undefined]>([
    ['has its own', 'ask', 'ask'],
    ['stands with the first below it', 'agent', 'ask'],
    ['stands with the nearest above it', 'look', 'critic'],
    ['has none', 'note', undefined],
  ])('%s', (_, ...[id, standIn]) => {
    expect(idOf(standInOf(tree, nodeOf(id), (node) => places.has(node)))).toBe(standIn)
  })
})

test('what is in a mask is counted below a node', () => {
  const mask = maskOf('critic', 'judge', 'look', 'answer')
  expect(['agent', 'critic', 'look'].map((id) => countBelow(tree, nodeOf(id), mask))).toEqual([4, 2, 0])
  expect(countBelow(tree, 0, undefined)).toBe(0)
})

describe('the transcript', () => {
  const message = (text: string): Message => ({
    role: 'user',
    rawRole: 'user',
    name: undefined,
    path: [],
    parts: [{ type: 'text', text }],
  })
  const said = new Map<number, Said>([
    [nodeOf('ask'), { input: [message('hello'), message('find Needles')], output: [message('I look')] }],
  ])
  const entriesOf = (...open: readonly string[]) =>
    buildTranscript(tree, sumTree(tree), { said, open: new Set(open.map(nodeOf)) })

  test.each<[string, string | undefined, string[], number]>([
    ['all', undefined, ['ask', 'ask', 'ask', 'search 1', 'search 2', 'critic', 'answer'], 0],
    ['none of debugging', 'DEFAULT', ['ask', 'ask', 'ask', 'search 2', 'critic', 'answer'], 1],
    ['warnings, and agents that hold one', 'WARNING', ['search 2', 'critic'], 3],
    ['errors: an agent that is left out counts as its steps', 'ERROR', ['search 2'], 5],
  ])('shows %s', (_, ...[level, ids, left]) => {
    const { shown, leftOut } = shownTranscript(entriesOf(), level === undefined ? undefined : atLevel(level))
    expect([shown.map(({ entry }) => idOf(entry.node)), leftOut]).toEqual([ids, left])
  })

  test('knows an entry again when others come before it', () => {
    const keys = (open: readonly string[]) =>
      shownTranscript(entriesOf(...open), undefined).shown.map(({ key, index }) => `${index}: ${key}`)
    expect(keys([]).at(-1)?.replace(/^\d+/, '')).toBe(keys(['critic']).at(-1)?.replace(/^\d+/, ''))
    expect(new Set(keys([])).size).toBe(7)
  })

  const { shown } = shownTranscript(entriesOf(), undefined)
  test.each([
    ['the first entry of a node', 'ask', '', 0],
    ['the one that holds the text', 'ask', 'needle', 1],
    ['the first, where none holds it', 'ask', 'other', 0],
    ['the agent that it is folded in', 'look', '', 5],
    ['the first below it', 'agent', '', 0],
    ['the tool that it is an event of', 'http', '', 3],
    ['the last before it', 'note', '', 6],
  ])('goes to %s', (_, ...[id, wanted, place]) => {
    expect(placeOfNode(tree, shown, { node: nodeOf(id), wanted })).toBe(place)
  })

  test('goes nowhere when it is empty', () => {
    expect(placeOfNode(tree, [], { node: nodeOf('note') })).toBeUndefined()
  })

  test('says what must be open for a node to be seen', () => {
    expect(['agent', 'ask', 'critic', 'look'].map((id) => foldsOver(tree, nodeOf(id)).map(idOf))).toEqual([
      [],
      [],
      [],
      ['critic'],
    ])
  })

  test.each<[string, Uint8Array | undefined, number]>([
    ['nothing is looked for', undefined, 0],
    ['steps, folded ones too', maskOf('ask', 'look', 'critic'), 0],
    ['an agent and events', maskOf('agent', 'ask', 'note', 'http'), 3],
  ])('counts what was found and is no step: %s', (_, ...[mask, count]) => {
    expect(foundOutside(tree, entriesOf(), mask)).toBe(count)
  })
})

describe('the graph', () => {
  const graph = buildGraph(tree)
  const marksOf = (level: string | undefined, found: Uint8Array | undefined) => {
    const marks = markGraph(graph, { shown: level === undefined ? undefined : atLevel(level), found })
    const byName = graph.nodes.flatMap(({ id, name, calls }) => {
      const own = marks.byId.get(id)
      return calls === 0 || !own ? [] : [`${name} ${own.shown}/${calls}${own.found > 0 ? ` found ${own.found}` : ''}`]
    })
    return [...byName, `dimmed ${marks.dimmed} of ${marks.steps}`, `outside ${marks.foundOutside}`]
  }

  test.each<[string, string | undefined, Uint8Array | undefined, string[]]>([
    [
      'all levels',
      undefined,
      undefined,
      [' 1/1', 'ask 1/1', 'search 2/2', 'critic 1/1', 'judge 1/1', 'look 1/1', 'answer 1/1'],
    ],
    [
      'warnings, with what holds one',
      'WARNING',
      undefined,
      [' 1/1', 'ask 0/1', 'search 1/2', 'critic 1/1', 'judge 1/1', 'look 0/1', 'answer 0/1'],
    ],
    [
      'what was found',
      undefined,
      maskOf('search 1', 'search 2', 'look', 'note'),
      [' 1/1', 'ask 1/1', 'search 2/2 found 2', 'critic 1/1', 'judge 1/1', 'look 1/1 found 1', 'answer 1/1'],
    ],
  ])('tells of each node: %s', (_, ...[level, found, nodes]) => {
    const marks = marksOf(level, found)
    expect(marks.slice(0, -2)).toEqual(nodes)
    expect(marks.slice(-2)).toEqual([`dimmed ${level ? 3 : 0} of 7`, `outside ${found ? 1 : 0}`])
  })

  test.each([
    ['a call', 'search 2', 'search'],
    ['an event of a tool', 'http', 'search'],
  ])('goes to the node of %s', (_, ...[id, name]) => {
    const found = graphNodeOf(tree, graph, nodeOf(id))
    expect(graph.nodes.find((node) => node.id === found)?.name).toBe(name)
  })
})
