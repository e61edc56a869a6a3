/** Brings what the sources need up to date, and only that: node_modules and the two built folders. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mustRun, ROOT } from './run.js'

const LOCK = join(ROOT, 'package-lock.json')
const INSTALL_STAMP = join(ROOT, 'node_modules', '.xtrace-installed')
const BUILD_STAMP = join(ROOT, 'packages', 'server', 'dist', '.built')
const SOURCES = ['packages/contract/src', 'packages/server/src', 'packages/web', 'scripts', 'package-lock.json']
const SKIPPED = new Set(['node_modules', 'dist'])

const readOr = (file, fallback) => (existsSync(file) ? readFileSync(file, 'utf8') : fallback)

function stamp(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/**
 * Installs what the lock file asks for when node_modules is something else. Not `npm ci`: that wants the
 * binaries of every platform in the lock file, and a registry need not have them all. The lock file is
 * left as it was.
 */
export function ensureInstalled() {
  const lock = readFileSync(LOCK)
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (readOr(INSTALL_STAMP, '') === wanted) return
  console.error('Installing packages (once; about 600 MB, most of it the embedded ClickHouse)…')
  mustRun('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
  if (!readFileSync(LOCK).equals(lock)) writeFileSync(LOCK, lock)
  stamp(INSTALL_STAMP, wanted)
}

function newestChange(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  const entries = readdirSync(path).filter((name) => !SKIPPED.has(name))
  return entries.reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), info.mtimeMs)
}

/** Builds the server and the web page when a source is newer than the last build. */
export async function ensureBuilt() {
  const newest = String(Math.max(...SOURCES.map((path) => newestChange(join(ROOT, path)))))
  if (readOr(BUILD_STAMP, '') === newest) return
  const { build } = await import('../build.js')
  await build()
  stamp(BUILD_STAMP, newest)
}
