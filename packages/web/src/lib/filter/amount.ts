/** Values with units: `2s`, `10k`, `$0.05`, a day. */
import type { Unit } from './fields.ts'

const SECONDS: Readonly<Record<string, number>> = {
  '': 1,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
}
const THOUSANDS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 }

const AMOUNT = /^(-?)\$?(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,3}))?\s*([a-z]*)$/i

/** The number that a value stands for; undefined when it is none of that unit. */
export function amountOf(value: string, unit: Unit): number | undefined {
  const [, sign = '', digits = '', exponent = '0', suffix = ''] = AMOUNT.exec(value.trim()) ?? []
  if (digits === '') return undefined
  const factors = unit === 'seconds' ? SECONDS : THOUSANDS
  const key = suffix.toLowerCase()
  const factor = Object.hasOwn(factors, key) ? factors[key] : undefined
  if (factor === undefined) return undefined
  // Dividing by a whole number keeps 200ms at 0.2, which multiplying by 0.001 would not for every value.
  const number = Number(`${sign}${digits}e${exponent}`)
  const amount = factor < 1 ? number / Math.round(1 / factor) : number * factor
  return Number.isFinite(amount) ? amount : undefined
}

/** `true`, `yes`, `1` and their opposites. */
export function truthOf(value: string): boolean | undefined {
  const word = value.toLowerCase()
  if (['true', 'yes', '1', '✓'].includes(word)) return true
  return ['false', 'no', '0', '✗'].includes(word) ? false : undefined
}

/** The instant of an ISO date or time as the server takes it; a day without a time is its start in UTC. */
export function instantOf(value: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
