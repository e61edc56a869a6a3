/**
 * The pieces that query strings are made of (public-api contract §1.5, §1.6). Every parameter may
 * arrive once (text) or repeated (list of texts); an empty text is an absent one.
 */
import { z } from 'zod'
import { Instant } from './fields.ts'

type Raw = string | string[] | undefined
type Fail = (message: string) => never

/**
 * A parameter that `read` turns into its value; what is wrong goes to `fail`. `shown` is how the
 * API document describes it: its schema alone would tell of the transport only; so does `isRequired`,
 * while that a value is there is for `read` to see to.
 */
function param<T>(shown: object, read: (value: Raw, fail: Fail) => T, isRequired = false) {
  const override = ({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void => {
    delete jsonSchema['anyOf']
    Object.assign(jsonSchema, shown)
  }
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value, ctx): T => {
      const fail = (message: string): never => {
        ctx.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      return read(value, fail)
    })
    .meta({ override, ...(isRequired && { param: { required: true } }) })
}

const last = (value: Raw): string | undefined => {
  const text = typeof value === 'string' ? value : value?.at(-1)
  return text === '' ? undefined : text
}

const TEXT = { type: 'string' }
const LIST = { type: 'array', items: TEXT }
const INSTANT = { type: 'string', format: 'date-time' }

/** Text; the last of repeated ones. */
export const textParam = param(TEXT, last)

/** Text that may be meant to be empty: `''` is kept apart from absent. */
export const emptiableParam = param(TEXT, (value) => (typeof value === 'string' ? value : value?.at(-1)))

/** Text that must be there. */
export const requiredTextParam = param(TEXT, (value, fail): string => last(value) ?? fail('Required'), true)

/** A finite number in decimal notation. */
export const numberParam = param({ type: 'number' }, (value, fail): number | undefined => {
  const text = last(value)
  if (text === undefined) return undefined
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? fail(`Expected a number, received "${text}"`) : number
})

/** A whole number. */
export const optionalIntParam = param({ type: 'integer' }, (value, fail): number | undefined => {
  const text = last(value)
  return text === undefined ? undefined : readInt(text, fail)
})

function readInt(text: string, fail: Fail): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(number)) return fail(`Expected a whole number, received "${text}"`)
  return number
}

/** A whole number from `min` to `max`. */
export const intParam = (options: { min: number; max: number; default: number }) => {
  const { min, max } = options
  return param({ type: 'integer', minimum: min, maximum: max, default: options.default }, (value, fail): number => {
    const text = last(value)
    if (text === undefined) return options.default
    const number = readInt(text, fail)
    if (number < min) return fail(`Too small: expected number to be >=${min}`)
    return number > max ? fail(`Too big: expected number to be <=${max}`) : number
  })
}

/** `true` or `false`. */
export const booleanParam = param({ type: 'boolean' }, (value, fail): boolean | undefined => {
  const text = last(value)
  if (text === undefined) return undefined
  return text === 'true' || text === 'false' ? text === 'true' : fail('Expected "true" or "false"')
})

/** One of the words given. */
export const wordParam = <const Word extends string>(words: readonly Word[]) =>
  param({ type: 'string', enum: words }, (value, fail): Word | undefined => {
    const text = last(value)
    if (text === undefined) return undefined
    return words.find((word) => word === text) ?? fail(`Invalid option: expected one of ${words.join('|')}`)
  })

/** An ISO 8601 instant with `Z` or a numeric offset, as text. */
export const instantParam = param(INSTANT, readInstant)

/** An instant that must be there. */
export const requiredInstantParam = param(INSTANT, (value, fail) => readInstant(value, fail) ?? fail('Required'), true)

function readInstant(value: Raw, fail: Fail): string | undefined {
  // A "+" that a client left unescaped reaches us as a space.
  const text = last(value)?.replace(/ (\d{2}:\d{2})$/, '+$1')
  if (text === undefined || Instant.safeParse(text).success) return text
  return fail(`Invalid ISO 8601 datetime "${text}": expected a date and time with "Z" or an offset`)
}

const split = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

const unlessEmpty = (words: string[]): string[] | undefined => (words.length === 0 ? undefined : words)

/** A list in one text, separated by commas; empty words are dropped. Absent when nothing is left. */
export const csvParam = param({ ...TEXT, description: 'Separated by commas' }, (value) =>
  unlessEmpty(split(last(value) ?? '')),
)

/** A list as repeated parameters, or as one with commas. Absent when nothing is left. */
export const listParam = param(LIST, (value) => {
  const words = [value ?? []].flat()
  return unlessEmpty(words.length === 1 ? words.flatMap(split) : words.filter((word) => word !== ''))
})

/** A list as repeated parameters; commas are part of the words. Absent when nothing is left. */
export const repeatedParam = param(LIST, (value) => unlessEmpty([value ?? []].flat().filter((word) => word !== '')))

/** `page` from 1 and `limit` from 1 to `maxLimit`, 50 by default. */
export const pageParams = (maxLimit = 100) => ({
  page: intParam({ min: 1, max: 1_000_000_000, default: 1 }),
  limit: intParam({ min: 1, max: maxLimit, default: 50 }),
})

export const PageMeta = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
})
export type PageMeta = z.infer<typeof PageMeta>

export const CursorMeta = z.object({ cursor: z.string().optional() })
export type CursorMeta = z.infer<typeof CursorMeta>
