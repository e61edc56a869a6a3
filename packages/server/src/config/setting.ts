import { totalmem } from 'node:os'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { Secret } from '#lib/secret.ts'

/** What is known of a setting besides its schema, for the loader and for docs/config.md. */
export interface SettingAbout {
  /** The environment variable. */
  readonly env: string
  /** Other spellings, looked at in this order when the first is not set. */
  readonly aliases?: readonly string[]
  /** What holds when it is not set, in words or as it would be written. */
  readonly default: string
  readonly unit?: string
  readonly sentence: string
}

/** The table behind `Config`: filled while schema.ts is read, never changed after. */
export const settings = z.registry<SettingAbout>()

/** Gives a schema its row in the table. */
export function setting<S extends z.ZodType>(about: SettingAbout, schema: S): S {
  settings.add(schema, about)
  return schema
}

const MIB = 1024 * 1024

/** A quarter of the machine's memory, between 512 MiB and 8 GiB: a machine of 1 GB must do. */
export function defaultEngineMemory(total: number = totalmem()): number {
  return Math.min(8192 * MIB, Math.max(512 * MIB, Math.floor(total / 4)))
}

/** 32 bytes in hex. */
export const ENCRYPTION_KEY = /^[0-9a-f]{64}$/i

export const encryptionKey = z
  .string()
  .regex(ENCRYPTION_KEY, 'must be 64 hex digits, such as `openssl rand -hex 32` prints')
  .transform((value) => new Secret(value))

export interface Address {
  readonly host: string
  readonly port: number
}

export const text = z.string().trim().min(1)

export const secret = z.string().transform((value) => new Secret(value))

export const whole = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`)

export const decimal = z
  .string()
  .regex(/^\d+(?:\.\d+)?$/, 'must be a number that is not negative')
  .transform(Number)

const UNITS: Record<string, number> = { '': 1, KIB: 1024, MIB, GIB: 1024 * MIB, TIB: 1024 * 1024 * MIB }

/** `20971520`, or `20MiB`. */
export const bytes = (min: number) =>
  z
    .string()
    .regex(/^\d+(?:[KMGT]iB)?$/i, 'must be a number of bytes, such as 1073741824 or 1GiB')
    .transform((value) => Number.parseInt(value, 10) * (UNITS[value.replace(/^\d+/, '').toUpperCase()] ?? 1))
    .refine((value) => value >= min && Number.isSafeInteger(value), `must be at least ${min}`)

export const flag = z
  .enum(['1', 'true', 'on', 'yes', '0', 'false', 'off', 'no'], 'must be 1 or 0')
  .transform((value) => ['1', 'true', 'on', 'yes'].includes(value))

/** An absolute path, since a relative one would mean another folder on every start. */
export const folder = z.string().refine(isAbsolute, 'must be an absolute path')

/** A URL of one of the schemes, kept secret because it may hold a password. */
export const secretUrl = (...schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => schemes.includes(protocolOf(value)),
      `must be a URL that begins with ${schemes.join('// or ')}//`,
    )
    .transform((value) => new Secret(value))

/** An address for browsers and clients; it holds no password. */
export const webUrl = z
  .string()
  .refine(
    (value) => ['http:', 'https:'].includes(protocolOf(value)) && !/[?#@]/.test(value),
    'must be a URL that begins with http:// or https://, without user, query and fragment',
  )

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : ''
}

const ADDRESS = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/

/** `127.0.0.1:8742`, `[::1]:8742`; `:8742` is every address. */
export const address = z.string().transform((value, context): Address => {
  const [, v6, host, port] = ADDRESS.exec(value) ?? []
  if (port !== undefined && Number(port) <= 65_535) return { host: v6 ?? (host || '0.0.0.0'), port: Number(port) }
  context.addIssue({ code: 'custom', message: 'must be an address and a port, such as 127.0.0.1:8742' })
  return z.NEVER
})
