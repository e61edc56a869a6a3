/**
 * Any JSON that is sent is the JSON that is read: numbers of the same value to the last digit, every
 * character of text, keys in their order (DESIGN §5). Two exceptions, both of an input or output that
 * is one text: JSON in it reads as what it says (langfuse-ingestion contract §3.2), and half of a
 * surrogate pair, which is no character, reads as the replacement character.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JsonTree, parseTree, printTree } from '#lib/json/tree.ts'
import { event, openWorld, type World } from './world.ts'

const RUNS = 4
const VALUES_PER_RUN = 30

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const digits = (options: { min: number; max: number }) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength: options.min, maxLength: options.max })
    .map((list) => list.join(''))

const whole = digits({ min: 1, max: 40 }).map((text) => text.replace(/^0+(?=\d)/, ''))

/** The spelling of a number: of any length, with any exponent. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '', '-'),
    whole,
    fc.option(digits({ min: 1, max: 30 }), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat({ max: 400 })), { nil: undefined, freq: 5 }),
  )
  .map(([sign, integer, fraction, exponent]) =>
    [sign, integer, fraction === undefined ? '' : `.${fraction}`, exponent?.join('') ?? ''].join(''),
  )

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '5',
    '"x"',
    '[1, 2]',
    '{"a":1e2}',
    'true',
    '\u0000',
    '\ud83e\uddf5',
    '\ud800',
    'a\udc00b',
    '\u2028',
  ),
)

const key = fc.oneof(
  text,
  fc.nat({ max: 1000 }).map(String),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', 'hasOwnProperty', 'input', 'metadata', '2', '1', '-1', '01'),
)

/** JSON text without white space, escapes as JSON.stringify writes them. */
const { json: jsonText } = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(
      numberText,
      text.map((value) => JSON.stringify(value)),
      fc.constantFrom('true', 'false', 'null'),
    ),
    fc.array(tie('json'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    tie('object'),
  ),
  object: fc
    .uniqueArray(fc.tuple(key, tie('json')), { maxLength: 5, selector: ([name]) => name })
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
}))

/** The characters of a text as they can be stored. */
const storedText = (sent: string): string => Buffer.from(String(JSON.parse(sent))).toString()

/** What v1 shows of an input or output. */
function shown(sent: string): string {
  if (!sent.startsWith('"')) return sent
  const stored = storedText(sent)
  if (stored === '') return 'null'
  try {
    return printTree(parseTree(stored))
  } catch {
    return JSON.stringify(stored)
  }
}

/** JSON text with every number in one spelling: its sign, its digits without zeros at the ends, and their power of ten. */
function inOneSpelling(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (token.startsWith('"')) return token
    const [, sign = '', integer = '', fraction = '', exponent = '0'] =
      /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(token) ?? []
    const digits = (integer + fraction).replace(/^0+/, '')
    const short = digits.replace(/0+$/, '')
    return short === '' ? '0' : `${sign}${short}e${Number(exponent) - fraction.length + digits.length - short.length}`
  })
}

function memberOf(tree: JsonTree | undefined, ...path: readonly string[]): JsonTree | undefined {
  return path.reduce((node, name) => (node instanceof Map ? node.get(name) : undefined), tree)
}

/** The rows of an answer by their ids, nothing in them changed by reading. */
async function rowsOf(path: string, list: string): Promise<ReadonlyMap<string, JsonTree>> {
  const answer = await world.send('GET', path)
  const rows = memberOf(parseTree(await answer.text()), list)
  const entries = Array.isArray(rows) ? rows : []
  return new Map(entries.map((row) => [JSON.parse(textAt(row, 'id')), row]))
}

function textAt(row: JsonTree | undefined, ...path: readonly string[]): string {
  const found = memberOf(row, ...path)
  return found === undefined ? 'nothing' : inOneSpelling(printTree(found))
}

/** Holds for lists of JSON texts; each run has an id of its own, 32 hex digits. */
async function holds(check: (texts: readonly string[], run: string) => Promise<void>): Promise<void> {
  const lists = fc.array(jsonText, { minLength: VALUES_PER_RUN, maxLength: VALUES_PER_RUN })
  await fc.assert(
    fc.asyncProperty(lists, (texts) => check(texts, randomUUID().replaceAll('-', ''))),
    { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
  )
}

const T = '2026-01-02T03:04:05Z'
const idOf = (run: string, index: number) => run.slice(0, 12) + index.toString(16).padStart(4, '0')
const payloadOf = (value: string) => `"input":${value},"output":${value},"metadata":{"k":${value}}`

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const answer = await world.send('POST', path, { body, headers })
  expect(answer.status).toBeLessThan(300)
  expect(await answer.text()).not.toContain('"status":400')
}

/** What v1 shows of the traces of a run's session and of the observations of its trace. */
const readV1 = (run: string) =>
  Promise.all([
    rowsOf(`/api/public/traces?sessionId=${run}&limit=100`, 'data'),
    rowsOf(`/api/public/traces/${run}`, 'observations'),
  ])

/** The row shows the value as input, output and under `k` of its metadata. */
function expectShown(row: JsonTree | undefined, sent: string): void {
  expect(textAt(row, 'input')).toBe(inOneSpelling(shown(sent)))
  expect(textAt(row, 'output')).toBe(inOneSpelling(shown(sent)))
  expect(textAt(row, 'metadata', 'k')).toBe(inOneSpelling(sent))
}

/** As `expectShown`, of v2, where input and output are text: the text itself, or that of the JSON. */
function expectListed(row: JsonTree | undefined, sent: string): void {
  const input: unknown = JSON.parse(textAt(row, 'input'))
  if (sent === 'null' || sent === '""') expect(input).toBeNull()
  else if (sent.startsWith('"')) expect(input).toBe(storedText(sent))
  else expect(inOneSpelling(String(input))).toBe(inOneSpelling(sent))
  expect(textAt(row, 'metadata', 'k')).toBe(inOneSpelling(sent))
}

