import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message, Part, Role, ToolCallPart } from '#lib/chat/chat.ts'
import { messageText } from '#lib/chat/prompt-change.ts'
import { align } from './align.ts'
import { compareTraces, firstDivergence, foldSame } from './compare.ts'
import { buildGraph } from './graph.ts'
import { plainName } from './graph-steps.ts'
import { buildReceipt, type ReceiptInput } from './receipt.ts'
import { type ReplayTrace, replaySession } from './session-replay.ts'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { sumTree } from './sums.ts'
import { anyTrace } from './trace.arbitrary.ts'
import { buildTranscript, type Said, type TranscriptEntry } from './transcript.ts'
import { buildTree } from './tree.ts'

const treeOf = (rows: readonly SkeletonRow[]) => buildTree(skeletonOf(rows), { nowMs: 1e12 })
const say = (role: Role, ...parts: (string | Part)[]): Message => ({
  role,
  rawRole: role,
  name: undefined,
  path: [],
  parts: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
})
const call = (name: string, id: string): ToolCallPart => ({ type: 'tool_call', id, name, args: {}, note: undefined })
const result = (id: string): Part => ({
  type: 'tool_result',
  id,
  name: undefined,
  content: [{ type: 'text', text: 'ok' }],
  isError: false,
})

describe('the transcript', () => {
  const show = (entry: TranscriptEntry): string => {
    if (entry.kind === 'message')
      return `${entry.node} ${entry.isAnswer ? '>' : '<'} ${entry.message.parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' ')}`
    if (entry.kind === 'tool') return `${entry.node} tool ${entry.call?.id ?? '-'}`
    return entry.kind === 'agent'
      ? `${entry.node} agent ${entry.steps} ${entry.ms} ${entry.cost}`
      : `${entry.node} ${entry.kind}`
  }
  const transcript = (rows: SkeletonRow[], said: [number, Said][], open: number[] = []) => {
    const tree = treeOf(rows)
    return buildTranscript(tree, sumTree(tree), { said: new Map(said), open: new Set(open) }).map(show)
  }
  const [s, u] = [say('system', 'sys'), say('user', 'hi')]
  const asks = say('assistant', call('f', 'c1'))
  const rows: SkeletonRow[] = [
    { id: 'a', type: 'AGENT', start: 0, end: 100 },
    { id: 'g1', parentId: 'a', type: 'GENERATION', start: 1, end: 10 },
    { id: 't', parentId: 'a', type: 'TOOL', name: 'f', start: 11, end: 20 },
    { id: 'g2', parentId: 'a', type: 'GENERATION', start: 21, end: 30 },
  ]

  test('each generation shows what its agent lacked, tools stand by their calls', () =>
    expect(
      transcript(rows, [
        [1, { input: [s, u], output: [asks] }],
        [3, { input: [s, u, asks, say('tool', result('c1'))], output: [say('assistant', 'done')] }],
      ]),
    ).toEqual(['1 < sys', '1 < hi', '1 > tool_call', '2 tool c1', '3 > done']))

  test('a history that is not the one that was is marked', () =>
    expect(
      transcript(rows, [
        [1, { input: [s, u], output: [asks] }],
        [3, { input: [s, say('user', 'summary')], output: [say('assistant', 'done')] }],
      ]),
    ).toEqual(['1 < sys', '1 < hi', '1 > tool_call', '2 tool c1', '3 rewritten', '3 < summary', '3 > done']))

  test('without payloads generations stand for themselves', () =>
    expect(transcript(rows, [])).toEqual(['1 generation', '2 tool -', '3 generation']))

  test('an agent within an agent is one line until it is opened', () => {
    const nested: SkeletonRow[] = [
      ...rows,
      { id: 'b', parentId: 'a', type: 'AGENT', start: 40, end: 60 },
      { id: 'g3', parentId: 'b', type: 'GENERATION', start: 41, end: 50, cost: 0.5 },
      { id: 't2', parentId: 'b', type: 'TOOL', start: 51, end: 52 },
    ]
    expect(transcript(nested, []).slice(3)).toEqual(['4 agent 2 20 0.5'])
    expect(transcript(nested, [], [4]).slice(3)).toEqual(['5 generation', '6 tool -'])
  })

  test('without agents, those of one system prompt are one', () => {
    const flat: SkeletonRow[] = [1, 2, 3].map((start) => ({
      id: `g${start}`,
      type: 'GENERATION',
      start,
      end: start + 1,
    }))
    const other = say('system', 'other')
    expect(
      transcript(flat, [
        [0, { input: [s, u], output: [] }],
        [1, { input: [other, u], output: [] }],
        [2, { input: [s, u, say('user', 'more')], output: [] }],
      ]),
    ).toEqual(['0 < sys', '0 < hi', '1 < other', '1 < hi', '2 < more'])
  })
})

