import type { TraceChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { nanosFromMs } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { layout } from './clock.ts'
import { type FoldRules, fold } from './fold.ts'
import { type Merge, tagsByWords, unionOfTags } from './merge.ts'
import { NO_METADATA } from './metadata.ts'

type Field =
  | 'timestamp'
  | 'environment'
  | 'name'
  | 'userId'
  | 'sessionId'
  | 'release'
  | 'version'
  | 'externalId'
  | 'isPublic'
  | 'isBookmarked'
  | 'input'
  | 'output'
  | 'origin'

const RULES: FoldRules<Trace, TraceChange, Field> = {
  layout: layout<Trace, Field>({
    isSet: {
      timestamp: () => true,
      environment: () => true,
      name: (trace) => trace.name !== undefined,
      userId: (trace) => trace.userId !== undefined,
      sessionId: (trace) => trace.sessionId !== undefined,
      release: (trace) => trace.release !== undefined,
      version: (trace) => trace.version !== undefined,
      externalId: (trace) => trace.externalId !== undefined,
      isPublic: (trace) => trace.isPublic,
      isBookmarked: (trace) => trace.isBookmarked,
      input: (trace) => trace.input !== undefined,
      output: (trace) => trace.output !== undefined,
      origin: () => true,
    },
    immutable: new Set<Field>(['timestamp', 'environment']),
    time: (trace) => trace.timestamp,
  }),
  start,
  apply,
  finish: (trace, { tagWords }, changes) => ({
    ...trace,
    tags: tagsByWords(unionOfTags(trace.tags, changes), tagWords),
  }),
}

/**
 * Folds changes into one trace. Order-independent: any permutation of changes with different `at`
 * gives the same result, and so does any split into successive calls
 * (langfuse-ingestion contract §3.2; `isPublic` and `isBookmarked` stay where a change is silent).
 */
export function foldTrace(stored: Folded<Trace> | undefined, changes: readonly TraceChange[]): Folded<Trace> {
  return fold(RULES, stored, changes)
}

function start(change: TraceChange): Trace {
  return {
    projectId: change.projectId,
    id: change.id,
    timestamp: nanosFromMs(change.at),
    name: undefined,
    userId: undefined,
    sessionId: undefined,
    release: undefined,
    version: undefined,
    externalId: undefined,
    environment: 'default',
    isPublic: false,
    isBookmarked: false,
    tags: [],
    input: undefined,
    output: undefined,
    metadata: NO_METADATA,
    origin: change.origin,
    createdAt: change.receivedAt,
    updatedAt: change.receivedAt,
  }
}

function apply(trace: Trace, change: TraceChange, merge: Merge<Field>): Trace {
  const { fallback = {} } = change
  merge.tagWords(change.setTags, true)
  merge.tagWords(change.removedTags, false)
  return {
    ...trace,
    timestamp: merge.earliest('timestamp', trace.timestamp, {
      explicit: change.timestamp,
      fallback: fallback.timestamp,
      initial: nanosFromMs(change.at),
    }),
    environment: merge.earliest('environment', trace.environment, {
      explicit: change.environment,
      fallback: fallback.environment,
    }),
    name: merge.fallback('name', merge.text('name', trace.name, change.name), fallback.name || undefined),
    userId: merge.text('userId', trace.userId, change.userId),
    sessionId: merge.text('sessionId', trace.sessionId, change.sessionId),
    release: merge.text('release', trace.release, change.release),
    version: merge.text('version', trace.version, change.version),
    externalId: merge.text('externalId', trace.externalId, change.externalId),
    isPublic: merge.latest('isPublic', trace.isPublic, change.isPublic),
    isBookmarked: merge.latest('isBookmarked', trace.isBookmarked, change.isBookmarked),
    input: merge.fallback('input', merge.payload('input', trace.input, change.input), fallback.input || undefined),
    output: merge.fallback(
      'output',
      merge.payload('output', trace.output, change.output),
      fallback.output || undefined,
    ),
    origin: merge.latest('origin', trace.origin, change.origin),
  }
}
