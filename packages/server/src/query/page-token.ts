/**
 * Page tokens: where a newest-first list goes on. Opaque to clients: base64 of JSON, holding the
 * instant to the nanosecond (ISO 8601) and the id of the last row given.
 */
import { type Nanos, parseIso } from '#domain/time.ts'
import { textFromNanos } from '#store/instants.ts'
import { instant, type Sql, sql, str } from '#store/sql.ts'

/** The last row of a page. */
export interface Place {
  readonly time: Nanos
  readonly id: string
}

type Fields = Readonly<Record<string, unknown>>

/** The cursor of v2 observations: base64 of {lastStartTimeTo, lastTraceId, lastId} (public-api contract §5.2). */
export function observationToken(place: Place & { readonly traceId: string }): string {
  return encode({ lastStartTimeTo: isoText(place.time), lastTraceId: place.traceId, lastId: place.id }, 'base64')
}

/** Undefined for what is not such a cursor. */
export function parseObservationToken(token: string): Place | undefined {
  const fields = decode(token)
  return fields && placeOf(fields['lastStartTimeTo'], fields['lastId'])
}

/** The cursor of v3 scores: base64url of {v: 1, lastTimestamp, lastId} (public-api contract §7.5). */
export function scoreToken(place: Place): string {
  return encode({ v: 1, lastTimestamp: isoText(place.time), lastId: place.id }, 'base64url')
}

/** Undefined for what is not such a cursor. */
export function parseScoreToken(token: string): Place | undefined {
  const fields = decode(token)
  return fields?.['v'] === 1 ? placeOf(fields['lastTimestamp'], fields['lastId']) : undefined
}

/** The cursor of experiments: base64url of {v: 1, lastTime, lastId}. */
export function experimentToken(place: Place): string {
  return encode({ v: 1, lastTime: isoText(place.time), lastId: place.id }, 'base64url')
}

/** The cursor of experiment items: base64url of {v: 1, lastTime, lastTraceId, lastId, lastExperimentId} (public-api contract §11). */
export function experimentItemToken(
  place: Place & { readonly traceId: string; readonly experimentId: string },
): string {
  const { time, traceId, id, experimentId } = place
  const fields = { v: 1, lastTime: isoText(time), lastTraceId: traceId, lastId: id, lastExperimentId: experimentId }
  return encode(fields, 'base64url')
}

/** The place that either of them names; undefined for what is neither. */
export function parseExperimentToken(token: string): Place | undefined {
  const fields = decode(token)
  return fields?.['v'] === 1 ? placeOf(fields['lastTime'], fields['lastId']) : undefined
}

/** Where a list of the web interface goes on: behind a row, or after a number of rows. */
export type ListPlace = { readonly after: Place } | { readonly skip: number }

/** The cursor of lists of the web interface. */
export function listToken(place: ListPlace): string {
  const fields = 'skip' in place ? { s: place.skip } : { t: isoText(place.after.time), i: place.after.id }
  return encode(fields, 'base64url')
}

/** Undefined for what is not such a cursor. */
export function parseListToken(token: string): ListPlace | undefined {
  const fields = decode(token)
  if (typeof fields?.['s'] === 'number' && Number.isSafeInteger(fields['s']) && fields['s'] >= 0)
    return { skip: fields['s'] }
  const after = fields && placeOf(fields['t'], fields['i'])
  return after && { after }
}

/** The rows behind a place, newest first. */
export const behind = (place: Place, time: Sql): Sql =>
  sql`(${time} < ${instant(place.time)} OR (${time} = ${instant(place.time)} AND id < ${str(place.id)}))`

const isoText = (time: Nanos): string => `${textFromNanos(time).replace(' ', 'T')}Z`

const encode = (fields: Fields, form: 'base64' | 'base64url'): string =>
  Buffer.from(JSON.stringify(fields)).toString(form)

function decode(token: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64').toString())
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined
  } catch {
    return undefined
  }
}

function placeOf(time: unknown, id: unknown): Place | undefined {
  const nanos = typeof time === 'string' ? parseIso(time) : undefined
  return nanos !== undefined && typeof id === 'string' ? { time: nanos, id } : undefined
}
