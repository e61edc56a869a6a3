/** Search params that all pages of a project share, and the pieces from which pages make their own. */
import { z } from 'zod'
import { parseTimeRange } from './time-range.ts'

/** A list that may come as one value: `?env=a` and `?env=a&env=b`. */
export const list = z
  .union([z.array(z.string()), z.string().transform((one) => [one])])
  .optional()
  .catch(undefined)

/** Text that is not set by default. */
export const text = z.string().optional().catch(undefined)

/** A switch that is off by default and `1` in the URL when on. */
export const flag = z.literal('1').optional().catch(undefined)

/** One of a few words, of which none goes without saying. */
export const wordOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words).optional().catch(undefined)

/** One of a few words; the first is the default, which the URL leaves out. */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z
    .enum(words)
    .refine((word) => word !== words[0])
    .optional()
    .catch(undefined)

/** `24h`, or `from..to`; undefined is the page's default. */
const timeRange = z
  .string()
  .refine((written) => parseTimeRange(written) !== undefined)
  .optional()
  .catch(undefined)

/** `t` and `env`, which every page of a project hands on to the next. */
export const sharedSearch = z.object({ t: timeRange, env: list })
