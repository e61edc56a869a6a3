/**
 * POST /api/public/scores, a single score or a list (langfuse-ingestion contract §2.6, §10.2). Pure.
 * Scores merge in the order in which they arrive; a repeated one changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { ScoreBody, type z } from '@xtrace/contract'
import type { ScoreChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { IngestContext } from '#ingest/context.ts'
import type { Refusal } from '#ingest/refusals.ts'
import { field } from './parse-event.ts'
import { type ScoreVerdict, toScoreChange } from './score-change.ts'

export interface ScoresOutcome {
  readonly changes: readonly ScoreChange[]
  readonly accepted: number
  readonly rejected: readonly Refusal[]
  /** Accepted, but refused by their configuration. */
  readonly dropped: readonly Refusal[]
}

/** One score. @throws AppError `bad_request` with the issues when it does not fit the schema */
export function ingestScore(sent: unknown, context: IngestContext): { id: string; verdict: ScoreVerdict } {
  const body = ScoreBody.safeParse(sent)
  if (!body.success) throw new AppError('bad_request', undefined, { issues: body.error.issues })
  return judge(body.data, context)
}

/** A list of scores: those that fit are taken whatever becomes of the others. */
export function ingestScores(list: readonly unknown[], context: IngestContext): ScoresOutcome {
  const changes: ScoreChange[] = []
  const rejected: Refusal[] = []
  const dropped: Refusal[] = []
  for (const [index, sent] of list.entries()) {
    const body = ScoreBody.safeParse(sent)
    if (!body.success) {
      rejected.push({ id: sentId(sent), reason: problemOf(index, body.error) })
      continue
    }
    const { id, verdict } = judge(body.data, context)
    if ('change' in verdict) changes.push(verdict.change)
    else dropped.push({ id, reason: verdict.dropped })
  }
  return { changes, accepted: list.length - rejected.length, rejected, dropped }
}

/** The ids of the configurations that a score or a list of scores names, without repeats; nothing is checked. */
export function configIdsOf(sent: unknown): string[] {
  const ids = (Array.isArray(sent) ? sent : [sent]).map((score: unknown) => field(score, 'configId'))
  return [...new Set(ids)].filter((id) => typeof id === 'string').filter(Boolean)
}

function judge(body: ScoreBody, context: IngestContext): { id: string; verdict: ScoreVerdict } {
  const id = body.id || randomUUID()
  const timestamp = body.timestamp ?? new Date(context.receivedAt).toISOString()
  return { id, verdict: toScoreChange(body, { id, at: context.receivedAt, timestamp }, context) }
}

function sentId(sent: unknown): string | null {
  const id = field(sent, 'id')
  return typeof id === 'string' ? id : null
}

function problemOf(index: number, { issues }: z.ZodError): string {
  const problems = issues.map(({ path, message }) => `${path.map(String).join('.') || 'score'}: ${message}`)
  return `scores[${index}] ${problems.join('; ')}`
}
