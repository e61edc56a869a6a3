import { ScoreBody, ScoreCreated, ScoresAccepted, ScoresPartlyAccepted, z } from '@xtrace/contract'
import { admitBody } from '#http/admit.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { writeContext } from '#http/write-context.ts'
import { configIdsOf, ingestScore, ingestScores } from '#ingest/batch/ingest-scores.ts'
import type { IngestContext } from '#ingest/context.ts'
import { findScoreConfigs } from '#ingest/score-configs.ts'
import type { WriteDeps } from './write-deps.ts'

const EXACT_FIELDS: ReadonlySet<string> = new Set(['metadata'])

/** Recording scores, one by one or in a list (langfuse-public-api contract §7.1, §26.1). */
export function scoreWriteRoutes(deps: WriteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/public/scores',
      access: 'scores',
      errors: 'langfuse',
      doc: {
        operationId: 'score_create',
        tag: 'Scores',
        summary: 'Record a score or a list of scores',
        description:
          'A single score is answered 200 with its id. A list is answered 202, or 207 when some of its scores were refused; the others stand.',
        body: z.union([ScoreBody, z.array(ScoreBody)]),
        responses: { 200: ScoreCreated, 202: ScoresAccepted, 207: ScoresPartlyAccepted },
      },
      handle: (request) => takeScores(request, deps),
    }),
  ]
}

async function takeScores(request: RouteRequest<unknown, unknown>, deps: WriteDeps): Promise<Reply> {
  admitBody(request, deps.admit)
  const body = await jsonBody(request, EXACT_FIELDS)
  const context = writeContext(request, 'api')
  const scoreConfigs = await findScoreConfigs(deps.scoreConfigs, context.projectId, configIdsOf(body))
  const full = { ...context, scoreConfigs }
  return Array.isArray(body) ? takeList(body, full, deps) : takeOne(body, full, deps)
}

async function takeOne(body: unknown, context: IngestContext, { accept, refusals }: WriteDeps): Promise<Reply> {
  const { id, verdict } = ingestScore(body, context)
  if ('change' in verdict) await accept([verdict.change])
  else refusals.dropped([{ id, reason: verdict.dropped }])
  return { body: { id } satisfies ScoreCreated }
}

async function takeList(
  list: readonly unknown[],
  context: IngestContext,
  { accept, refusals }: WriteDeps,
): Promise<Reply> {
  const { changes, accepted, rejected, dropped } = ingestScores(list, context)
  await accept(changes)
  refusals.refused('scores', rejected)
  refusals.dropped(dropped)
  if (rejected.length === 0) return { status: 202, body: { message: 'Accepted' } satisfies ScoresAccepted }
  const errors = rejected.map(({ reason }) => ({ message: reason }))
  return { status: 207, body: { accepted, rejected: rejected.length, errors } satisfies ScoresPartlyAccepted }
}
