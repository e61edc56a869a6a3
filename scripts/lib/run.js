import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/** The repository's folder. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

/**
 * Runs a program in the repository's folder with our own output and gives its exit code;
 * 127 when it could not be started.
 */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', ...options })
  if (result.error) console.error(`${program}: ${result.error.message}`)
  return result.status ?? 127
}

/** As `run`, and ends this process with the same code when it is not 0. */
export function mustRun(program, args, options = {}) {
  const code = run(program, args, options)
  if (code !== 0) process.exit(code)
}

/** A program that npm put into node_modules/.bin. */
export const bin = (name) => resolve(ROOT, 'node_modules', '.bin', name)
