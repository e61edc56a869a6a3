import {
  NativeAccepted,
  NativeBatchRequest,
  type NativeFailure,
  NativeMetricsRequest,
  NativePartlyAccepted,
} from '@xtrace/contract'
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { admitBody } from '#http/admit.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { writeContext } from '#http/write-context.ts'
import { ingestMetrics } from '#ingest/native/ingest-metrics.ts'
import { ingestNative } from '#ingest/native/ingest-native.ts'
import type { WriteDeps } from './write-deps.ts'

/** Remembers idempotency keys for a day. */
export interface IdempotencyKeys {
  /** The instant at which the key was first taken, in milliseconds since the epoch: `receivedAt` if that is now. */
  claim(projectId: ProjectId, key: string, receivedAt: number): Promise<number>
}

export interface NativeDeps extends Pick<WriteDeps, 'admit' | 'accept' | 'refusals'> {
  readonly idempotency: IdempotencyKeys
}

const EXACT_FIELDS: ReadonlySet<string> = new Set(['input', 'output', 'metadata', 'modelParameters'])
const MAX_IDEMPOTENCY_KEY_LENGTH = 255
const responses = { 200: NativeAccepted, 207: NativePartlyAccepted }

/** xtrace's own write routes (xtrace-native contract §3, §4). */
export function nativeRoutes(deps: NativeDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/l/batch',
      access: 'project',
      errors: 'native',
      doc: {
        operationId: 'native_batch',
        tag: 'Native',
        summary: 'Record a trace and its observations',
        body: NativeBatchRequest,
        responses,
      },
      handle: (request) => takeBatch(request, deps),
    }),
    route({
      method: 'POST',
      path: '/v1/metrics/batch',
      access: 'project',
      errors: 'native',
      doc: {
        operationId: 'native_metrics',
        tag: 'Native',
        summary: 'Append points to metrics',
        description: 'With an Idempotency-Key header, a request that is sent again within a day is stored once.',
        body: NativeMetricsRequest,
        responses,
      },
      handle: (request) => takeMetrics(request, deps),
    }),
  ]
}

async function takeBatch(request: RouteRequest<unknown, unknown>, deps: NativeDeps): Promise<Reply> {
  admitBody(request, deps.admit)
  const body = await jsonBody(request, EXACT_FIELDS)
  return take(ingestNative(body, writeContext(request, 'native')), deps)
}

async function takeMetrics(request: RouteRequest<unknown, unknown>, deps: NativeDeps): Promise<Reply> {
  admitBody(request, deps.admit)
  const body = await jsonBody(request)
  const context = writeContext(request, 'native')
  const key = idempotencyKey(request)
  if (key === undefined) return take(ingestMetrics(body, context), deps)
  const receivedAt = await deps.idempotency.claim(context.projectId, key, context.receivedAt)
  return take(ingestMetrics(body, { ...context, receivedAt }, key), deps)
}

function idempotencyKey({ header }: Pick<RouteRequest<unknown, unknown>, 'header'>): string | undefined {
  const key = header('idempotency-key')?.trim()
  if (!key) return undefined
  if (key.length <= MAX_IDEMPOTENCY_KEY_LENGTH) return key
  throw new AppError('bad_request', `Idempotency-Key is longer than ${MAX_IDEMPOTENCY_KEY_LENGTH} characters`)
}

async function take(
  { changes, failed }: { readonly changes: readonly Change[]; readonly failed: readonly NativeFailure[] },
  { accept, refusals }: NativeDeps,
): Promise<Reply> {
  await accept(changes)
  refusals.refused(
    'native',
    failed.map(({ id, message }) => ({ id, reason: message })),
  )
  if (failed.length === 0) return { body: { message: 'Request Successful.' } satisfies NativeAccepted }
  const message = `${failed.length} of the records were refused; the others were taken.`
  return { status: 207, body: { message, data: { failed: [...failed] } } satisfies NativePartlyAccepted }
}
