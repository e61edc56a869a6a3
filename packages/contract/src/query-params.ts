/**
 * The pieces that query strings are made of (public-api contract §1.5, §1.6). Every parameter may
 * arrive once (text) or repeated (list of texts); an empty text is an absent one.
 */
import { z } from 'zod'
import { Instant } from './fields.ts'

const raw = z.union([z.string(), z.array(z.string())]).optional()

const last = (value: string | readonly string[] | undefined): string | undefined => {
  const text = typeof value === 'string' ? value : value?.at(-1)
  return text === '' ? undefined : text
}

const issue = (ctx: z.RefinementCtx, message: string): never => {
  ctx.addIssue({ code: 'custom', message })
  return z.NEVER
}

/** Text; the last of repeated ones. */
export const textParam = raw.transform(last)

/** Text that may be meant to be empty: `''` is kept apart from absent. */
export const emptiableParam = raw.transform((value) => (typeof value === 'string' ? value : value?.at(-1)))

/** A finite number in decimal notation. */
export const numberParam = raw.transform((value, ctx): number | undefined => {
  const text = last(value)
  if (text === undefined) return undefined
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? issue(ctx, `Expected a number, received "${text}"`) : number
})

/** A whole number from `min` to `max`. */
export const intParam = (options: { min: number; max: number; default: number }) =>
  raw.transform((value, ctx): number => {
    const text = last(value)
    if (text === undefined) return options.default
    const number = Number(text)
    if (text.trim() === '' || !Number.isSafeInteger(number))
      return issue(ctx, `Expected a whole number, received "${text}"`)
    if (number < options.min) return issue(ctx, `Too small: expected number to be >=${options.min}`)
    return number > options.max ? issue(ctx, `Too big: expected number to be <=${options.max}`) : number
  })

/** `true` or `false`. */
export const booleanParam = raw.transform((value, ctx): boolean | undefined => {
  const text = last(value)
  if (text === undefined) return undefined
  return text === 'true' || text === 'false' ? text === 'true' : issue(ctx, 'Expected "true" or "false"')
})

/** One of the words given. */
export const wordParam = <const Word extends string>(words: readonly Word[]) =>
  raw.transform((value, ctx): Word | undefined => {
    const text = last(value)
    if (text === undefined) return undefined
    return words.find((word) => word === text) ?? issue(ctx, `Invalid option: expected one of ${words.join('|')}`)
  })

/** An ISO 8601 instant with `Z` or a numeric offset, as text. */
export const instantParam = raw.transform((value, ctx): string | undefined => {
  // A "+" that a client left unescaped reaches us as a space.
  const text = last(value)?.replace(/ (\d{2}:\d{2})$/, '+$1')
  if (text === undefined || Instant.safeParse(text).success) return text
  return issue(ctx, `Invalid ISO 8601 datetime "${text}": expected a date and time with "Z" or an offset`)
})

const split = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** A list in one text, separated by commas; empty words are dropped. Absent when nothing is left. */
export const csvParam = raw.transform((value): string[] | undefined => {
  const words = split(last(value) ?? '')
  return words.length === 0 ? undefined : words
})

/** A list as repeated parameters, or as one with commas. Absent when nothing is left. */
export const listParam = raw.transform((value): string[] | undefined => {
  const words = typeof value === 'string' ? split(value) : (value ?? []).length === 1 ? split(value?.[0] ?? '') : value
  const kept = (words ?? []).filter((word) => word !== '')
  return kept.length === 0 ? undefined : kept
})

/** A list as repeated parameters; commas are part of the words. Absent when nothing is left. */
export const repeatedParam = raw.transform((value): string[] | undefined => {
  const kept = [value ?? []].flat().filter((word) => word !== '')
  return kept.length === 0 ? undefined : kept
})

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