describe('JSON comes back as it went in', () => {
  test('through /ingestion: traces, observations and scores, metadata merged', () =>
    holds(async (texts, run) => {
      const events = texts.flatMap((value, index) => {
        const id = idOf(run, index)
        const event = (type: string, body: string) =>
          `{"id":"${type}-${id}","type":"${type}","timestamp":"${T}","body":{"id":"${id}",${body}}}`
        return [
          event('trace-create', `"sessionId":"${run}",${payloadOf(value)}`),
          event('span-create', `"traceId":"${run}",${payloadOf(value)}`),
          event('span-update', `"metadata":{"late":${value}}`),
          event('score-create', `"traceId":"${run}","name":"n","value":1,"metadata":{"k":${value}}`),
        ]
      })
      await post('/api/public/ingestion', `{"batch":[${events.join(',')}]}`)
      const [[traces, observations], listed, scores] = await Promise.all([
        readV1(run),
        rowsOf(`/api/public/v2/observations?traceId=${run}&limit=1000&fields=io,metadata`, 'data'),
        rowsOf(`/api/public/v2/scores?traceId=${run}&limit=100`, 'data'),
      ])
      for (const [index, sent] of texts.entries()) {
        const id = idOf(run, index)
        expectShown(traces.get(id), sent)
        expectShown(observations.get(id), sent)
        expectListed(listed.get(id), sent)
        expect(textAt(observations.get(id), 'metadata', 'late')).toBe(inOneSpelling(sent))
        expect(textAt(scores.get(id), 'metadata', 'k')).toBe(inOneSpelling(sent))
      }
    }))

  test('through /v1/l/batch', () =>
    holds(async (texts, run) => {
      const [first = 'null'] = texts
      const trace = `"id":"${run}","sessionId":"${run}",${payloadOf(first)}`
      const observations = texts.map(
        (value, index) => `{"id":"${idOf(run, index)}","traceId":"${run}",${payloadOf(value)}}`,
      )
      await post('/v1/l/batch', `{"trace":{${trace}},"observations":[${observations.join(',')}]}`)
      const [traces, shownObservations] = await readV1(run)
      expectShown(traces.get(run), first)
      for (const [index, sent] of texts.entries()) expectShown(shownObservations.get(idOf(run, index)), sent)
    }))

  test.each(['json', 'protobuf'] as const)('through OTLP as %s, as the newer Python SDK sends it', (as) =>
    holds(async (texts, run) => {
      const spans = texts.map((value, index) => {
        const payload = value.startsWith('"') ? String(JSON.parse(value)) : value
        return {
          traceId: run,
          spanId: idOf(run, index),
          parentSpanId: index === 0 ? undefined : idOf(run, 0),
          attributes: {
            'session.id': run,
            'langfuse.observation.input': payload,
            'langfuse.observation.output': payload,
            'langfuse.observation.metadata.k': value,
          },
        }
      })
      await world.export({ spans }, { sdk: 'python/5.0.4', as })
      const [traces, observations] = await readV1(run)
      expectShown(traces.get(run), texts[0] ?? 'null')
      for (const [index, sent] of texts.entries()) expectShown(observations.get(idOf(run, index)), sent)
    }),
  )
})

describe('deep nesting', () => {
  /** A list in a list, so many times. */
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

  test.each([500, 504, 508])('of %d levels through /ingestion', async (depth) => {
    const id = `deep-${depth}`
    const event = (type: string, body: string) =>
      `{"id":"${type}-${id}","type":"${type}","timestamp":"${T}","body":{"id":"${id}","traceId":"${id}",${body}}}`
    const value = nested(depth - 1)
    const events = [
      event('span-create', `"input":${value},"output":${value},"metadata":{"k":${nested(depth - 2)}}`),
      event('span-update', `"metadata":{"late":1}`),
    ]
    await post('/api/public/ingestion', `{"batch":[${events.join(',')}]}`)
    const row = (await rowsOf(`/api/public/observations?traceId=${id}`, 'data')).get(id)
    expect([textAt(row, 'input'), textAt(row, 'metadata', 'k')]).toEqual([value, nested(depth - 2)])
  })

  test.each([
    [504, (text: string) => text],
    [505, (text: string) => JSON.stringify(text)],
    [512, (text: string) => JSON.stringify(text)],
    [50_000, (text: string) => JSON.stringify(text)],
  ])('of %d levels in the metadata of a span, which is extended and listed later', async (depth, expected) => {
    const id = `deep-${depth}-span`
    const attributes = { 'langfuse.observation.metadata.k': nested(depth), 'langfuse.trace.metadata.k': nested(depth) }
    await world.export({ spans: [{ traceId: id, spanId: id, attributes }] })
    await world.accept(
      event('trace-create', { id, metadata: { late: 1 } }),
      event('span-update', { id, metadata: { late: 1 } }),
    )
    const [traces, listed] = await Promise.all([
      rowsOf(`/api/public/traces?${new URLSearchParams({ filter: filterOf(id) })}`, 'data'),
      rowsOf(`/api/public/v2/observations?traceId=${id}&fields=metadata&expandMetadata=k`, 'data'),
    ])
    for (const row of [traces.get(id), listed.get(id)]) {
      expect(textAt(row, 'metadata', 'k')).toBe(expected(nested(depth)))
      expect(textAt(row, 'metadata', 'late')).toBe('1e0')
    }
  })

  const filterOf = (id: string) => JSON.stringify([{ type: 'string', column: 'id', operator: '=', value: id }])
})
