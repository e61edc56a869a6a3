import { expect, test } from 'vitest'
import { observe } from './ingest.fixture.ts'
import type { SpanSample } from './otlp-request.fixture.ts'

const python = { 'telemetry.sdk.language': 'python' }
const vercel = 'ai.generateText.doGenerate'

test.each<[string, Record<string, string>, string]>([
  ['nothing known', {}, 'SPAN'],
  ['langfuse type', { 'langfuse.observation.type': 'guardrail' }, 'GUARDRAIL'],
  ['langfuse type in capitals is unknown', { 'langfuse.observation.type': 'TOOL' }, 'SPAN'],
  ['OpenInference kind', { 'openinference.span.kind': 'LLM' }, 'GENERATION'],
  [
    'row 72: unknown OpenInference kind falls through',
    { 'openinference.span.kind': 'UnknownKind', 'gen_ai.operation.name': 'chat' },
    'GENERATION',
  ],
  ['GenAI embeddings', { 'gen_ai.operation.name': 'embeddings' }, 'EMBEDDING'],
  ['GenAI agent', { 'gen_ai.operation.name': 'create_agent' }, 'AGENT'],
  ['GenAI tool', { 'gen_ai.operation.name': 'execute_tool' }, 'TOOL'],
  ['Genkit embedder', { 'genkit:metadata:subtype': 'embedder' }, 'EMBEDDING'],
  ['Vercel call with a model', { 'operation.name': `${vercel} my-fn`, 'ai.model.id': 'gpt-4o' }, 'GENERATION'],
  ['row 72: Vercel call without a model', { 'operation.name': vercel }, 'SPAN'],
  ['Vercel tool call', { 'ai.operationId': 'ai.toolCall' }, 'TOOL'],
  ['tool name', { 'gen_ai.tool.name': 'search' }, 'TOOL'],
  ['Flue tool', { 'flue.tool.call_id': 'c1' }, 'TOOL'],
  ['Flue task', { 'flue.task.agent': 'a' }, 'AGENT'],
  ['any model', { 'llm.model_name': 'gpt-4o' }, 'GENERATION'],
  ['a key of the object prototype', { 'langfuse.observation.type': 'constructor' }, 'SPAN'],
  [
    'row 71: the langfuse type beats all others',
    {
      'langfuse.observation.type': 'chain',
      'openinference.span.kind': 'LLM',
      'gen_ai.operation.name': 'chat',
      model: 'm',
    },
    'CHAIN',
  ],
  [
    'row 71: OpenInference beats the operation',
    { 'openinference.span.kind': 'AGENT', 'gen_ai.operation.name': 'chat' },
    'AGENT',
  ],
  ['row 71: the operation beats the model', { 'gen_ai.operation.name': 'execute_tool', model: 'm' }, 'TOOL'],
])('%s', (_, attributes, type) => {
  expect(observe({ attributes }).type).toBe(type)
})

test.each([
  ['row 73: python 3.3.0', { scope: 'langfuse-sdk', scopeVersion: '3.3.0' }, 'GENERATION'],
  ['python, version missing', { scope: 'langfuse-sdk' }, 'GENERATION'],
  ['python 3.4.0', { scope: 'langfuse-sdk', scopeVersion: '3.4.0' }, 'SPAN'],
  ['another scope', { scope: 'langfuse-sdk-fork', scopeVersion: '3.3.0' }, 'SPAN'],
])('a span with a model from an early SDK: %s', (_, scope, type) => {
  const attributes = { 'langfuse.observation.type': 'span', 'langfuse.observation.model.name': 'gpt-4o' }
  expect(observe({ attributes }, { ...scope, resource: python }).type).toBe(type)
})

test.each<[SpanSample, string]>([
  [{ name: 'agent_turn' }, 'AGENT'],
  [{ name: 'function_tool' }, 'TOOL'],
  [{ name: 'tts_node' }, 'SPAN'],
])('LiveKit span %j', (span, type) => {
  expect(observe(span, { scope: 'livekit-agents' }).type).toBe(type)
})
