/** Changes with their place in the log, read from batches and sorted by what they say something about. */
import type {
  Change,
  MetricsChange,
  ObservationChange,
  RemovalChange,
  ScoreChange,
  TraceChange,
} from '#domain/change.ts'
import { decodeChange } from '#domain/change-codec.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { LogBatch, Position } from '#eventlog/event-log.ts'
import type { Breathe } from './breathe.ts'

/** One change, and where it stands. */
export interface Located<C extends Change = Change> {
  readonly change: C
  /** Where its batch ends; the version of the rows that it leads to. */
  readonly next: Position
  /** Its place among the changes of the batch. */
  readonly index: number
}

/** What the writer can't use: a change, or the bytes of one that could not be read. */
export interface Refusal {
  readonly next: Position
  readonly index: number
  readonly stage: 'decode' | 'fold' | 'store'
  readonly reason: string
  readonly change: Change | Uint8Array
}

export type EntityChange = TraceChange | ObservationChange | ScoreChange

/** One thing that happened to an entity: a change, or its removal. */
export type Step<C extends EntityChange> =
  | { readonly does: 'change'; readonly by: Located<C> }
  | { readonly does: 'remove'; readonly by: Located<RemovalChange> }

/** All that a flush says about one entity, in the order of the log. */
export interface EntitySteps<C extends EntityChange> {
  readonly projectId: ProjectId
  readonly id: string
  readonly steps: Step<C>[]
}

/** Entity key → its steps. */
export type StepsByEntity<C extends EntityChange> = Map<string, EntitySteps<C>>

export interface Sorted {
  readonly traces: StepsByEntity<TraceChange>
  readonly observations: StepsByEntity<ObservationChange>
  readonly scores: StepsByEntity<ScoreChange>
  readonly metrics: Located<MetricsChange>[]
  /** Removals of traces, which take observations and scores along. */
  readonly traceRemovals: Located<RemovalChange>[]
}

export function entityKey(projectId: ProjectId, id: string): string {
  return `${projectId}\0${id}`
}

/** Gives back the changes to be kept of one batch, and of earlier ones those that it had not given back. */
export type Sift = (changes: readonly Located[], batch: LogBatch) => Promise<readonly Located[]>

/** Reads the changes of some batches, which `sift` sees one after the other; those that can't be read come back as refusals. */
export async function decodeBatches(
  batches: readonly LogBatch[],
  { breathe, sift }: { readonly breathe: Breathe; readonly sift?: Sift | undefined },
): Promise<{ changes: Located[]; refusals: Refusal[] }> {
  const changes: Located[] = []
  const refusals: Refusal[] = []
  for (const batch of batches) {
    const { next, payloads } = batch
    const decoded: Located[] = []
    for (const [index, payload] of payloads.entries()) {
      const pause = breathe()
      if (pause !== undefined) await pause
      try {
        decoded.push({ change: decodeChange(payload), next, index })
      } catch (error) {
        refusals.push({ next, index, stage: 'decode', reason: reasonOf(error), change: payload })
      }
    }
    for (const located of sift ? await sift(decoded, batch) : decoded) changes.push(located)
  }
  return { changes, refusals }
}

/** Sorts changes by entity. What goes with a removed trace is not known yet (writer/removals). */
export function sortByEntity(changes: readonly Located[]): Sorted {
  const sorted: Sorted = {
    traces: new Map(),
    observations: new Map(),
    scores: new Map(),
    metrics: [],
    traceRemovals: [],
  }
  for (const { change, next, index } of changes) {
    switch (change.kind) {
      case 'trace':
        stepsOf(sorted.traces, change).push({ does: 'change', by: { change, next, index } })
        break
      case 'observation':
        stepsOf(sorted.observations, change).push({ does: 'change', by: { change, next, index } })
        break
      case 'score':
        stepsOf(sorted.scores, change).push({ does: 'change', by: { change, next, index } })
        break
      case 'metrics':
        sorted.metrics.push({ change, next, index })
        break
      case 'removal':
        addRemoval(sorted, { change, next, index })
    }
  }
  return sorted
}

function addRemoval(sorted: Sorted, removal: Located<RemovalChange>): void {
  const { change } = removal
  if (change.of === 'trace') sorted.traceRemovals.push(removal)
  const entities = change.of === 'trace' ? sorted.traces : sorted.scores
  stepsOf<EntityChange>(entities, change).push({ does: 'remove', by: removal })
}

/** Whether `a` stands before `b` in the log. */
export function isBefore(a: Located, b: Located): boolean {
  return a.next === b.next ? a.index < b.index : a.next < b.next
}

function stepsOf<C extends EntityChange>(
  entities: Map<string, EntitySteps<C>>,
  { projectId, id }: { readonly projectId: ProjectId; readonly id: string },
): Step<C>[] {
  const key = entityKey(projectId, id)
  const found = entities.get(key)
  if (found) return found.steps
  const made: EntitySteps<C> = { projectId, id, steps: [] }
  entities.set(key, made)
  return made.steps
}

/** What went wrong, for a refusal. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
