/**
 * Where each event of a request stands in the merge order (langfuse-ingestion contract §3.1, §10.7).
 *
 * The order is that of the envelope timestamps, to the millisecond. Old clients stamp events when
 * they queue them and not when the program made the call, so inside one request two things that are
 * known better than the stamps put them right: trace-create events of one id follow their own
 * `timestamp` when all have one, and an update never precedes the create of the same observation.
 * Both only hand out stamps that the request contains, so that order across requests is unharmed.
 */
import type { IngestionEvent } from '@xtrace/contract'
import { msFromNanos, type Nanos, parseIso } from '#domain/time.ts'
import type { ParsedEvent } from './parse-event.ts'

export interface PlacedEvent extends ParsedEvent {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly isUpdate: boolean
}

/** The events in processing order: creates by time, then updates by time, equal ones as listed. */
export function placeEvents(parsed: readonly ParsedEvent[]): PlacedEvent[] {
  const placed = parsed.map((one) => ({ ...one, at: envelopeMs(one.event), isUpdate: isUpdate(one.event) }))
  const events = holdUpdatesBack(followTraceTimes(placed))
  return events.sort((a, b) => Number(a.isUpdate) - Number(b.isUpdate) || a.at - b.at)
}

function isUpdate({ type }: IngestionEvent): boolean {
  return type.endsWith('-update')
}

function envelopeMs(event: IngestionEvent): number {
  return msFromNanos(parseIso(event.timestamp) ?? 0n)
}

/** Gives the places and the stamps of one trace's events to the same events in the order of their own times. */
function followTraceTimes(placed: readonly PlacedEvent[]): PlacedEvent[] {
  const result = [...placed]
  for (const places of placesByTrace(placed).values()) {
    const timed = places.flatMap((place) => withOwnTime(placed[place]))
    if (places.length < 2 || timed.length < places.length) continue
    const stamps = timed.map(({ one }) => one.at).sort((a, b) => a - b)
    timed.sort((a, b) => compare(a.time, b.time) || a.one.at - b.one.at)
    timed.forEach(({ one }, index) => {
      result[places[index] ?? 0] = { ...one, at: stamps[index] ?? one.at }
    })
  }
  return result
}

function placesByTrace(placed: readonly PlacedEvent[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  placed.forEach(({ event }, place) => {
    if (event.type !== 'trace-create' || !event.body.id) return
    const known = places.get(event.body.id)
    if (known) known.push(place)
    else places.set(event.body.id, [place])
  })
  return places
}

function withOwnTime(one: PlacedEvent | undefined): { one: PlacedEvent; time: Nanos }[] {
  if (one?.event.type !== 'trace-create' || !one.event.body.timestamp) return []
  const time = parseIso(one.event.body.timestamp)
  return time === undefined ? [] : [{ one, time }]
}

function holdUpdatesBack(placed: PlacedEvent[]): PlacedEvent[] {
  if (!placed.some((one) => one.isUpdate)) return placed
  const created = new Map<string, number>()
  for (const one of placed) {
    const id = observationKey(one.event)
    if (id === undefined || one.isUpdate) continue
    created.set(id, Math.min(one.at, created.get(id) ?? one.at))
  }
  return placed.map((one) => {
    if (!one.isUpdate) return one
    const at = created.get(observationKey(one.event) ?? '') ?? one.at
    return { ...one, at: Math.max(one.at, at) }
  })
}

function observationKey({ type, body }: IngestionEvent): string | undefined {
  if (type === 'trace-create' || type === 'score-create' || type === 'sdk-log') return undefined
  return body.id ?? undefined
}

function compare(a: Nanos, b: Nanos): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
