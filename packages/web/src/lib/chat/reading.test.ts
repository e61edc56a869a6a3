import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64Content, mimeOf, plainBase64 } from './base64.ts'
import type { Message, Part, Role, ToolCallPart, ToolResultPart } from './chat.ts'
import { besideDocuments, documentsOf } from './documents.ts'
import { embeddingOf, embeddingsIn } from './embeddings.ts'
import { cutRepeated, foldHistory, messageKey, sharedPrefix } from './history.ts'
import { pairCalls } from './pairing.ts'
import { present } from './present.ts'
import { cacheUse, haveSameTools, type MessageChange, messageText, promptChange } from './prompt-change.ts'
import { textKindOf } from './text-kind.ts'

const say = (role: Role, ...parts: (string | Part)[]): Message => ({
  role,
  rawRole: role,
  name: undefined,
  path: [],
  parts: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
})
const call = (name: string, id?: string): ToolCallPart => ({ type: 'tool_call', id, name, args: {}, note: undefined })
const result = (name: string | undefined, id?: string): ToolResultPart => ({
  type: 'tool_result',
  id,
  name,
  content: [],
  isError: false,
})

describe('base64', () => {
  const bytes = (...start: number[]) => {
    const noise = Array.from({ length: 1500 - start.length }, (_, index) => (index * index * 2654435761) % 65_521)
    return btoa(String.fromCharCode(...start, ...noise.map((value) => value & 255)))
  }
  const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))

  test.each([
    ['PNG', [0x89, ...ascii('PNG\r\n\u001a\n')], 'image/png'],
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
    ['GIF', ascii('GIF89a'), 'image/gif'],
    ['WebP', [...ascii('RIFF'), 1, 2, 3, 4, ...ascii('WEBP')], 'image/webp'],
    ['WAV', [...ascii('RIFF'), 1, 2, 3, 4, ...ascii('WAVE')], 'audio/wav'],
    ['MP3', ascii('ID3'), 'audio/mpeg'],
    ['PDF', ascii('%PDF-1.7'), 'application/pdf'],
    ['MP4', [0, 0, 0, 32, ...ascii('ftypisom')], 'video/mp4'],
    ['HEIC', [0, 0, 0, 32, ...ascii('ftypheic')], 'image/heic'],
    ['nothing known', [1, 2, 3], 'application/octet-stream'],
  ])('%s', (_, ...[start, mime]) => expect(base64Content(bytes(...start))).toEqual({ mime, bytes: 1500 }))

  test('the alphabet of URLs counts where the start is known', () => {
    const png = bytes(0x89, ...ascii('PNG\r\n\u001a\n'), 0xfb, 0xef, 0xff, 0xfe)
    const url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
    expect(url(png)).not.toBe(png)
    expect(base64Content(url(png))).toEqual({ mime: 'image/png', bytes: 1500 })
    expect(plainBase64(url(png))).toBe(png)
    expect(base64Content(url(bytes(1, 2, 3, 0xfb, 0xef, 0xff)))).toBeUndefined()
  })

  test('short text, words and broken base64 are none', () => {
    expect(base64Content('iVBORw0KGgo=')).toBeUndefined()
    expect(base64Content('word'.repeat(400))).toBeUndefined()
    expect(base64Content(`${bytes(1)}!`)).toBeUndefined()
    expect(mimeOf('')).toBeUndefined()
  })
})

describe('text', () => {
  test.each([
    ['a heading', '# Title\n\nText', 'markdown'],
    ['a list', 'Do:\n- one\n- two', 'markdown'],
    ['a fence', 'See\n```js\nconst a = 1\n```', 'markdown'],
    ['an open fence', '```\nlet x', 'markdown'],
    ['a table', '| a | b |\n|---|---|\n| 1 | 2 |', 'markdown'],
    ['bold', 'This is **very** good', 'markdown'],
    ['a link', 'See [the page](https://example.com)', 'markdown'],
    ['plain words', 'Hello there.\nHow are you?', 'plain'],
    ['one dash', '- just this', 'plain'],
    ['a log', '2026-11-20 14:03:27 INFO # started\n2026-11-20 14:03:28 WARN **slow**', 'plain'],
    ['a stack trace', 'Traceback (most recent call last):\n  File "a.py", line 3\n  File "b.py", line 4', 'plain'],
    ['code', 'import os\n# comment\ndef f():\n    return 1;\nclass A:\n', 'plain'],
    ['JSON', '{"a": "**b**"}', 'plain'],
    ['XML', '<a>\n# b\n</a>', 'plain'],
    ['nothing', '', 'plain'],
  ])('%s', (_, ...[text, kind]) => expect(textKindOf(text)).toBe(kind))
})

