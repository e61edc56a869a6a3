import { z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { type Admit, admitBody } from '#http/admit.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { writeContext } from '#http/write-context.ts'
import type { Accept } from '#ingest/accept.ts'
import { jsonAnswer, partialSuccess, protobufAnswer } from '#ingest/otlp/answer.ts'
import { decodeJson } from '#ingest/otlp/decode-json.ts'
import { decodeProtobuf } from '#ingest/otlp/decode-protobuf.ts'
import { ingestOtlp, type RejectedSpan } from '#ingest/otlp/ingest-otlp.ts'
import type { OtlpRequest } from '#ingest/otlp/otlp-request.ts'
import type { Refusals } from '#ingest/refusals.ts'

export interface OtelDeps {
  readonly admit: Admit
  readonly accept: Accept
  readonly refusals: Pick<Refusals, 'refused'>
}

type OtelRequest = RouteRequest<unknown, unknown>

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

/** The newest generation of spans that Langfuse SDKs may announce. */
const MAX_INGESTION_VERSION = 4

/** What the document tells of the JSON form; the protocol's own definitions tell the rest. */
const ExportBody = z.looseObject({ resourceSpans: z.array(z.looseObject({})).optional() })

const ExportAnswer = z.object({
  partialSuccess: z.object({ rejectedSpans: z.int(), errorMessage: z.string() }).optional(),
})

/**
 * OTLP over HTTP (langfuse-ingestion contract §5.1): traces in protobuf or JSON under Langfuse's
 * path and under OpenTelemetry's own; metrics are answered but not kept, because SDKs that send
 * traces may send them along.
 */
export function otelRoutes(deps: OtelDeps): Route[] {
  return [
    tracesRoute('/api/public/otel/v1/traces', 'opentelemetry_exportTraces', deps),
    tracesRoute('/v1/traces', 'otlp_exportTraces', deps),
    route({
      method: 'POST',
      path: '/api/public/otel/v1/metrics',
      access: 'project',
      errors: 'otlp',
      doc: {
        operationId: 'opentelemetry_exportMetrics',
        tag: 'OpenTelemetry',
        summary: 'Accept OpenTelemetry metrics without keeping them',
        bodyType: PROTOBUF_TYPE,
        responses: { 200: z.object({ message: z.literal('OK') }) },
      },
      handle: () => ({ body: { message: 'OK' } }),
    }),
  ]
}

function tracesRoute(path: string, operationId: string, deps: OtelDeps): Route {
  return route({
    method: 'POST',
    path,
    access: 'project',
    errors: 'otlp',
    doc: {
      operationId,
      tag: 'OpenTelemetry',
      summary: 'Record spans',
      description:
        'Takes an ExportTraceServiceRequest as application/x-protobuf or application/json, gzip allowed, and answers ' +
        'in the same encoding. An export with spans that have no usable ids is refused as a whole.',
      body: ExportBody,
      bodyType: [PROTOBUF_TYPE, JSON_TYPE],
      responseType: [PROTOBUF_TYPE, JSON_TYPE],
      responses: { 200: ExportAnswer },
    },
    handle: (request) => exportTraces(request, deps),
  })
}

async function exportTraces(request: OtelRequest, { admit, accept, refusals }: OtelDeps): Promise<Reply> {
  admitBody(request, admit)
  const contentType = contentTypeOf(request)
  const traces = await decode(request, contentType)
  if (traces.resources.length === 0) return answer(contentType, [])
  checkIngestionVersion(request.header('x-langfuse-ingestion-version'))
  const { changes, rejected } = ingestOtlp(traces, writeContext(request, 'otel'))
  await accept(changes)
  refusals.refused('otel', rejected)
  return answer(contentType, rejected)
}

/** A request that does not say is JSON, as xtrace's own clients send it. */
function contentTypeOf(request: OtelRequest): string {
  const header = request.header('content-type')?.toLowerCase() ?? ''
  if (header.includes(PROTOBUF_TYPE)) return PROTOBUF_TYPE
  if (header === '' || header.includes(JSON_TYPE)) return JSON_TYPE
  throw new AppError('bad_request', 'Invalid content type')
}

async function decode(request: OtelRequest, contentType: string): Promise<OtlpRequest> {
  return contentType === PROTOBUF_TYPE ? decodeProtobuf(await request.bytes()) : decodeJson(await request.text())
}

function checkIngestionVersion(header: string | undefined): void {
  if (header === undefined) return
  if (/^\d+$/.test(header) && Number(header) <= MAX_INGESTION_VERSION) return
  throw new AppError(
    'bad_request',
    `x-langfuse-ingestion-version is "${header.slice(0, 40)}"; the highest that is understood is "${MAX_INGESTION_VERSION}"`,
  )
}

/** In the encoding of the request, and with exactly its type: collectors compare the whole header. */
function answer(contentType: string, rejected: readonly RejectedSpan[]): Reply {
  const partial = partialSuccess(rejected)
  const body = contentType === PROTOBUF_TYPE ? protobufAnswer(partial) : jsonAnswer(partial)
  return { headers: { 'content-type': contentType }, body }
}