describe('session replay', () => {
  const trace = (id: string, startMs: number, more: Partial<ReplayTrace> = {}): ReplayTrace => ({
    id,
    startMs,
    endMs: startMs + 1000,
    rootInput: [],
    rootOutput: [],
    lastInput: [],
    lastOutput: [],
    tools: [],
    ...more,
  })
  const [one, two] = [say('user', 'one'), say('user', 'two')]

  test('turns by time: the new question, the final answer, tools as chips, long pauses', () => {
    const turns = replaySession([
      trace('b', 70_000, { rootInput: [one, say('assistant', 'a'), two], rootOutput: [say('assistant', 'b')] }),
      trace('a', 0, {
        rootInput: [one],
        lastOutput: [say('assistant', call('f', '1')), say('assistant', 'a')],
        tools: [
          { name: 'f', isError: false },
          { name: 'g', isError: true },
          { name: 'f', isError: true },
        ],
      }),
      trace('c', 72_000),
    ])
    expect(
      turns.map(({ trace: { id }, user, assistant, pauseMs, isBrief }) => [
        id,
        user && messageText(user),
        assistant && messageText(assistant),
        pauseMs,
        isBrief,
      ]),
    ).toEqual([
      ['a', 'one', 'a', undefined, false],
      ['b', 'two', 'b', 69_000, false],
      ['c', undefined, undefined, undefined, true],
    ])
    expect(turns[0]?.tools).toEqual([
      { name: 'f', count: 2, errors: 1 },
      { name: 'g', count: 1, errors: 1 },
    ])
  })

  test('a question asked again is shown again', () =>
    expect(
      replaySession([trace('a', 0, { rootInput: [one] }), trace('b', 1, { rootInput: [one] })]).map(({ user }) => user),
    ).toEqual([one, one]))
})

