import { closest, distance } from 'fastest-levenshtein'
import { AppError } from '#domain/errors.ts'
import { Config } from './schema.ts'
import { type SettingAbout, settings } from './setting.ts'

export type Env = Readonly<Record<string, string | undefined>>

/**
 * The settings that an environment gives. An empty variable counts as not set.
 * @throws AppError `bad_request` with a sentence for each thing that is wrong: an unknown `XTRACE_`
 *   variable, a value that does not fit, half a key pair
 */
export function loadConfig(env: Env): Config {
  const sources = Object.entries(settingRows()).map(([key, about]) => ({ key, ...sourceOf(about, env) }))
  const parsed = Config.safeParse(Object.fromEntries(sources.map(({ key, value }) => [key, value])))
  const faults = [
    ...unknownVariables(env),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => {
      const source = sources.find(({ key }) => key === path[0])
      return `${source?.variable} ${message}${shown(source)}.`
    }),
    ...halfPairs(env),
    ...(parsed.data ? logTooSmall(parsed.data) : []),
  ]
  if (parsed.data && faults.length === 0) return parsed.data
  throw new AppError('bad_request', faults.join('\n'))
}

/** A body's changes take more room in the log than the body: one that can never fit would be retried for ever. */
function logTooSmall({ eventLogMaxBytes, maxRequestBodyBytes }: Config): string[] {
  if (eventLogMaxBytes >= 2 * maxRequestBodyBytes) return []
  const { eventLogMaxBytes: log, maxRequestBodyBytes: body } = settingRows()
  return [`${log.env} (${eventLogMaxBytes}) must be at least twice ${body.env} (${maxRequestBodyBytes}).`]
}

/** What is known of each setting, by its key in `Config`. */
export function settingRows(): Readonly<Record<keyof Config, SettingAbout>> {
  const rows = Object.entries(Config.shape).map(([key, schema]) => [key, settings.get(schema)] as const)
  return asRows(Object.fromEntries(rows))
}

/** Every field of `Config` is made by `setting`, which registers it: a test holds this. */
function asRows(rows: Record<string, SettingAbout | undefined>): Readonly<Record<keyof Config, SettingAbout>> {
  // biome-ignore lint/plugin: Object.entries and fromEntries forget the keys that Config.shape has.
  return rows as Readonly<Record<keyof Config, SettingAbout>>
}

interface Source {
  readonly variable: string
  readonly value: string | undefined
  readonly isSecret: boolean
}

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|ENCRYPTION|_URL$/

function sourceOf({ env: name, aliases = [] }: SettingAbout, env: Env): Source {
  const variable = [name, ...aliases].find((spelling) => isSet(env[spelling])) ?? name
  return { variable, value: env[variable] || undefined, isSecret: SECRET_NAME.test(variable) }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}

function shown(source: Source | undefined): string {
  return source?.value === undefined || source.isSecret ? '' : `, not '${source.value}'`
}

const OURS = 'XTRACE_'
/** More edits than this and the nearest name is not what was meant. */
const MAX_EDITS = 8

function unknownVariables(env: Env): string[] {
  const known = Object.values(settingRows()).flatMap(({ env: name, aliases = [] }) => [name, ...aliases])
  return Object.keys(env)
    .filter((name) => name.startsWith(OURS) && !known.includes(name))
    .map((name) => {
      const nearest = closest(name, known)
      const advice = distance(name, nearest) <= MAX_EDITS ? `; did you mean ${nearest}?` : '; see docs/config.md.'
      return `There is no setting ${name}${advice}`
    })
}

function halfPairs(env: Env): string[] {
  const rows = settingRows()
  const pairs = [
    [rows.publicKey, rows.secretKey],
    [rows.initOrgPublicKey, rows.initOrgSecretKey],
    [rows.initProjectPublicKey, rows.initProjectSecretKey],
  ] as const
  return pairs.flatMap(([publicKey, secretKey]) => {
    const [left, right] = [sourceOf(publicKey, env), sourceOf(secretKey, env)]
    if (isSet(left.value) === isSet(right.value)) return []
    const [set, unset] = isSet(left.value) ? [left, right] : [right, left]
    return [`${set.variable} is set but ${unset.variable} is not; set both or neither.`]
  })
}
