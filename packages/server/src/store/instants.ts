/** Instants as the store spells them: `YYYY-MM-DD hh:mm:ss.` with 9 digits (nanoseconds) or 3 (milliseconds), UTC. */
import { msFromNanos, type Nanos } from '#domain/time.ts'

const NS_PER_SECOND = 1_000_000_000n

/** The whole second of an instant in milliseconds and what is left of it in nanoseconds, 0 to 999 999 999. */
function splitSecond(ns: Nanos): { secondMs: number; fraction: bigint } {
  const rest = ns % NS_PER_SECOND
  const fraction = rest < 0n ? rest + NS_PER_SECOND : rest
  return { secondMs: msFromNanos(ns - fraction), fraction }
}

/** Nanoseconds since the epoch as DateTime64(9) text. */
export function textFromNanos(ns: Nanos): string {
  const { secondMs, fraction } = splitSecond(ns)
  const iso = new Date(secondMs).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${String(fraction).padStart(9, '0')}`
}

/** Milliseconds since the epoch as DateTime64(3) text. */
export function textFromMs(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 23)
}

/** DateTime64 text of any precision to milliseconds since the epoch; what is finer is cut off. */
export function msFromText(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 23)}Z`)
}

/** DateTime64(9) text to nanoseconds since the epoch. */
export function nanosFromText(text: string): Nanos {
  const second = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`)
  return BigInt(second) * 1_000_000n + BigInt(text.slice(20).padEnd(9, '0'))
}
