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
    ensureEnvironment(basename(file, '.txt'), join(REQUIREMENTS, file))
  }
}

function ensureEnvironment(name, requirements) {
  const folder = join(ROOT, '.venvs', name)
  const stamp = join(folder, '.xtrace-installed')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error(`Installing the Python packages of ${name}…`)
  rmSync(folder, { recursive: true, force: true })
  mustRun('python3', ['-m', 'venv', folder])
  const pip = [
    '-m',
    'pip',
    '--quiet',
    '--disable-pip-version-check',
    'install',
    '--only-binary=:all:',
    '-r',
    requirements,
  ]
  mustRun(join(folder, 'bin', 'python'), pip)
  writeFileSync(stamp, wanted)
}