describe('calls and results', () => {
  test('pair by id, else by name, else in order', () => {
    const [a, b, c, d] = [call('f', '1'), call('g', '2'), call('h'), call('i')]
    const [ra, rb, rc, rd, loose] = [
      result('f', '1'),
      result(undefined, '2'),
      result('h'),
      result(undefined),
      result('x', '9'),
    ]
    const { resultOf, callOf, openCalls, looseResults } = pairCalls([
      say('assistant', a, b, c, d),
      say('tool', rb, ra, rc, rd, loose),
    ])
    expect([a, b, c, d].map((one) => resultOf.get(one))).toEqual([ra, rb, rc, rd])
    expect(callOf.get(rb)).toBe(b)
    expect([openCalls.size, looseResults.size]).toEqual([0, 1])
  })

  test('two calls of one name keep their order; ids that differ do not pair', () => {
    const [a, b, c] = [call('f'), call('f'), call('f', '1')]
    const [ra, other] = [result('f'), result('f', '2')]
    const { resultOf, openCalls } = pairCalls([say('assistant', c, a, b), say('tool', other, ra)])
    expect(resultOf.get(c)).toBe(ra)
    expect(resultOf.get(a)).toBe(other)
    expect([...openCalls]).toEqual([b])
  })
})

describe('histories', () => {
  const [s, u, a, b] = [say('system', 's'), say('user', 'u'), say('assistant', 'a'), say('user', 'b')]

  test('share a beginning', () => {
    expect(sharedPrefix([s, u, a], [s, u, b])).toBe(2)
    expect(messageKey(s)).not.toBe(messageKey(say('user', 's')))
    expect(cutRepeated([s, u], [s, u, a])).toEqual({ repeated: 2, messages: [a] })
    expect(cutRepeated([a], [a])).toEqual({ repeated: 0, messages: [a] })
  })

  test('fold to the first of the user and the last two', () => {
    const long = [s, u, a, b, a, b, a, b]
    expect(foldHistory(long).shown).toEqual([
      { index: 0, foldedBefore: 0 },
      { index: 1, foldedBefore: 0 },
      { index: 6, foldedBefore: 4 },
      { index: 7, foldedBefore: 0 },
    ])
    expect(foldHistory([s, u, a]).shown).toHaveLength(3)
  })
})

