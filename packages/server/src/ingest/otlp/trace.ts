import { isDeepStrictEqual } from 'node:util'
import type { ObservationChange, TraceChange } from '#domain/change.ts'
import { type TraceId, traceId } from '#domain/ids.ts'
import { payloadText } from '#domain/payload.ts'
import { defined } from '#lib/defined.ts'
import { AS_ROOT, TRACE_METADATA_PREFIX, TRACE_UPDATES } from './attributes.ts'
import type { Metadata } from './metadata.ts'
import type { Attributes } from './otlp-request.ts'
import { LANGFUSE_TRACE_KEYS } from './payload-keys.ts'
import { presentAt } from './payload-source.ts'
import { childTraceMetadata, rootTraceMetadata } from './span-metadata.ts'
import type { SpanSource } from './span-source.ts'
import { firstTruthy, isTrue } from './values.ts'

/**
 * What the spans of one request say of their traces (langfuse-ingestion contract §0 and §5.3). A
 * root says what it was told of the trace and offers its own name, input, output and metadata; the
 * first span of a program below a parent elsewhere offers its name; another span says only what it
 * was told. Any span makes its trace exist, from the earliest start on.
 */
export class TraceChanges {
  private readonly roots: TraceChange[] = []
  /** What was propagated to many spans is said once, as of the last of them. */
  private readonly told = new Map<TraceId, Told[]>()
  /** The earliest span of each trace that is no root. */
  private readonly earliest = new Map<TraceId, TraceChange>()

  /** Takes in a span and the observation made from it. */
  add(source: SpanSource, observation: ObservationChange): void {
    if (isRoot(source, observation)) {
      this.roots.push(rootChange(source, observation))
      return
    }
    if (hasTraceUpdates(source.attributes)) this.tell(source, observation)
    this.notice(observation)
  }

  /** Of spans that are no root only the earliest, and that only if no root starts before it. */
  changes(): TraceChange[] {
    const rootStarts = new Map<TraceId, number>()
    for (const { id, at } of this.roots) rootStarts.set(id, Math.min(at, rootStarts.get(id) ?? at))
    const shallow = [...this.earliest.values()].filter(
      ({ id, at }) => at < (rootStarts.get(id) ?? Number.POSITIVE_INFINITY),
    )
    return [...this.roots, ...[...this.told.values()].flat().map(toldChange), ...shallow]
  }

  private tell(source: SpanSource, observation: ObservationChange): void {
    const id = traceIdOf(observation)
    const told: Told = { source, observation, fields: toldFields(source, observation) }
    const before = this.told.get(id)
    if (before === undefined) {
      this.told.set(id, [told])
      return
    }
    const index = indexOfSame(before, told)
    const same = before[index]
    if (same === undefined) before.push(told)
    else if (same.observation.at < observation.at) before[index] = told
  }

  private notice(observation: ObservationChange): void {
    const base = changeBase(observation)
    const before = this.earliest.get(base.id)
    if (before !== undefined && before.at <= base.at) return
    this.earliest.set(base.id, { ...base, fallback: startFallback(observation) })
  }
}

/** What one span was told of its trace. */
interface Told {
  readonly source: SpanSource
  readonly observation: ObservationChange
  readonly fields: ReturnType<typeof toldFields>
}

function toldChange({ source, observation, fields }: Told): TraceChange {
  return defined({ ...changeBase(observation), ...fields, metadata: childTraceMetadata(source) })
}

/** Among so many of the last ones a repetition is looked for; one that is missed is only stored twice. */
const MAX_COMPARED = 8

/** The index of one that says the same, or -1. */
function indexOfSame(all: readonly Told[], told: Told): number {
  const oldest = Math.max(0, all.length - MAX_COMPARED)
  for (let index = all.length - 1; index >= oldest; index--) {
    const other = all[index]
    if (other !== undefined && saysTheSame(other, told)) return index
  }
  return -1
}

function saysTheSame(left: Told, right: Told): boolean {
  if (left.source.sender !== right.source.sender) return false
  if (COMPARED.some((field) => left.fields[field] !== right.fields[field])) return false
  return sameTags(left.fields, right.fields) && sameMetadata(left.source.traceMetadata, right.source.traceMetadata)
}

/** All that a span is told but tags and metadata, which need a closer look. */
const COMPARED = ['name', 'userId', 'sessionId', 'isPublic', 'version', 'release', 'input', 'output'] as const

function sameTags({ tags: left = [] }: Told['fields'], { tags: right = [] }: Told['fields']): boolean {
  return left.length === right.length && left.every((tag, index) => tag === right[index])
}

function sameMetadata(left: Metadata, right: Metadata): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left)
    if (value !== right.get(key) && !isDeepStrictEqual(value, right.get(key))) return false
  return true
}

function rootChange(source: SpanSource, observation: ObservationChange): TraceChange {
  const { name, input, output } = observation
  const speaksForTrace = isOwnRoot(source, observation)
  return defined({
    ...changeBase(observation),
    ...toldFields(source, observation),
    metadata: speaksForTrace ? rootTraceMetadata(source) : childTraceMetadata(source),
    fallback: defined({
      ...startFallback(observation),
      name: name ?? undefined,
      ...(speaksForTrace && { input, output }),
    }),
  })
}

/** What the attributes say of the trace itself. */
function toldFields({ attributes }: SpanSource, observation: ObservationChange) {
  const { traceName, userId, sessionId, tags, isPublic, version, release } = observation
  return {
    name: traceName,
    userId,
    sessionId,
    tags,
    isPublic,
    version,
    release,
    input: payloadText(presentAt(attributes, LANGFUSE_TRACE_KEYS.input)),
    output: payloadText(presentAt(attributes, LANGFUSE_TRACE_KEYS.output)),
  }
}

function startFallback({ startTime, environment }: ObservationChange) {
  return defined({ timestamp: startTime, environment })
}

function changeBase(observation: ObservationChange) {
  const { projectId, at, receivedAt, origin } = observation
  return { kind: 'trace' as const, id: traceIdOf(observation), projectId, at, receivedAt, origin }
}

function traceIdOf({ traceId: ofTrace, id }: ObservationChange): TraceId {
  return ofTrace ?? traceId(id)
}

/** A root, or a program's first span below a parent elsewhere, whose trace may have a root elsewhere too. */
function isRoot(source: SpanSource, observation: ObservationChange): boolean {
  return observation.isAppRoot === true || isOwnRoot(source, observation)
}

/** A span without a parent, or one that stands for the trace although its parent is elsewhere. */
function isOwnRoot({ attributes }: SpanSource, observation: ObservationChange): boolean {
  return observation.parentObservationId === undefined || isTrue(attributes.get(AS_ROOT))
}

function hasTraceUpdates(attributes: Attributes): boolean {
  if (firstTruthy(attributes, TRACE_UPDATES)) return true
  for (const [key, value] of attributes) if (value && key.startsWith(TRACE_METADATA_PREFIX)) return true
  return false
}
