/**
 * Spans that say everything and of which nobody spoke before: each becomes a row in bytes as soon as it is read, and of
 * what it was made of nothing is kept but its bytes in the log. A large flush holds thousands of them until the
 * store has taken them, and garbage is dear to collect around so many objects (docs/adr/006-write-path.md).
 */
import type { ObservationChange } from '#domain/change.ts'
import { decodeChange } from '#domain/change-codec.ts'
import { AppError } from '#domain/errors.ts'
import type { Folded } from '#domain/folded.ts'
import type { ObservationId, ProjectId, TraceId } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import type { Position } from '#eventlog/event-log.ts'
import type { Engine } from '#store/engine.ts'
import type { Breathe } from './breathe.ts'
import type { Enrich } from './enricher.ts'
import type { Known } from './evolve.ts'
import { OBSERVATIONS } from './kinds.ts'
import { entityKey, type Located, type Sift } from './located.ts'
import { type Parcel, stampOf } from './parcel.ts'
import type { Recall, Remake } from './recall.ts'
import type { StoredIds } from './stored-ids.ts'

export interface WholeSpan extends Parcel {
  readonly projectId: ProjectId
  readonly id: ObservationId
  readonly traceId: TraceId | undefined
}

export interface WholeSpans {
  /** What was taken, a row each. */
  parcels(): readonly WholeSpan[]
  /**
   * Takes what it can of the changes of one batch and gives back the others, with those that were taken before of what
   * they speak of. MUST see the batches in their order.
   */
  readonly take: Sift
  /** Makes nothing of what was taken, so that it may be read again and left. */
  undo(): void
}

export interface WholeSpansDeps {
  readonly engine: Pick<Engine, 'pack'>
  readonly ids: Pick<StoredIds, 'has'>
  readonly recall: Pick<Recall<ObservationChange, Observation>, 'send' | 'settle'>
  readonly enrich: Enrich
  readonly breathe: Breathe
}

/** Of one flush. */
export function createWholeSpans(deps: WholeSpansDeps): WholeSpans {
  const { engine, ids, recall, enrich, breathe } = deps
  const taken = new Map<string, Taken>()
  /** Observations of which changes speak that were not taken. */
  const others = new Set<string>()

  const add = (folded: Folded<Observation>, { change, place }: Candidate) => {
    const row = engine.pack('observations', OBSERVATIONS.toRow(folded, place.version))
    const span = new Taken(change, { ...place, row }, deps)
    recall.send(place.key, span, folded.entity)
    taken.set(place.key, span)
    return true
  }

  /** What fails is met again, and told of, on the way that all other changes take. */
  const make = (candidate: Candidate): boolean | Promise<boolean> => {
    try {
      const folded = enrich(OBSERVATIONS.fold(undefined, [candidate.change]))
      if (!(folded instanceof Promise)) return add(folded, candidate)
      return folded.then((late) => add(late, candidate)).catch(() => false)
    } catch {
      return false
    }
  }

  /** An insert has one row of each entity: what speaks of it again brings what was taken before along. */
  const takeBack = (candidate: Candidate | undefined): readonly Located[] => {
    if (!candidate) return []
    const { key } = candidate.place
    others.add(key)
    const span = taken.get(key)
    taken.delete(key)
    span?.settle()
    return span?.sources ?? []
  }

  /** Undefined for a change of something else. */
  const candidateOf = ({ change, next, index }: Located, payload: Uint8Array | undefined): Candidate | undefined => {
    if (change.kind !== 'observation' || payload === undefined) return undefined
    return { change, place: { key: entityKey(change.projectId, change.id), version: next, index, payload } }
  }

  const takeOne = (candidate: Candidate | undefined): boolean | Promise<boolean> => {
    if (!candidate || !OBSERVATIONS.isWhole(candidate.change)) return false
    const { key } = candidate.place
    return !others.has(key) && !ids.has(key) && make(candidate)
  }

  return {
    parcels: () => [...taken.values()],
    async take(changes, { payloads }) {
      const rest: Located[] = []
      for (const located of changes) {
        const pause = breathe()
        if (pause !== undefined) await pause
        const candidate = candidateOf(located, payloads[located.index])
        const taking = takeOne(candidate)
        const isTaken = taking instanceof Promise ? await taking : taking
        if (!isTaken) rest.push(...takeBack(candidate), located)
      }
      return rest
    },
    undo() {
      for (const span of taken.values()) span.settle()
      taken.clear()
    },
  }
}

interface Candidate {
  readonly change: ObservationChange
  readonly place: Omit<SpanPlace, 'row'>
}

interface SpanPlace {
  readonly key: string
  readonly version: Position
  readonly index: number
  readonly payload: Uint8Array
  readonly row: object
}

type TakenDeps = Pick<WholeSpansDeps, 'recall' | 'enrich'>

class Taken implements WholeSpan, Remake<Observation> {
  readonly projectId: ProjectId
  readonly id: ObservationId
  readonly traceId: TraceId | undefined
  readonly #place: SpanPlace
  readonly #deps: TakenDeps

  constructor({ projectId, id, traceId }: ObservationChange, place: SpanPlace, deps: TakenDeps) {
    this.projectId = projectId
    this.id = id
    this.traceId = traceId
    this.#place = place
    this.#deps = deps
  }

  get rows(): readonly object[] {
    return [this.#place.row]
  }

  get sources(): readonly Located[] {
    const { payload, version, index } = this.#place
    return [{ change: decodeChange(payload), next: version, index }]
  }

  get stamp(): string {
    return stampOf(this.#place.key, this.#place.version)
  }

  settle(): void {
    this.#deps.recall.settle(this.#place.key, this)
  }

  async remake(): Promise<Known<Observation>> {
    const { payload, version } = this.#place
    const change = decodeChange(payload)
    if (change.kind !== 'observation') throw new AppError('internal', 'a span was read back as something else')
    return { version, folded: await this.#deps.enrich(OBSERVATIONS.fold(undefined, [change])) }
  }
}