describe('what changed in the prompt', () => {
  const before = [say('system', 'Be brief.'), say('user', 'Weather in Paris?'), say('assistant', 'Rain.')]
  const after = [
    say('system', 'Be brief.'),
    say('user', 'Weather in Rome?'),
    say('assistant', 'Rain.'),
    say('user', 'Thanks'),
  ]

  test('messages side by side', () => {
    const { changes, sharedMessages, sharedChars, totalChars } = promptChange(before, after)
    expect(changes.map(({ kind }) => kind)).toEqual(['same', 'changed', 'same', 'added'])
    expect(changes[1]).toEqual({ kind: 'changed', before: before[1], after: after[1] })
    expect([sharedMessages, sharedChars, totalChars]).toEqual([1, 9 + 'Weather in '.length, 36])
  })

  test('from any to any: nothing is lost on either side', () => {
    const message = fc
      .record({ role: fc.constantFrom<Role>('user', 'assistant'), text: fc.constantFrom('a b c', 'a c', 'x', '') })
      .map(({ role, text }) => say(role, text))
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.array(message, { maxLength: 6 }), (one, other) => {
        const { changes } = promptChange(one, other)
        const oldOf = (change: MessageChange) =>
          change.kind === 'changed' ? [change.before] : change.kind === 'added' ? [] : [change.message]
        const nextOf = (change: MessageChange) =>
          change.kind === 'changed' ? [change.after] : change.kind === 'removed' ? [] : [change.message]
        const texts = (messages: readonly Message[]) => messages.map((some) => `${some.role} ${messageText(some)}`)
        expect(texts(changes.flatMap(oldOf))).toEqual(texts(one))
        expect(texts(changes.flatMap(nextOf))).toEqual(texts(other))
      }),
    )
  })

  test('tools are the same wherever they were recorded, and in one order', () => {
    const tool = (name: string, place: number, parameters: unknown = { type: 'object' }) => ({
      name,
      description: undefined,
      parameters,
      path: ['tools', place],
    })
    expect(haveSameTools([tool('f', 0), tool('g', 1)], [tool('f', 2), tool('g', 3)])).toBe(true)
    expect(haveSameTools([tool('f', 0), tool('g', 1)], [tool('g', 0), tool('f', 1)])).toBe(false)
    expect(haveSameTools([tool('f', 0)], [tool('f', 0, { type: 'string' })])).toBe(false)
    expect(haveSameTools([tool('f', 0)], [])).toBe(false)
  })

  test('what the cache missed', () => {
    const change = { sharedChars: 900, totalChars: 1000 }
    const prices = { input: 2e-6, cached: 1e-6 }
    expect(cacheUse(change, { inputTokens: 10_000, cachedTokens: 1000, prices })).toEqual({
      expectedTokens: 9000,
      cachedTokens: 1000,
      missedTokens: 8000,
      missedCost: 8000 * 1e-6,
    })
    expect(cacheUse(change, { inputTokens: 1000, cachedTokens: 0 })).toEqual({
      expectedTokens: 0,
      cachedTokens: 0,
      missedTokens: 0,
      missedCost: undefined,
    })
    expect(cacheUse({ sharedChars: 0, totalChars: 0 }, { inputTokens: 0, cachedTokens: 0 }).expectedTokens).toBe(0)
  })
})

