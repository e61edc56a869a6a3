import type { Origin } from '#domain/change.ts'
import type { RouteRequest } from '#http/route.ts'
import type { IngestContext } from '#ingest/context.ts'

type WriteRequest = Pick<RouteRequest<unknown, unknown>, 'caller' | 'header' | 'receivedAt'>

/** Who sent a request, for the record: key and SDK (langfuse-ingestion contract §1.2). */
export function originOf({ caller, header }: Pick<WriteRequest, 'caller' | 'header'>, via: Origin['via']): Origin {
  return {
    apiKey: caller.publicKey,
    sdkName: header('x-langfuse-sdk-name') ?? 'unknown',
    sdkVersion: header('x-langfuse-sdk-version') ?? 'unknown',
    via,
  }
}

/** What ingest needs to know of a request beside its body. */
export function writeContext(request: WriteRequest, via: Origin['via']): IngestContext {
  return {
    projectId: request.caller.projectId,
    scope: request.caller.scope,
    origin: originOf(request, via),
    receivedAt: request.receivedAt,
  }
}
