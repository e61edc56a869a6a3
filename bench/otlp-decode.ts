/**
 * What one span costs on its way in: decoding alone, and decoding with mapping. Run with
 * `npx tsx bench/otlp-decode.ts`; prints microseconds a span, the best of several rounds.
 */
import os from 'node:os'
import { projectId } from '../packages/server/src/domain/ids.ts'
import { decodeJson } from '../packages/server/src/ingest/otlp/decode-json.ts'
import { decodeProtobuf } from '../packages/server/src/ingest/otlp/decode-protobuf.ts'
import { ingestOtlp } from '../packages/server/src/ingest/otlp/ingest-otlp.ts'
import { exportOf, toOtlpJson, toOtlpProtobuf } from '../packages/server/src/ingest/otlp/otlp-request.fixture.ts'
import type { OtlpRequest } from '../packages/server/src/ingest/otlp/otlp-request.ts'

const SPANS = 200
const ROUNDS = 30
const EXPORTS_PER_ROUND = 25

const langfuseSdk = exportOf({
  resource: { 'service.name': 'shop', 'telemetry.sdk.language': 'python', 'langfuse.environment': 'production' },
  scope: 'langfuse-sdk',
  scopeVersion: '4.14.3',
  scopeAttributes: { public_key: 'pk-lf-1' },
  spans: Array.from({ length: SPANS }, (_, index) => ({
    name: 'answer-question',
    ...(index > 0 && { parentSpanId: '0000000000000001' }),
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.input': JSON.stringify([
        { role: 'user', content: `Question ${index}: ${'why '.repeat(90)}` },
      ]),
      'langfuse.observation.output': 'Because. '.repeat(50),
      'langfuse.observation.model.name': 'gpt-4o-mini',
      'langfuse.observation.model.parameters': '{"temperature":0.2}',
      'langfuse.observation.usage_details': '{"input":110,"output":52,"total":162}',
      'langfuse.observation.metadata.step': '3',
      'user.id': 'user-1',
      'session.id': 'session-1',
      'langfuse.trace.name': 'qa',
    },
  })),
})

const context = {
  projectId: projectId('bench'),
  scope: 'project' as const,
  origin: { apiKey: 'pk', sdkName: 'python', sdkVersion: '4.14.3', via: 'otel' as const },
  receivedAt: 1_760_000_000_000,
}

function bench(name: string, work: () => OtlpRequest | object): void {
  let best = Number.POSITIVE_INFINITY
  let kept: object = {}
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let index = 0; index < EXPORTS_PER_ROUND; index++) kept = work()
    best = Math.min(best, performance.now() - start)
  }
  const micros = (best * 1000) / (EXPORTS_PER_ROUND * SPANS)
  console.log(`${name.padEnd(32)} ${micros.toFixed(2)} µs/span (${Object.keys(kept).length} parts)`)
}

const protobuf = toOtlpProtobuf(langfuseSdk)
const json = toOtlpJson(langfuseSdk)
const [cpu] = os.cpus()
console.log(`node ${process.version}, ${cpu?.model.trim()}, load ${os.loadavg()[0]?.toFixed(2)}`)
console.log(
  `${SPANS} spans of 10 attributes: protobuf ${protobuf.length / SPANS} bytes/span, JSON ${json.length / SPANS}`,
)
bench('decode protobuf', () => decodeProtobuf(protobuf))
bench('decode JSON', () => decodeJson(json))
const decoded = decodeProtobuf(protobuf)
bench('map to changes', () => ingestOtlp(decoded, context))
