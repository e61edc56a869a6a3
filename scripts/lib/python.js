/**
 * One Python virtual environment for each file in packages/server/test/compat/python/requirements,
 * under .venvs/<name of the file>, made anew when the file changes.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { mustRun, ROOT } from './run.js'

const REQUIREMENTS = join(ROOT, 'packages', 'server', 'test', 'compat', 'python', 'requirements')

/** Makes the environments that are missing or stale. */
export function ensurePythonEnvironments() {
  for (const file of readdirSync(REQUIREMENTS).filter((name) => name.endsWith('.txt'))) {
    const path = join(REQUIREMENTS, file)
    const wanted = createHash('sha256').update(readFileSync(path)).digest('hex')
    ensureEnvironment(basename(file, '.txt'), wanted, [['--only-binary=:all:', '-r', path]])
  }
}

/**
 * Makes the virtual environment .venvs/<name> unless it was made for the same `wanted` text, with one
 * `pip install` for each list of arguments; gives the path of its interpreter.
 */
export function ensureEnvironment(name, wanted, installs) {
  const folder = join(ROOT, '.venvs', name)
  const python = join(folder, 'bin', 'python')
  const stamp = join(folder, '.xtrace-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python
  console.error(`Installing the Python packages of ${name}…`)
  rmSync(folder, { recursive: true, force: true })
  mustRun('python3', ['-m', 'venv', folder])
  for (const packages of installs) {
    mustRun(python, ['-m', 'pip', '--quiet', '--disable-pip-version-check', 'install', ...packages])
  }
  writeFileSync(stamp, wanted)
  return python
}
