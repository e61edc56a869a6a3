/** What is typed before many rows are deleted. Pure. */
import type { Counted } from './count-text.ts'

/** Above so many it is typed. */
const MANY = 1000

/** How many they are, or a word where that is not known to the row; undefined for few. */
export function confirmationOf({ total, isEstimated }: Counted): string | undefined {
  if (isEstimated) return 'delete'
  return total > MANY ? String(total) : undefined
}

/** Whether it was typed, in any case and with its digits grouped in any way. */
export const isConfirmed = (wanted: string | undefined, typed: string): boolean =>
  wanted === undefined || typed.toLowerCase().replace(/[^\da-z]/g, '') === wanted