describe('the graph', () => {
  const step = (id: string, ...[start, end, more]: [number, number, Partial<SkeletonRow>?]): SkeletonRow => ({
    id,
    parentId: 'r',
    type: 'TOOL',
    name: id,
    start,
    end,
    ...more,
  })
  const edges = (rows: SkeletonRow[], how: 'aggregated' | 'ran' = 'aggregated') =>
    buildGraph(treeOf(rows), how).edges.map(
      ({ from, to, count, isLoop }) =>
        `${from.replace(/^\w+ /, '')}>${to.replace(/^\w+ /, '')}${count > 1 ? ` ×${count}` : ''}${isLoop ? ' loop' : ''}`,
    )
  const root: SkeletonRow = { id: 'r', type: 'SPAN', name: 'r', start: 0, end: 100 }

  test.each<[string, SkeletonRow[], string[]]>([
    ['nothing', [], []],
    ['one after another, through a span', [root, step('a', 0, 10), step('b', 10, 20)], ['start>a', 'a>b', 'b>end']],
    [
      'side by side: fork and join',
      [root, step('a', 0, 10), step('b', 11, 30), step('c', 12, 20), step('d', 31, 40)],
      ['start>a', 'a>b', 'a>c', 'c>d', 'b>d', 'd>end'],
    ],
    [
      'a loop',
      [
        root,
        ...[0, 1, 2].flatMap((turn) => [
          step(`plan ${turn}`, turn * 20, turn * 20 + 5),
          step(`act_${turn}`, turn * 20 + 6, turn * 20 + 9),
        ]),
      ],
      ['start>plan', 'plan>act ×3', 'act>plan ×2 loop', 'act>end'],
    ],
    [
      'a call goes to the first of the children',
      [{ ...root, type: 'AGENT' }, step('a', 0, 10), step('b', 10, 20)],
      ['start>r', 'r>end', 'r>a', 'a>b'],
    ],
    ['events are left out', [root, step('a', 0, 10), step('e', 5, 5, { type: 'EVENT' })], ['start>a', 'a>end']],
    [
      'explicit parents win',
      [
        root,
        step('a', 0, 10, { graphNode: 'A' }),
        step('b', 11, 20, { graphNode: 'B' }),
        step('c', 21, 30, { graphNode: 'C', graphParent: 'A' }),
      ],
      ['start>A', 'A>B', 'A>C', 'C>end'],
    ],
    ['spans without anything typed are steps', [root, step('a', 0, 10, { type: 'SPAN' })], ['start>r', 'r>end', 'r>a']],
  ])('%s', (_, ...[rows, expected]) => expect(edges(rows)).toEqual(expected))

  test('nodes count calls, time, cost and errors', () => {
    const { nodes } = buildGraph(
      treeOf([
        root,
        step('s 1', 0, 10, { cost: 0.5, level: 'ERROR' }),
        step('s 2', 10, 30),
        step('s 3', 30, 60, { cost: 0.25 }),
      ]),
    )
    expect(nodes.find(({ kind }) => kind === 'step')).toMatchObject({
      type: 'TOOL',
      name: 's',
      calls: 3,
      p50Ms: 20,
      totalMs: 60,
      cost: 0.75,
      errors: 1,
    })
  })

  test('as it ran, each is its own', () =>
    expect(edges([root, step('s 1', 0, 10), step('s 2', 10, 30)], 'ran')).toEqual(['start>s 1', 's 1>s 2', 's 2>end']))

  test('thousands of siblings beside one another', () => {
    const wide = Array.from({ length: 4000 }, (_, index) => step(`k ${index}`, index, index + 2000))
    expect(edges([root, ...wide])).toEqual(['start>k ×2000', 'k>k ×2001000 loop', 'k>end ×2000'])
  })

  test('of more than eighty kinds, sixty stay', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      step(
        `k${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`,
        index * 10,
        index * 10 + 1 + index / 100,
      ),
    )
    const graph = buildGraph(treeOf([root, ...many]))
    expect([graph.nodes.length, graph.joined]).toEqual([63, 40])
  })

  test('every observation of the graph is in one node, and every edge joins two of them', () => {
    fc.assert(
      fc.property(anyTrace, (rows) => {
        const { nodes, edges: some } = buildGraph(treeOf(rows))
        const all = nodes.flatMap((node) => node.nodes)
        expect(new Set(all).size).toBe(all.length)
        const ids = new Set(nodes.map(({ id }) => id))
        expect(some.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
      }),
    )
  })

  test.each([
    ['Plan 3', 'Plan'],
    ['search_12', 'search'],
    ['task-3f9a1c00d21e', 'task'],
    ['cycle [2]', 'cycle'],
    ['gpt-4', 'gpt'],
    ['call (3)', 'call'],
    ['web-search', 'web-search'],
    ['step2', 'step2'],
    ['42', '42'],
    ['', ''],
  ])('the plain name of %s is %s', (name, plain) => expect(plainName(name)).toBe(plain))
})

describe('alignment', () => {
  test('the fewest insertions and deletions', () => {
    const text = (a: string, b: string) =>
      align([...a], [...b])
        .map(([one, other]) => (one === undefined ? `+${b[other ?? 0]}` : other === undefined ? `-${a[one]}` : a[one]))
        .join('')
    expect(text('abcd', 'abxd')).toMatch(/^ab(-c\+x|\+x-c)d$/)
    expect(text('', 'ab')).toBe('+a+b')
    expect(text('ab', '')).toBe('-a-b')
    expect(text('abc', 'abc')).toBe('abc')
  })

  test('each side comes once and in order, pairs are equal, whatever the lengths', () => {
    const side = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 })
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 40), (a, ...[some, times]) => {
        const b = Array.from({ length: times }, () => some).flat()
        const pairs = align(a, b)
        expect(pairs.flatMap(([one]) => (one === undefined ? [] : [one]))).toEqual(a.map((_, index) => index))
        expect(pairs.flatMap(([, other]) => (other === undefined ? [] : [other]))).toEqual(b.map((_, index) => index))
        expect(pairs.every(([one, other]) => one === undefined || other === undefined || a[one] === b[other])).toBe(
          true,
        )
      }),
    )
  })
})

