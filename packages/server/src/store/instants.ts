/** Instants as the store spells them: `YYYY-MM-DD hh:mm:ss.` with 9 digits (nanoseconds) or 3 (milliseconds), UTC. */
import { msFromNanos, type Nanos } from '#domain/time.ts'

const NS_PER_MS = 1_000_000n

/** Nanoseconds since the epoch as DateTime64(9) text. */
export function textFromNanos(ns: Nanos): string {
  const ms = msFromNanos(ns)
  return textFromMs(ms) + String(ns - BigInt(ms) * NS_PER_MS).padStart(6, '0')
}

/** Milliseconds since the epoch as DateTime64(3) text. */
export function textFromMs(ms: number): string {
  const iso = new Date(ms).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`
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
