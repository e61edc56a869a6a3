import type { ModelFinder } from '#domain/model.ts'
import type { Accept } from '#ingest/accept.ts'
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import type { ReleaseMedia } from './release-media.ts'
import type { RouteRequest } from './route.ts'

/** What the routes that read traces and what belongs to them need. */
export interface ReadDeps {
  readonly engine: Engine
  /** Where deletions go. */
  readonly accept: Accept
  readonly models: ModelFinder
  readonly releaseMedia: ReleaseMedia
  /** Bytes of payloads that GET of one trace or session may answer with; 128 MiB when absent. */
  readonly maxTraceBytes?: number
}

export const DEFAULT_MAX_TRACE_BYTES = 128 * 1024 * 1024

/** The caller's project, for as long as the client waits. */
export function readerOf(request: Pick<RouteRequest<unknown, unknown>, 'caller' | 'signal'>, engine: Engine): Reader {
  return { engine, projectId: request.caller.projectId, signal: request.signal }
}
