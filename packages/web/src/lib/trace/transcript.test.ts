import { describe, expect, test } from 'vitest'
import type { Message, Part, Role, ToolCallPart } from '#lib/chat/chat.ts'
import { messageText } from '#lib/chat/prompt-change.ts'
import { type ReplayTrace, replaySession } from './session-replay.ts'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { sumTree } from './sums.ts'
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
    if (entry.kind === 'tool') return `${entry.node} tool ${entry.call?.id ?? '-'}${entry.result ? ' =' : ''}`
    return entry.kind === 'agent' ? `${entry.node} agent ${entry.steps} ${entry.cost}` : `${entry.node} ${entry.kind}`
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
    ).toEqual(['1 < sys', '1 < hi', '1 > tool_call', '2 tool c1 =', '3 > done']))

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
    expect(transcript(nested, []).slice(3)).toEqual(['4 agent 2 0.5'])
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

  const [ask, again] = [say('user', 'go on'), say('assistant', 'first')]
  const talk: SkeletonRow[] = [
    { id: 'a', type: 'AGENT', start: 0, end: 100 },
    { id: 'g1', parentId: 'a', type: 'GENERATION', start: 1, end: 10 },
    { id: 'g2', parentId: 'a', type: 'GENERATION', start: 21, end: 30 },
  ]

  test('what is said again is shown again', () =>
    expect(
      transcript(talk, [
        [1, { input: [ask], output: [again] }],
        [2, { input: [ask, again, ask], output: [again] }],
      ]),
    ).toEqual(['1 < go on', '1 > first', '2 < go on', '2 > first']))

  test('of a history that was cut, what was kept is not shown again', () =>
    expect(
      transcript(talk, [
        [1, { input: [s, say('user', 'old'), say('assistant', 'older'), u], output: [again] }],
        [2, { input: [s, u, again, ask], output: [] }],
      ]).slice(5),
    ).toEqual(['2 rewritten', '2 < go on']))

  test('an answer is known again without what was thought', () =>
    expect(
      transcript(talk, [
        [1, { input: [u], output: [say('assistant', { type: 'thinking', text: 'hm', isRedacted: false }, 'first')] }],
        [2, { input: [u, again, ask], output: [] }],
      ]),
    ).toEqual(['1 < hi', '1 > thinking first', '2 < go on']))

  const toolsOf = (...named: [name: string, parentId?: string][]): SkeletonRow[] => [
    { id: 'a', type: 'AGENT', start: 0, end: 100 },
    { id: 'g1', parentId: 'a', type: 'GENERATION', start: 1, end: 2 },
    ...named.map(([name, parentId = 'a'], index) => ({
      id: `t${index}`,
      parentId,
      type: 'TOOL',
      name,
      start: 10 + index,
      end: 20,
    })),
  ]
  const twoCalls = say('assistant', call('search', 'c1'), call('sum', 'c2'))

  test.each<[string, SkeletonRow[], string[]]>([
    ['by name, whatever runs first', toolsOf(['sum'], ['search']), ['tool c2', 'tool c1']],
    ['not what nobody called', toolsOf(['index'], ['search']), ['tool -', 'tool c1']],
    ['a word of its name', toolsOf(['execute_tool sum'], ['tools/search']), ['tool c2', 'tool c1']],
    ['in order without a name', toolsOf([''], ['']), ['tool c1', 'tool c2']],
    ['not what runs within a tool', toolsOf(['search'], ['sum', 't0']), ['tool c1', 'tool -']],
  ])('a tool answers its call: %s', (_, ...[steps, expected]) =>
    expect(
      transcript(steps, [[1, { input: [], output: [twoCalls] }]])
        .slice(1)
        .map((line) => line.slice(2)),
    ).toEqual(expected),
  )

  test('outside of agents too, whatever the system prompt', () => {
    const flat: SkeletonRow[] = [
      { id: 'r', type: 'SPAN', start: 0, end: 100 },
      ...rows.slice(1).map((row) => ({ ...row, parentId: 'r' })),
    ]
    expect(
      transcript(flat, [
        [1, { input: [s, u], output: [asks] }],
        [3, { input: [s, u, asks, say('tool', result('c1'))], output: [say('assistant', 'done')] }],
      ]),
    ).toEqual(['1 < sys', '1 < hi', '1 > tool_call', '2 tool c1 =', '3 > done'])
  })

  test('one question after another by the same prompt is no rewritten history', () => {
    const flat: SkeletonRow[] = [1, 2].map((start) => ({ id: `g${start}`, type: 'GENERATION', start, end: start + 1 }))
    const answered = (question: string): Said => ({
      input: [s, say('user', question)],
      output: [say('assistant', 'ok')],
    })
    expect(
      transcript(flat, [
        [0, answered('one')],
        [1, answered('two')],
      ]),
    ).toEqual(['0 < sys', '0 < one', '0 > ok', '1 < two', '1 > ok'])
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

  test('the same words after others are a new question, the same history is none', () => {
    const [more, a] = [say('user', 'go on'), say('assistant', 'a')]
    const turns = replaySession([
      trace('a', 0, { rootInput: [one, a, more] }),
      trace('b', 1, { rootInput: [one, a, more, a, more] }),
      trace('c', 2, { rootInput: [one, a, more, a, more] }),
    ])
    expect(turns.map(({ user }) => user)).toEqual([more, more, undefined])
  })
})
