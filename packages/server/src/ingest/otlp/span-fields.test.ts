import { describe, expect, test } from 'vitest'
import { MAX_NANOS, nanosFromMs, parseIso } from '#domain/time.ts'
import { observe, RECEIVED_AT } from './ingest.fixture.ts'
import { type SpanSample, START_NS } from './otlp-request.fixture.ts'
import type { Value } from './otlp-request.ts'

type Given = Readonly<Record<string, Value>>

describe('row 56: completion start', () => {
  test.each([
    ['quoted', '"2025-10-01T08:45:26.112648Z"', '2025-10-01T08:45:26.112648Z'],
    ['plain with an offset', '2025-10-01T10:45:26.112+02:00', '2025-10-01T08:45:26.112Z'],
    ['without a zone', '"2025-10-01T08:45:26"', '2025-10-01T08:45:26Z'],
    ['no instant', 'soon', ''],
  ])('%s', (_, text, expected) => {
    const { completionStartTime } = observe({ attributes: { 'langfuse.observation.completion_start_time': text } })
    expect(completionStartTime).toBe(parseIso(expected))
  })

  test('milliseconds to the first chunk, rounded up', () => {
    const { completionStartTime } = observe({ attributes: { 'ai.response.msToFirstChunk': 12.2 } })
    expect(completionStartTime).toBe(START_NS + 13_000_000n)
  })
})

test.each<[Given, boolean | undefined]>([
  [{ 'langfuse.public': 'false' }, false],
  [{ 'langfuse.public': true }, true],
  [{ 'langfuse.trace.public': 'true', 'langfuse.public': false }, true],
  [{ 'langfuse.public': 1 }, false],
  [{}, undefined],
])('row 57: public %j', (attributes, expected) => {
  expect(observe({ attributes }).isPublic).toBe(expected)
})

test.each<[Value, readonly string[] | undefined]>([
  ['2', ['2']],
  ['["2"]', ['2']],
  ['2,3,4', ['2', '3', '4']],
  ['a, b ,', ['a', 'b']],
  [
    ['x', 'y'],
    ['x', 'y'],
  ],
  [7, ['7']],
  ['[broken', ['[broken']],
  ['', undefined],
])('row 58: tags %j', (tags, expected) => {
  expect(observe({ attributes: { 'langfuse.trace.tags': tags } }).tags).toEqual(expected)
})

test.each([
  ['warning', 0, 'WARNING'],
  ['INFO', 0, 'DEFAULT'],
  ['FATAL', 0, 'ERROR'],
  ['[REDACTED]', 2, 'ERROR'],
  ['verbose', 2, 'DEBUG'],
  ['', 0, 'DEFAULT'],
])('row 59: level "%s" with status %d', (level, code, expected) => {
  const observation = observe({ attributes: { 'langfuse.observation.level': level }, status: { code, message: 'm' } })
  expect(observation).toMatchObject({ level: expected, statusMessage: 'm' })
})

test.each([
  ['tts_node', 1, 'DEBUG'],
  ['tts_fallback_adapter', 2, 'ERROR'],
  ['agent_turn', 0, 'DEFAULT'],
])('row 74: LiveKit span %s with status %d', (name, code, level) => {
  expect(observe({ name, status: { code, message: '' } }, { scope: 'livekit-agents' }).level).toBe(level)
})

describe('row 60: prompt link', () => {
  const prompt = { 'langfuse.observation.prompt.name': 'p', 'langfuse.observation.prompt.version': 3 }
  test.each(['agent', 'tool', 'span'])('not on %s', (type) => {
    const observation = observe({ attributes: { ...prompt, 'langfuse.observation.type': type } })
    expect(observation.promptName).toBeUndefined()
    expect(observation.promptVersion).toBeUndefined()
  })
  test.each<[string, Given, object]>([
    ['numbers', prompt, { promptName: 'p', promptVersion: 3 }],
    [
      'version as text',
      { 'langfuse.prompt.name': 'p', 'langfuse.prompt.version': '3' },
      { promptName: 'p', promptVersion: 3 },
    ],
    [
      'Vercel',
      { 'ai.telemetry.metadata.langfusePrompt': '{"name":"p","version":1}' },
      { promptName: 'p', promptVersion: 1 },
    ],
  ])('on a generation: %s', (_, attributes, expected) => {
    expect(observe({ attributes: { ...attributes, model: 'm' } })).toMatchObject(expected)
  })
  test('a version out of range is left out', () => {
    const attributes = { ...prompt, 'langfuse.observation.prompt.version': 65_536, model: 'm' }
    expect(observe({ attributes }).promptVersion).toBeUndefined()
  })
})

describe('row 75: times', () => {
  const received = nanosFromMs(RECEIVED_AT)
  test.each<[string, SpanSample, object]>([
    ['none', { startNs: undefined, endNs: undefined }, { startTime: received, endTime: received }],
    ['only the end', { startNs: undefined, endNs: START_NS }, { startTime: START_NS, endTime: START_NS }],
    ['only the start', { startNs: START_NS, endNs: undefined }, { startTime: START_NS, endTime: START_NS }],
    ['zero is 1970', { startNs: 0n, endNs: 5n }, { startTime: 0n, endTime: 5n }],
    ['beyond what can be stored', { startNs: 2n ** 64n - 1n, endNs: 0n }, { startTime: MAX_NANOS, endTime: 0n }],
  ])('%s', (_, span, expected) => {
    expect(observe(span)).toMatchObject(expected)
  })
})

