/**
 * What retention takes from one project, decided without looking at anything but figures. Bounds are
 * midnights in UTC: a day is kept whole or goes whole, so that what is counted of it is all of it.
 */
import type { ProjectId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import { DAY_NS } from '#store/day-spans.ts'

/** What a project may keep; no bound where absent. */
export interface RetentionRule {
  readonly projectId: ProjectId
  /** Days before today that are kept. */
  readonly maxAgeDays: number | undefined
  /** Bytes on disk, as far as they can be told apart from other projects'. */
  readonly maxBytes: number | undefined
}

/** What one day of a project takes on disk, about. */
export interface DayFigures {
  /** The day's midnight. */
  readonly day: Nanos
  /** Of inputs, outputs and tools. */
  readonly payloadBytes: number
  /** Of everything else. */
  readonly narrowBytes: number
}

export interface RetentionPlan {
  readonly projectId: ProjectId
  /** Records from before go; a midnight. */
  readonly removeBefore: Nanos | undefined
  /** Payloads of records from before go; a midnight later than `removeBefore`. */
  readonly stripBefore: Nanos | undefined
}

/** Once past the bound a project is brought this far below it, so that disks are not rewritten for every megabyte. */
const SLACK = 0.9
/**
 * Rows without payloads may fill this much of a project's bytes. Without it, rows would pile up until no payload
 * but today's had room.
 */
const NARROW_SHARE = 0.5

/**
 * Age first. Then size: payloads go before rows, the oldest first; rows go only while rows alone take
 * more than their share. Today is never touched. `days` in any order, days that nobody asked about left out.
 */
export function planRetention(rule: RetentionRule, days: readonly DayFigures[], now: Nanos): RetentionPlan {
  const today = now - (now % DAY_NS)
  const { projectId, maxAgeDays, maxBytes } = rule
  const byAge = maxAgeDays === undefined ? undefined : today - BigInt(maxAgeDays) * DAY_NS
  if (maxBytes === undefined) return { projectId, removeBefore: byAge, stripBefore: undefined }
  const kept = days.filter(({ day }) => byAge === undefined || day >= byAge).sort((a, b) => (a.day < b.day ? -1 : 1))
  const rows = cut(kept, { today, maxBytes: maxBytes * NARROW_SHARE, total: narrowBytes, freed: narrowBytes })
  const left = kept.filter(({ day }) => rows === undefined || day >= rows)
  const stripBefore = cut(left, { today, maxBytes, total: allBytes, freed: payloadBytes })
  return { projectId, removeBefore: rows ?? byAge, stripBefore }
}

const narrowBytes = (day: DayFigures): number => day.narrowBytes
const payloadBytes = (day: DayFigures): number => day.payloadBytes
const allBytes = (day: DayFigures): number => day.narrowBytes + day.payloadBytes

interface Cut {
  readonly today: Nanos
  readonly maxBytes: number
  /** What a day adds to the sum that is bounded. */
  total(day: DayFigures): number
  /** What goes of it when the day lies before the cut. */
  freed(day: DayFigures): number
}

/** The midnight before which things go; undefined when the sum is within its bound, or nothing can be freed. */
function cut(days: readonly DayFigures[], { today, maxBytes, total, freed }: Cut): Nanos | undefined {
  let sum = days.reduce((bytes, day) => bytes + total(day), 0)
  if (sum <= maxBytes) return undefined
  let before: Nanos | undefined
  for (const day of days) {
    if (sum <= maxBytes * SLACK || day.day >= today) break
    if (freed(day) === 0) continue
    sum -= freed(day)
    before = day.day + DAY_NS
  }
  return before
}
