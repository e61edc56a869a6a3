import { TraceExportQuery, TraceParams, WholeTraceDto } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { modelsOf } from '#http/dto/observation-dto.ts'
import { otlpTraceText } from '#http/dto/otlp/trace-stream.ts'
import { toTraceObservationDto, toWholeTraceDto } from '#http/dto/trace-dto.ts'
import { DEFAULT_MAX_TRACE_BYTES, type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { begun } from '#lib/begun.ts'
import { printJson } from '#lib/json/print.ts'
import { findTrace, type WholeTrace } from '#query/get-trace.ts'
import { type TraceObservations, traceObservations } from '#query/trace-observations.ts'

type TraceExportDeps = Pick<ReadDeps, 'engine' | 'models'>
type TraceExportRequest = RouteRequest<TraceExportQuery, TraceParams>

/** One trace as a file of any size. */
export function traceExportRoutes(deps: TraceExportDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/public/x/traces/:traceId/export',
      access: 'project',
      errors: 'langfuse',
      isRead: true,
      query: TraceExportQuery,
      params: TraceParams,
      doc: {
        operationId: 'export_trace',
        tag: 'Export',
        summary: 'A trace with its observations and scores as a file',
        description:
          'Of the size that it is, and sent as it is read. `json` is what getting the trace answers; `otlp` is an export request of OTLP/JSON, which can be sent to /api/public/otel/v1/traces and holds no scores. A transfer that breaks off is not whole.',
        responses: { 200: WholeTraceDto },
      },
      handle: (request) => exported(request, deps),
    }),
  ]
}

/** Observations come on their own, the rest is small. */
const PARTS = { io: true, scores: true, observations: false, metrics: true }

async function exported(request: TraceExportRequest, deps: TraceExportDeps): Promise<Reply> {
  const { format = 'json' } = request.query
  const { traceId: id } = request.params
  const reader = readerOf(request, deps.engine)
  const [whole, observations] = await Promise.all([
    findTrace(reader, { id, parts: PARTS, maxBytes: DEFAULT_MAX_TRACE_BYTES }),
    traceObservations(reader, id),
  ])
  if (!whole) throw new AppError('not_found', `Trace ${id} not found within authorized project`)
  const text =
    format === 'otlp'
      ? otlpTraceText(whole.trace, observations)
      : jsonText(request, { whole, observations, models: deps.models })
  return {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${fileName(id)}${format === 'otlp' ? '.otlp' : ''}.json"`,
    },
    body: ReadableStream.from(await begun(encoded(text))),
  }
}

/** Ids are of any characters, names in headers are not. */
const fileName = (id: string): string => `trace-${id.replace(/[^\w.-]/g, '_').slice(0, 100)}`

interface WholeParts extends Pick<TraceExportDeps, 'models'> {
  readonly whole: WholeTrace
  readonly observations: TraceObservations
}

async function* jsonText({ caller }: TraceExportRequest, { whole, observations, models }: WholeParts) {
  const { observations: _none, ...dto } = toWholeTraceDto(whole, new Map())
  yield `${printJson(dto).slice(0, -1)},"observations":[`
  let isFirst = true
  for await (const piece of observations.pieces()) {
    const known = await modelsOf(models, caller.projectId, piece)
    for (const observation of piece) {
      yield `${isFirst ? '' : ','}${printJson(toTraceObservationDto(observation, known))}`
      isFirst = false
    }
  }
  yield ']}'
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const text of texts) yield encoder.encode(text)
}
