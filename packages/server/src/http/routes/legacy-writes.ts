import { LegacyWriteBody, LegacyWriteResponse } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { admitBody } from '#http/admit.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Method, type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { writeContext } from '#http/write-context.ts'
import { ingestBatch } from '#ingest/batch/ingest-batch.ts'
import { type LegacyWrite, legacyBatch } from '#ingest/batch/legacy-event.ts'
import type { WriteDeps } from './write-deps.ts'

const EXACT_FIELDS: ReadonlySet<string> = new Set([
  'input',
  'output',
  'prompt',
  'completion',
  'metadata',
  'modelParameters',
])

interface LegacyRoute {
  readonly method: Method
  readonly noun: string
  readonly write: LegacyWrite
  readonly summary: string
}

const ROUTES: readonly LegacyRoute[] = [
  { method: 'POST', noun: 'traces', write: 'trace', summary: 'Record a trace' },
  { method: 'POST', noun: 'spans', write: 'span', summary: 'Record a span' },
  { method: 'PATCH', noun: 'spans', write: 'span-update', summary: 'Add to the span that spanId names' },
  { method: 'POST', noun: 'generations', write: 'generation', summary: 'Record a generation' },
  {
    method: 'PATCH',
    noun: 'generations',
    write: 'generation-update',
    summary: 'Add to the generation that generationId names',
  },
  { method: 'POST', noun: 'events', write: 'event', summary: 'Record an event' },
]

/** The write routes of the oldest SDKs, one record a request (langfuse-ingestion contract §2.6). */
export function legacyWriteRoutes(deps: WriteDeps): Route[] {
  return ROUTES.map(({ method, noun, write, summary }) =>
    route({
      method,
      path: `/api/public/${noun}`,
      access: 'project',
      errors: 'langfuse',
      doc: {
        operationId: `legacy_${write.replace('-', '_')}`,
        tag: 'Legacy',
        summary,
        body: LegacyWriteBody,
        responses: { 200: LegacyWriteResponse },
      },
      handle: (request) => takeRecord(write, request, deps),
    }),
  )
}

async function takeRecord(
  write: LegacyWrite,
  request: RouteRequest<unknown, unknown>,
  { admit, accept, refusals }: WriteDeps,
): Promise<Reply> {
  admitBody(request, admit)
  const { id, batch } = legacyBatch(write, await jsonBody(request, EXACT_FIELDS), request.receivedAt)
  const { changes, errors } = ingestBatch(batch, writeContext(request, 'api'))
  const [error] = errors
  if (error) {
    refusals.refused('legacy', [{ id, reason: error.error ?? '' }])
    throw new AppError('bad_request', error.message, { issues: JSON.parse(error.error ?? '[]') })
  }
  await accept(changes)
  return { body: { id } satisfies LegacyWriteResponse }
}