test('row 76: session ids by rank', () => {
  const attributes: Given = { 'gen_ai.conversation.id': 'c', 'session.id': 's', 'langfuse.session.id': 'l' }
  expect(observe({ attributes }).sessionId).toBe('l')
  expect(observe({ attributes: { ...attributes, 'langfuse.session.id': '' } }).sessionId).toBe('s')
  expect(observe({ attributes: { 'gen_ai.conversation.id': 'c' } }).sessionId).toBe('c')
})

test.each<[string, { attributes?: Given; resource?: Given }, string]>([
  ['none', {}, 'default'],
  ['span', { attributes: { 'langfuse.environment': 'A' }, resource: { 'langfuse.environment': 'b' } }, 'a'],
  [
    'the key ranks above the place',
    { attributes: { 'deployment.environment': 'a' }, resource: { 'langfuse.environment': 'b' } },
    'b',
  ],
  ['semantic convention', { resource: { 'deployment.environment.name': 'qa' } }, 'qa'],
  ['reserved prefix', { attributes: { 'langfuse.environment': 'langfuse-prod' } }, 'prod'],
  ['experiments', { attributes: { 'langfuse.environment': 'sdk-experiment' } }, 'sdk-experiment'],
])('environment: %s', (_, { attributes = {}, resource = {} }, expected) => {
  expect(observe({ attributes }, { resource }).environment).toBe(expected)
})

test('version and release fall back to the resource', () => {
  const resource = { 'service.version': '2', 'langfuse.release': 'r1' }
  expect(observe({}, { resource })).toMatchObject({ version: '2', release: 'r1' })
  const attributes = { 'langfuse.version': 'v', 'langfuse.release': 'r2' }
  expect(observe({ attributes }, { resource })).toMatchObject({ version: 'v', release: 'r2' })
})

test.each<[Given, string]>([
  [{}, 'span'],
  [{ 'gen_ai.tool.name': 'search', 'logfire.msg': 'running' }, 'search'],
  [{ 'logfire.msg': 'agent run' }, 'agent run'],
  [{ 'ai.operationId': 'ai.generateText' }, 'ai.generateText'],
  [{ 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'my-fn' }, 'my-fn:ai.generateText'],
])('name from %j', (attributes, expected) => {
  expect(observe({ name: 'span', attributes }).name).toBe(expected)
})

test.each<[Given, string | undefined]>([
  [{ 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06' }, 'gpt-4o-2024-08-06'],
  [{ 'langfuse.observation.model.name': 'mine', 'gen_ai.response.model': 'm' }, 'mine'],
  [{ 'langfuse.generation.model': 'own' }, 'own'],
  [{ 'genkit:metadata:subtype': 'model', 'genkit:name': 'gemini' }, 'gemini'],
  [{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'gpt-4o' }, undefined],
])('model from %j', (attributes, expected) => {
  expect(observe({ attributes }).model).toBe(expected)
})

describe('model parameters', () => {
  const parametersOf = (attributes: Given, scope = 's') => {
    const { modelParameters } = observe({ attributes }, { scope })
    return modelParameters === undefined ? undefined : JSON.parse(modelParameters)
  }
  test('JSON wins outright; what is no text or number becomes JSON text', () => {
    const json = '{"temperature":0.5,"stop":["a"],"stream":true,"max_tokens":"Infinity"}'
    expect(parametersOf({ 'langfuse.observation.model.parameters': json, 'gen_ai.request.top_p': 1 })).toEqual({
      temperature: 0.5,
      stop: '["a"]',
      stream: 'true',
      max_tokens: 'Infinity',
    })
  })
  test('digits are kept', () => {
    const json = '{"seed":12345678901234567890,"temperature":1.0}'
    expect(observe({ attributes: { 'langfuse.observation.model.parameters': json } }).modelParameters).toBe(json)
  })
  test('the key with an underscore is not read', () => {
    expect(parametersOf({ 'langfuse.observation.model_parameters': '{"a":1}' })).toBeUndefined()
  })
  test('spread over keys, without the model', () => {
    const given = {
      'gen_ai.request.model': 'm',
      'gen_ai.request.temperature': 0.1,
      'gen_ai.request.stop_sequences': ['x'],
    }
    expect(parametersOf(given)).toEqual({ temperature: 0.1, stop_sequences: '["x"]' })
  })
  test('OpenInference', () => {
    expect(parametersOf({ 'llm.invocation_parameters': '{"top_p":0.9}' })).toEqual({ top_p: 0.9 })
  })
  test('row 78: explicit ones are laid over those of the AI SDK, and the tier of the answer counts', () => {
    const given = {
      'ai.settings.maxRetries': 2,
      'gen_ai.request.temperature': 0.3,
      'gen_ai.request.service_tier': 'auto',
      'ai.response.providerMetadata': '{"openai":{"serviceTier":"priority"}}',
      'langfuse.observation.model.parameters': '{"temperature":0.7}',
    }
    expect(parametersOf(given, 'ai')).toEqual({ maxRetries: '2', temperature: 0.7, service_tier: 'priority' })
  })
})
