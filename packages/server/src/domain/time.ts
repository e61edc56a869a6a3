/** Instants are nanoseconds since the Unix epoch, UTC, as bigint; the wire speaks ISO 8601. */
export type Nanos = bigint

const NS_PER_MS = 1_000_000n

/**
 * The instants that every date function of the store gets right: ClickHouse's toStartOfHour and its
 * like answer in 32-bit seconds and wrap around outside, which misplaces rows. Others are clamped.
 */
export const MIN_NANOS: Nanos = 0n
export const MAX_NANOS: Nanos = BigInt(Date.UTC(2106, 0, 1)) * NS_PER_MS

/** Milliseconds since the epoch (a fraction is kept to the microsecond) to nanoseconds. */
export function nanosFromMs(ms: number): Nanos {
  const whole = Math.floor(ms)
  return BigInt(whole) * NS_PER_MS + BigInt(Math.round((ms - whole) * 1000)) * 1000n
}

/** Nanoseconds to whole milliseconds, rounded down. */
export function msFromNanos(ns: Nanos): number {
  const ms = ns / NS_PER_MS
  return Number(ns < 0n && ms * NS_PER_MS !== ns ? ms - 1n : ms)
}

/** Brings an instant into the range that the store orders rightly. */
export function clampNanos(ns: Nanos): Nanos {
  if (ns < MIN_NANOS) return MIN_NANOS
  return ns > MAX_NANOS ? MAX_NANOS : ns
}

/** `2026-01-02T03:04:05.678Z`: the only form in which responses carry an instant (public-api contract §1.6). */
export function isoFromNanos(ns: Nanos): string {
  return new Date(msFromNanos(ns)).toISOString()
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}:\d{2})$/

/**
 * Reads `YYYY-MM-DDTHH:MM[:SS[.frac]]` with `Z` or `±HH:MM`, to the nanosecond; undefined for
 * anything else, impossible dates included (langfuse-ingestion contract §2.1).
 */
export function parseIso(text: string): Nanos | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  const ms = Date.parse(utc)
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) return undefined
  const offset = zoneMinutes(zone)
  if (offset === undefined) return undefined
  const ns = BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return clampNanos(BigInt(ms - offset * 60_000) * NS_PER_MS + ns)
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
