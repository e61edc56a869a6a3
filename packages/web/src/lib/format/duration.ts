import { isKnown, significant, signOf, UNKNOWN, withoutZeros } from './digits.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const two = (value: number): string => String(value).padStart(2, '0')

/** A duration in ms as the table of formats has it: `0.42 ms`, `420 ms`, `4.21 s`, `3m 07s`, `2h 05m`, `1d 4h`. */
export function formatDuration(ms: number | null | undefined): string {
  if (!isKnown(ms)) return UNKNOWN
  return signOf(ms) + positive(Math.abs(ms))
}

/** The time that something has been running for, ticking: `12.4 s…`. */
export function formatRunning(ms: number | null | undefined): string {
  if (!isKnown(ms)) return UNKNOWN
  const seconds = Math.max(0, ms) / SECOND
  return seconds < 60 && Number(seconds.toFixed(1)) < 60 ? `${seconds.toFixed(1)} s…` : `${positive(Math.max(0, ms))}…`
}

function positive(ms: number): string {
  if (ms === 0) return '0 ms'
  if (Number(ms.toPrecision(2)) < 1) return `${withoutZeros(significant(ms, 2))} ms`
  if (Math.round(ms) < SECOND) return `${Math.round(ms)} ms`
  const seconds = ms / SECOND
  if (Number(seconds.toPrecision(3)) < 60) return `${significant(seconds, 3)} s`
  return long(ms)
}

/** From a minute on: two units, the smaller one cut, not rounded, past the first hour. */
function long(ms: number): string {
  const whole = Math.round(ms / SECOND) * SECOND
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${two((whole % MINUTE) / SECOND)}s`
  if (whole < DAY) return `${Math.floor(whole / HOUR)}h ${two(Math.floor((whole % HOUR) / MINUTE))}m`
  return `${Math.floor(whole / DAY)}d ${Math.floor((whole % DAY) / HOUR)}h`
}
