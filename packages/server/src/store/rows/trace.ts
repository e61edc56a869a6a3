import type { Folded } from '#domain/folded.ts'
import { type ProjectId, projectId, traceId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { boolOf, msOf, nanosOf, optionalTextOf, originCells, originOf, textOf, textsOf } from './cells.ts'

/** One row of `traces`, columns in the order of the table. */
export interface TraceRow {
  readonly project_id: ProjectId
  readonly id: string
  readonly timestamp: Nanos
  readonly name: string
  readonly user_id: string
  readonly session_id: string
  readonly release: string
  readonly version: string
  readonly external_id: string
  readonly environment: string
  readonly public: boolean
  readonly bookmarked: boolean
  readonly tags: readonly string[]
  readonly input: string
  readonly output: string
  readonly metadata: string
  readonly api_key: string
  readonly sdk_name: string
  readonly sdk_version: string
  readonly via: string
  /** Milliseconds. */
  readonly created_at: number
  readonly updated_at: number
  readonly clock: string
  readonly row_version: number
  readonly is_deleted: 0 | 1
}

/** `rowVersion`: the position in the event log of the last change folded in. */
export function toTraceRow({ entity: trace, clock }: Folded<Trace>, rowVersion: number): TraceRow {
  return {
    project_id: trace.projectId,
    id: trace.id,
    timestamp: trace.timestamp,
    name: trace.name ?? '',
    user_id: trace.userId ?? '',
    session_id: trace.sessionId ?? '',
    release: trace.release ?? '',
    version: trace.version ?? '',
    external_id: trace.externalId ?? '',
    environment: trace.environment,
    public: trace.isPublic,
    bookmarked: trace.isBookmarked,
    tags: trace.tags,
    input: trace.input ?? '',
    output: trace.output ?? '',
    metadata: trace.metadata,
    ...originCells(trace.origin),
    created_at: trace.createdAt,
    updated_at: trace.updatedAt,
    clock,
    row_version: rowVersion,
    is_deleted: 0,
  }
}

/** Needs project_id, id and timestamp; every other column may be left out of the query and is then absent. */
export function fromTraceRow(row: Row): Folded<Trace> {
  const entity: Trace = {
    projectId: projectId(textOf(row, 'project_id')),
    id: traceId(textOf(row, 'id')),
    timestamp: nanosOf(row, 'timestamp'),
    name: optionalTextOf(row, 'name'),
    userId: optionalTextOf(row, 'user_id'),
    sessionId: optionalTextOf(row, 'session_id'),
    release: optionalTextOf(row, 'release'),
    version: optionalTextOf(row, 'version'),
    externalId: optionalTextOf(row, 'external_id'),
    environment: textOf(row, 'environment'),
    isPublic: boolOf(row, 'public'),
    isBookmarked: boolOf(row, 'bookmarked'),
    tags: textsOf(row, 'tags'),
    input: optionalTextOf(row, 'input'),
    output: optionalTextOf(row, 'output'),
    metadata: textOf(row, 'metadata') || '{}',
    origin: originOf(row),
    createdAt: msOf(row, 'created_at'),
    updatedAt: msOf(row, 'updated_at'),
  }
  return { entity, clock: textOf(row, 'clock') }
}
