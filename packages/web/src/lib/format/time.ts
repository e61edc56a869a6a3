/**
 * Times, in the zone that the viewer chose. One object for a zone, because its formatters are dear
 * to make; the zone is `local` (the viewer's own), `utc`, or an IANA name such as `Asia/Kolkata`.
 */
import { UNKNOWN } from './digits.ts'

export type Zone = 'local' | 'utc' | (string & {})

export interface TimeCardLine {
  readonly label: string
  readonly text: string
}

export interface TimeFormat {
  /** The IANA name of the zone in use. */
  readonly zoneName: string
  /** Below 24 hours `12s`, `3m`, `5h`; older `Nov 20 14:03`, of another year `Nov 20 2025 14:03`. */
  when(atMs: number | undefined, nowMs: number): string
  /** `Nov 20 14:03`. */
  date(atMs: number | undefined, nowMs: number): string
  /** `14:03:27.412`. */
  clock(atMs: number | undefined): string
  /** `2026-11-20 14:03:27.412 +05:30`. */
  full(atMs: number | undefined): string
  /** `2026-11-20T14:03:27`, as inputs of date and time hold it; '' for what is no time. */
  wall(atMs: number): string
  /** The instant at which the zone's clocks show this; of an hour that they skip, the one after it. Undefined for other text. */
  instant(wall: string): number | undefined
  /** What the hover card lists, each line to be copied. */
  card(atMs: number, nowMs: number): readonly TimeCardLine[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FURTHEST_MS = 8.64e15

/** Whether the platform knows the zone; `local` and `utc` always. */
export function isZone(zone: string): boolean {
  return zone === 'local' || zone === 'utc' || resolves(zone)
}

/** Formats for one zone; an unknown name is read as `local`. */
export function timeFormat(zone: Zone): TimeFormat {
  const timeZone = zone === 'utc' ? 'UTC' : zone === 'local' || !resolves(zone) ? undefined : zone
  const formatter = new Intl.DateTimeFormat('en-US', { ...PARTS, ...(timeZone === undefined ? {} : { timeZone }) })
  const zoneName = formatter.resolvedOptions().timeZone
  const read = (atMs: number) => partsOf(formatter, atMs)
  const shown = (write: (atMs: number) => string) => (atMs: number | undefined) =>
    isTime(atMs) ? write(atMs) : UNKNOWN
  const date = (atMs: number | undefined, nowMs: number) => (isTime(atMs) ? dateText(read(atMs), read(nowMs)) : UNKNOWN)
  const full = shown((atMs) => fullText(read(atMs)))
  return {
    zoneName,
    date,
    full,
    clock: shown((atMs) => clockText(read(atMs))),
    when: (atMs, nowMs) => (isTime(atMs) ? (relative(atMs, nowMs) ?? date(atMs, nowMs)) : UNKNOWN),
    wall: (atMs) => (isTime(atMs) ? wallText(read(atMs)) : ''),
    instant: (wall) => instantOf(wall, read),
    card: (atMs, nowMs) => [
      { label: zoneName, text: full(atMs) },
      { label: 'UTC', text: isTime(atMs) ? new Date(atMs).toISOString() : UNKNOWN },
      { label: 'Relative', text: ago(atMs, nowMs) },
      { label: 'Unix ms', text: String(atMs) },
    ],
  }
}

/** How a list tells times: by the clock when all of them lie within five minutes. */
export const listTimeStyle = (firstMs: number, lastMs: number): 'clock' | 'when' =>
  Math.abs(lastMs - firstMs) < 5 * MINUTE ? 'clock' : 'when'

function isTime(atMs: number | undefined): atMs is number {
  return atMs !== undefined && Math.abs(atMs) <= FURTHEST_MS
}

const PARTS: Intl.DateTimeFormatOptions = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'longOffset',
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>

function partsOf(formatter: Intl.DateTimeFormat, atMs: number): Parts {
  return Object.fromEntries(formatter.formatToParts(atMs).map(({ type, value }) => [type, value]))
}

const dateText = (at: Parts, now: Parts): string => {
  const year = at.year === now.year ? '' : ` ${at.year}`
  return `${MONTHS[Number(at.month) - 1]} ${Number(at.day)}${year} ${at.hour}:${at.minute}`
}
const clockText = (at: Parts): string => `${at.hour}:${at.minute}:${at.second}.${at.fractionalSecond}`
const fullText = (at: Parts): string => `${at.year}-${at.month}-${at.day} ${clockText(at)} ${offsetText(at)}`
const wallText = (at: Parts): string => `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}:${at.second}`
const offsetText = (at: Parts): string => at.timeZoneName?.replace(/^GMT$/, '+00:00').replace('GMT', '') ?? ''

/** How far the zone's clocks are ahead of UTC at an instant. */
const aheadMs = (read: (atMs: number) => Parts, atMs: number): number =>
  Date.parse(`${wallText(read(atMs))}Z`) - Math.floor(atMs / SECOND) * SECOND

function instantOf(wall: string, read: (atMs: number) => Parts): number | undefined {
  const asUtc = Date.parse(`${wall}Z`)
  if (!isTime(asUtc)) return undefined
  // Around a change of the clocks the difference is another one at the first guess than at the instant meant.
  const before = asUtc - aheadMs(read, asUtc - DAY)
  const after = asUtc - aheadMs(read, asUtc + DAY)
  const isShownAt = (atMs: number) => atMs + aheadMs(read, atMs) === asUtc
  return isShownAt(after) && !isShownAt(before) ? after : before
}

/** `12s`, `3m`, `5h`, to the past or `in 3m` to the future; undefined a day or more away. */
function relative(atMs: number, nowMs: number): string | undefined {
  const distance = Math.abs(nowMs - atMs)
  if (!(distance < DAY)) return undefined
  const text = span(distance)
  return atMs - nowMs >= SECOND ? `in ${text}` : text
}

function span(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`
  return ms < DAY ? `${Math.floor(ms / HOUR)}h` : `${Math.floor(ms / DAY)}d`
}

function ago(atMs: number, nowMs: number): string {
  const text = span(Math.abs(nowMs - atMs))
  return atMs - nowMs >= SECOND ? `in ${text}` : `${text} ago`
}

function resolves(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
