import { describe, expect, test } from 'vitest'
import { metadataOf, observe } from './ingest.fixture.ts'
import { writesTypedMetadata } from './metadata.ts'
import type { Value } from './otlp-request.ts'

type Given = Readonly<Record<string, Value>>

const SENDER = { resourceAttributes: {}, scope: { name: 'langfuse-sdk', version: '', attributes: {} } }

/** What the client set, without what describes the sender. */
function ownMetadata(attributes: Given, sdk?: string): Record<string, unknown> {
  const observation = observe({ attributes }, { scope: 'langfuse-sdk', ...(sdk !== undefined && { sdk }) })
  const { resourceAttributes, scope, ...own } = metadataOf(observation)
  expect({ resourceAttributes, scope }).toEqual(SENDER)
  return own
}

describe('older senders: text that is JSON reads as its value', () => {
  test.each<[Value, unknown]>([
    ['plain', 'plain'],
    ['5', 5],
    ['-0.5', -0.5],
    ['1.0.0', '1.0.0'],
    ['true', true],
    ['truth', 'truth'],
    ['null', 'null'],
    ['"quoted"', '"quoted"'],
    ['{"a":[1,null]}', { a: [1, null] }],
    ['[1,2]', [1, 2]],
    ['[1,', '[1,'],
    ['12345678901234567890', '12345678901234567890'],
    ['', ''],
    [7, 7],
    [false, false],
  ])('%j', (value, expected) => {
    expect(ownMetadata({ 'langfuse.observation.metadata.k': value })).toEqual({ k: expected })
  })
})

describe('newer senders: all text is JSON', () => {
  test.each<[Value, unknown]>([
    ['"123"', '123'],
    ['123', 123],
    ['"plain"', 'plain'],
    ['null', null],
    ['{"a":1}', { a: 1 }],
    ['no JSON', 'no JSON'],
  ])('%j', (value, expected) => {
    expect(ownMetadata({ 'langfuse.observation.metadata.k': value }, 'python/5.0.4')).toEqual({ k: expected })
    expect(ownMetadata({ 'langfuse.trace.metadata.k': value }, 'javascript/6.0.0-rc.1')).toEqual({ k: expected })
  })

  test('special keys are decoded before they are looked at, on foreign scopes too', () => {
    const attributes = {
      'langfuse.observation.metadata.langfuse_session_id': '"sx"',
      'langfuse.observation.metadata.langfuse_user_id': '"123"',
      'langfuse.observation.metadata.langfuse_tags': '["a","b"]',
    }
    const expected = { sessionId: 'sx', userId: '123', tags: ['a', 'b'] }
    expect(observe({ attributes }, { sdk: 'python/5.0.4', scope: 'openinference' })).toMatchObject(expected)
  })
})

test('ids of older senders stay as they were spelt', () => {
  const attributes = {
    'langfuse.observation.metadata.langfuse_user_id': '0',
    'ai.telemetry.metadata.sessionId': '1.10',
  }
  expect(observe({ attributes })).toMatchObject({ userId: '0', sessionId: '1.10' })
})

test.each([
  ['python', '5.0.4', true],
  ['Python', '5.0.0b1', true],
  ['python', '4.18.0', false],
  ['javascript', '6.0.0', true],
  ['javascript', '5.11.1', false],
  ['unknown', 'unknown', false],
  ['constructor', '9', false],
])('%s %s writes typed metadata: %s', (name, version, expected) => {
  expect(writesTypedMetadata(name, version)).toBe(expected)
})

test.each<[string, Value, Record<string, unknown>]>([
  ['an object', '{"a":1,"b":"5"}', { a: 1, b: '5' }],
  ['an object as attribute', { a: 1 }, { a: 1 }],
  ['row 69: no JSON is kept under a key', 'not json', { metadata: 'not json' }],
  ['row 69: a JSON string', '"5"', { metadata: '5' }],
  ['row 69: false says nothing', false, {}],
  ['false as text', 'false', {}],
  ['a list', '[1,2]', { metadata: [1, 2] }],
  ['nothing', '', {}],
  ['null', 'null', {}],
])('metadata as a whole: %s', (_, value, expected) => {
  expect(ownMetadata({ 'langfuse.observation.metadata': value })).toEqual(expected)
  expect(ownMetadata({ 'langfuse.metadata': value })).toEqual(expected)
})

test('dotted keys win over the whole, and keep their dots', () => {
  const attributes = {
    'langfuse.observation.metadata.a.b': 'dotted',
    'langfuse.observation.metadata.c': 'own',
    'langfuse.observation.metadata': '{"c":"whole","d":1}',
    'langfuse.metadata.e': 'common',
    'ai.telemetry.metadata.f': 'vercel',
    'ai.telemetry.metadata.userId': 'u',
  }
  expect(ownMetadata(attributes)).toEqual({ 'a.b': 'dotted', c: 'own', d: 1, e: 'common', f: 'vercel' })
})

test('numbers keep their digits, keys their order', () => {
  const attributes = {
    'langfuse.observation.metadata': '{"10":1.0,"2":12345678901234567890}',
    'langfuse.observation.metadata.price': '1.10',
  }
  expect(observe({ attributes }, { scope: 'langfuse-sdk' }).metadata).toMatch(
    /"10":1\.0,"2":12345678901234567890,"price":1\.10\}$/,
  )
})

test('a key of the object prototype is a key like any other', () => {
  const attributes = {
    'langfuse.observation.metadata.__proto__': 'x',
    'langfuse.observation.metadata': '{"__proto__":1}',
  }
  const { metadata } = observe({ attributes }, { scope: 'langfuse-sdk' })
  expect(metadata).toMatch(/"__proto__":"x"\}$/)
})

test('foreign scopes show their attributes as text, without payloads and metadata', () => {
  const attributes = {
    'gen_ai.system': 'openai',
    'gen_ai.request.max_tokens': 100,
    'gen_ai.request.stop_sequences': ['a'],
    'gen_ai.prompt.0.content': 'hi',
    'input.value': 'hi',
    'langfuse.trace.metadata.k': 'v',
    'ai.telemetry.metadata.k2': 'v2',
  }
  const resource = { 'service.name': 'shop', 'process.pid': 4 }
  const scopeAttributes = { library: 'x' }
  expect(
    metadataOf(observe({ attributes }, { scope: 'my-llm', scopeVersion: '2', scopeAttributes, resource })),
  ).toEqual({
    attributes: {
      'gen_ai.system': 'openai',
      'gen_ai.request.max_tokens': '100',
      'gen_ai.request.stop_sequences': '["a"]',
    },
    resourceAttributes: { 'service.name': 'shop', 'process.pid': 4 },
    scope: { name: 'my-llm', version: '2', attributes: { library: 'x' } },
    k: 'v',
    k2: 'v2',
  })
})

test('the nearer wins: observation over trace over resource', () => {
  const resource = { 'langfuse.trace.metadata.k': 'resource', 'langfuse.trace.metadata.r': 'resource' }
  const attributes = {
    'langfuse.observation.metadata.k': 'observation',
    'langfuse.trace.metadata.k': 'trace',
    'langfuse.trace.metadata.t': 'trace',
  }
  expect(metadataOf(observe({ attributes }, { resource }))).toMatchObject({
    k: 'observation',
    r: 'resource',
    t: 'trace',
  })
})

test('experiment attributes stay out of the metadata of SDK spans', () => {
  expect(ownMetadata({ 'langfuse.experiment.id': 'e', 'langfuse.experiment.metadata.k': 'v' })).toEqual({})
})