describe('two traces', () => {
  const run = (search: number, rows: SkeletonRow[] = []) =>
    treeOf([
      { id: 'r', name: 'agent', type: 'AGENT', start: 0, end: 1000 },
      { id: 's', parentId: 'r', name: 'search', type: 'TOOL', start: 0, end: search, cost: search / 1000 },
      { id: 'g', parentId: 'r', name: 'answer', type: 'GENERATION', start: 900, end: 950, cost: 1 },
      ...rows,
    ])
  const [a, b] = [run(200), run(500, [{ id: 'x', parentId: 'r', name: 'retry', type: 'TOOL', start: 600, end: 700 }])]
  const rows = compareTraces(a, b)

  test('what is slower, what was added', () => {
    expect(rows.map(({ change }) => change)).toEqual(['same', 'slower', 'added', 'same'])
    expect(rows[1]).toMatchObject({ a: 1, b: 1, addedMs: 300, addedCost: 0.3 })
    expect(compareTraces(b, a).map(({ change }) => change)).toEqual(['same', 'faster', 'removed', 'same'])
    expect(compareTraces(run(10), run(20)).map(({ change }) => change)).toEqual(['same', 'dearer', 'same'])
    expect(compareTraces(run(20), run(10))[1]?.change).toBe('cheaper')
  })

  test('where they part', () => {
    expect(firstDivergence(rows, () => true)).toEqual({ row: 2, isKnown: true })
    expect(firstDivergence(rows, (node) => (node === 1 ? false : undefined))).toEqual({ row: 0, isKnown: false })
    expect(firstDivergence(rows, (node) => node !== 1)).toEqual({ row: 1, isKnown: true })
    expect(firstDivergence(compareTraces(a, a), () => true)).toBeUndefined()
  })

  test('what did not change folds', () => {
    expect(foldSame(compareTraces(a, a))).toEqual([{ from: 0, to: 3 }])
    expect(foldSame(rows)).toEqual([])
  })
})

describe('the receipt', () => {
  const input: ReceiptInput = {
    usage: { input: 1000, output: 100, input_cached_tokens: 400, total: 1100 },
    providedCost: {},
    cost: { input: 0.002, output: 0.001 },
    totalCost: 0.003,
    prices: { input: 2e-6, output: 1e-5 },
    tier: 'standard',
    priceSource: 'builtin',
  }

  test('tokens × price, and what is odd about them', () => {
    const receipt = buildReceipt(input)
    expect(receipt.lines).toEqual([
      { kind: 'input', tokens: 1000, price: 2e-6, priced: 1000 * 2e-6, provided: undefined, billed: 0.002 },
      { kind: 'output', tokens: 100, price: 1e-5, priced: 100 * 1e-5, provided: undefined, billed: 0.001 },
      {
        kind: 'input_cached_tokens',
        tokens: 400,
        price: undefined,
        priced: undefined,
        provided: undefined,
        billed: undefined,
      },
    ])
    expect([receipt.winner, receipt.tier, receipt.total]).toEqual(['builtin', 'standard', 0.003])
    expect(receipt.warnings.map(({ code }) => code)).toEqual(['cached-counted-twice', 'kind-without-price'])
  })

  test('the client’s cost wins, and says so where it differs', () => {
    const receipt = buildReceipt({ ...input, providedCost: { total: 0.01 }, totalCost: 0.01 })
    expect(receipt.winner).toBe('provided')
    expect(receipt.alternatives.provided).toBe(0.01)
    expect(receipt.alternatives.priced).toBeCloseTo(0.003)
    expect(receipt.warnings.map(({ code }) => code)).toEqual([
      'sources-disagree',
      'cached-counted-twice',
      'kind-without-price',
      'lines-miss-total',
    ])
  })

  test('nothing known', () =>
    expect(
      buildReceipt({
        usage: {},
        providedCost: {},
        cost: {},
        totalCost: undefined,
        prices: {},
        tier: undefined,
        priceSource: undefined,
      }),
    ).toMatchObject({ lines: [], winner: 'unknown', warnings: [] }))
})
