/** Instants as the store spells them: `YYYY-MM-DD hh:mm:ss.` with 9 digits (nanoseconds) or 3 (milliseconds), UTC. */
import { msFromNanos, type Nanos } from '#domain/time.ts'

const NS_PER_MS = 1_000_000n

/** Nanoseconds since the epoch as DateTime64(9) text. */
export function textFromNanos(ns: Nanos): string {
  const ms = msFromNanos(ns)
  return textFromMs(ms) + String(ns - BigInt(ms) * NS_PER_MS).padStart(6, '0')
}

/** Milliseconds since the epoch, of a year with four digits, as DateTime64(3) text. */
export function textFromMs(ms: number): string {
  const day = Math.floor(ms / MS_PER_DAY)
  const ofDay = Math.floor(ms - day * MS_PER_DAY)
  const seconds = Math.floor(ofDay / 1000)
  const minutes = Math.floor(seconds / 60)
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
  const fraction = ofDay % 1000
  return `${dateText(day)} ${clock}.${Math.floor(fraction / 100)}${twoDigits(fraction % 100)}`
}

const MS_PER_DAY = 86_400_000
const twoDigits = (value: number) => `${Math.floor(value / 10)}${value % 10}`

/**
 * The Gregorian date of a day since the epoch, counted in eras of 400 years that begin in March
 * (H. Hinnant, "chrono-compatible low-level date algorithms"). A Date's own text takes several times
 * as long, and a row has up to five instants.
 */
function dateText(day: number): string {
  const sinceMarch0 = day + 719_468
  const era = Math.floor(sinceMarch0 / 146_097)
  const ofEra = sinceMarch0 - era * 146_097
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096)
  const yearOfEra = Math.floor((ofEra - leaps) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const date = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${twoDigits(month)}-${twoDigits(date)}`
}

/** DateTime64 text of any precision to milliseconds since the epoch; what is finer is cut off. */
export function msFromText(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 23)}Z`)
}

/** DateTime64(9) text to nanoseconds since the epoch. */
export function nanosFromText(text: string): Nanos {
  const second = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`)
  return BigInt(second) * NS_PER_MS + BigInt(text.slice(20).padEnd(9, '0'))
}