describe('documents and embeddings', () => {
  test.each<[string, unknown, object[]]>([
    [
      'LangChain',
      [{ page_content: 'a', metadata: { source: 'x.md', page: 1 }, type: 'Document' }],
      [
        {
          text: 'a',
          id: undefined,
          title: 'x.md',
          score: undefined,
          metadata: { type: 'Document', page: 1 },
          path: [0],
        },
      ],
    ],
    [
      'LangChain with scores',
      [[{ page_content: 'a', metadata: {} }, 0.5]],
      [{ text: 'a', id: undefined, title: undefined, score: 0.5, metadata: {}, path: [0] }],
    ],
    [
      'LlamaIndex',
      { nodes: [{ node: { id_: 'n', text: 'a', metadata: { file_name: 'f' } }, score: 0.9 }] },
      [{ text: 'a', id: 'n', title: 'f', score: 0.9, metadata: {}, path: ['nodes', 0] }],
    ],
    [
      'OpenInference',
      { 'retrieval.documents': [{ 'document.content': 'a', 'document.id': 1, 'document.score': 0.1 }] },
      [{ text: 'a', id: '1', title: undefined, score: 0.1, metadata: {}, path: ['retrieval.documents', 0] }],
    ],
    [
      'a rerank',
      { results: [{ document: { text: 'a' }, index: 3, relevance_score: 0.7 }] },
      [{ text: 'a', id: undefined, title: undefined, score: 0.7, metadata: { index: 3 }, path: ['results', 0] }],
    ],
    [
      'one name inside and outside',
      [{ id: 'chunk', text: 'a', score: 1, metadata: { id: 'page', text: 'b', score: 1 } }],
      [
        {
          text: 'a',
          id: 'chunk',
          title: undefined,
          score: 1,
          metadata: { 'metadata.id': 'page', 'metadata.text': 'b' },
          path: [0],
        },
      ],
    ],
    [
      'a score in words',
      [{ text: 'a', score: 'high', metadata: {} }],
      [{ text: 'a', id: undefined, title: undefined, score: undefined, metadata: { score: 'high' }, path: [0] }],
    ],
    [
      'wrapped three times',
      [{ node: { metadata: { document: { page: 1 }, metadata: { page: 2 } }, text: 'a' } }],
      [
        {
          text: 'a',
          id: undefined,
          title: undefined,
          score: undefined,
          metadata: { document: { page: 1 }, metadata: { page: 2 } },
          path: [0],
        },
      ],
    ],
  ])('%s', (_, value, documents) => expect(documentsOf(value)).toEqual(documents))

  test.each([
    [[]],
    [[{ role: 'user', content: 'a', score: 1 }]],
    [[{ content: 'a' }]],
    [[1, 2]],
    ['a'],
    [{ results: 'none' }],
    [[[{ page_content: 'a' }, 'b']]],
  ])('%j are none', (value) => expect(documentsOf(value)).toBeUndefined())

  test('what stands beside documents is kept', () => {
    expect(besideDocuments({ results: [{ text: 'a', score: 1 }], total: 9, query: 'q' })).toEqual({
      total: 9,
      query: 'q',
    })
    expect(besideDocuments([{ text: 'a', score: 1 }])).toEqual({})
  })

  const vector = Array.from({ length: 20 }, (_, index) => index / 10)

  test.each<[string, unknown, number, unknown]>([
    ['a vector', vector, 1, undefined],
    ['vectors', [vector, vector], 2, undefined],
    [
      'OpenAI',
      { object: 'list', data: [{ index: 0, embedding: vector }], model: 'm' },
      1,
      { object: 'list', data: [{ index: 0 }], model: 'm' },
    ],
    ['Cohere', { embeddings: [vector, vector], id: 'x' }, 2, { id: 'x' }],
    ['Gemini', { embedding: { values: vector } }, 1, undefined],
    ['Gemini, several', { embeddings: [{ values: vector }, { values: vector }] }, 2, undefined],
  ])('the embeddings of %s', (_, ...[value, count, rest]) => {
    const found = embeddingsIn(value)
    expect([found?.embeddings.length, found?.rest]).toEqual([count, rest])
  })

  test.each([
    [{ embedding: [1, 2, 3] }],
    [{ text: 'a', embedding: vector }],
    [[{ text: 'a', embedding: vector }]],
    [{ data: [] }],
    [{ values: vector }],
    ['a'],
  ])('no embeddings are in %j', (value) => expect(embeddingsIn(value)).toBeUndefined())

  test('an embedding is its dimension, norm and strip', () => {
    const found = embeddingOf(Array.from({ length: 1536 }, () => 0.5))
    expect([found?.dimension, found?.strip.length, found?.strip[0]]).toEqual([1536, 32, 0.5])
    expect(found?.norm).toBeCloseTo(Math.sqrt(1536 / 4))
    expect(embeddingOf([1, 2, 3])).toBeUndefined()
    expect(embeddingOf(Array(20).fill('1'))).toBeUndefined()
  })
})

describe('presenting', () => {
  test.each<[string | undefined, string, string]>([
    [undefined, 'SPAN', 'nothing'],
    ['', 'SPAN', 'nothing'],
    ['Hello', 'SPAN', 'text'],
    ['{"a":1.10}', 'SPAN', 'json'],
    ['"{\\"a\\":1}"', 'SPAN', 'json'],
    ['[{"role":"user","content":"a"}]', 'SPAN', 'chat'],
    ['[{"text":"a","score":1}]', 'SPAN', 'documents'],
    ['[{"page_content":"a","metadata":{}}]', 'RETRIEVER', 'documents'],
    [JSON.stringify([Array(16).fill(0.5), Array(16).fill(0.25)]), 'SPAN', 'embeddings'],
  ])('%s', (text, ...[observationType, kind]) => expect(present(text, { observationType }).kind).toBe(kind))
})
