import { Secret } from '#lib/secret.ts'
import { settingRows } from './load.ts'
import type { Config } from './schema.ts'

/** docs/config.md: the table of settings in words. A test holds the file to it. */
export function renderConfigDocs(): string {
  const rows = Object.values(settingRows()).map(({ env, aliases = [], default: fallback, unit, sentence }) => {
    const names = [env, ...aliases].map((name) => `\`${name}\``).join(' or ')
    const value = /^[a-z0-9.:]+$/i.test(fallback) && fallback !== 'none' ? `\`${fallback}\`` : fallback
    return `| ${names} | ${value} | ${unit ?? ''} | ${sentence} |`
  })
  return `${INTRODUCTION}\n${rows.join('\n')}\n`
}

const INTRODUCTION = `# Settings

Settings are environment variables; an empty one counts as not set. Where a row names two, the first wins. An unknown \`XTRACE_\` variable or a value that does not fit keeps xtrace from starting, with a sentence that says why. Sizes in bytes may be written as \`512MiB\` or \`2GiB\`. \`xtrace config\` prints what holds.

The first start makes what is not configured of the bearer token and the key pair, prints it as lines to paste, and keeps it in \`credentials.json\` in the data folder, readable by you alone; likewise the encryption key, in \`encryption.key\`. The data folder is \`$XDG_DATA_HOME/xtrace\` or \`~/.local/share/xtrace\` on Linux, \`~/Library/Application Support/xtrace\` on macOS and \`%LOCALAPPDATA%\\xtrace\` on Windows.

\`GET /metrics\` needs no credentials while \`BIND_ADDR\` is a loopback address, and the bearer token on any other. A reverse proxy on the same machine should not pass it on.

| variable | default | unit | meaning |
|---|---|---|---|`

/** The settings that hold, one \`VARIABLE=value\` a line; secrets are masked, and what is not set is a comment. */
export function renderConfig(config: Config): string {
  const values = new Map<string, unknown>(Object.entries(config))
  const lines = Object.entries(settingRows()).map(([key, { env, default: fallback }]) => {
    const value = values.get(key)
    return value === undefined ? `# ${env}: ${fallback.replaceAll('`', '')}` : `${env}=${valueText(value)}`
  })
  return `${lines.join('\n')}\n`
}

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Secret || typeof value !== 'object' || value === null) return String(value)
  if (!('host' in value && 'port' in value)) return JSON.stringify(value)
  const host = String(value.host)
  return `${host.includes(':') ? `[${host}]` : host}:${value.port}`
}
