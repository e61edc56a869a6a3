import { IngestionRequest, IngestionResponse } from '@xtrace/contract'
import { admitBody } from '#http/admit.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { writeContext } from '#http/write-context.ts'
import { type BatchOutcome, ingestBatch, scoreConfigIds } from '#ingest/batch/ingest-batch.ts'
import { findScoreConfigs } from '#ingest/score-configs.ts'
import type { WriteDeps } from './write-deps.ts'

/** What comes back as it was sent, to the last digit. */
const EXACT_FIELDS: ReadonlySet<string> = new Set(['input', 'output', 'metadata', 'modelParameters'])

/** The batch envelope of the Langfuse SDKs (langfuse-ingestion contract §2). */
export function ingestionRoutes(deps: WriteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/public/ingestion',
      access: 'scores',
      errors: 'ingestion',
      doc: {
        operationId: 'ingestion_batch',
        tag: 'Ingestion',
        summary: 'Record a batch of traces, observations and scores',
        description: 'Answers 207 with one verdict for each event; an event that is refused costs no other its place.',
        body: IngestionRequest,
        responses: { 207: IngestionResponse },
      },
      handle: (request) => takeBatch(request, deps),
    }),
  ]
}

async function takeBatch(
  request: RouteRequest<unknown, unknown>,
  { admit, accept, refusals, scoreConfigs }: WriteDeps,
) {
  admitBody(request, admit)
  const body = await jsonBody(request, EXACT_FIELDS)
  const context = writeContext(request, 'ingestion')
  const configs = await findScoreConfigs(scoreConfigs, context.projectId, scoreConfigIds(body))
  const outcome = ingestBatch(body, { ...context, scoreConfigs: configs })
  await accept(outcome.changes)
  tell(outcome, refusals)
  return { status: 207, body: { successes: outcome.successes, errors: outcome.errors } }
}

function tell({ errors, droppedScores, sdkLogs }: BatchOutcome, refusals: WriteDeps['refusals']): void {
  refusals.refused(
    'ingestion',
    errors.map(({ id, message, error }) => ({ id, reason: error ?? message ?? '' })),
  )
  refusals.dropped(droppedScores)
  refusals.sdkLogs(sdkLogs)
}
