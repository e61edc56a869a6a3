/** langfuse-js's tests/e2e: in the checkout itself, which pnpm has to install and build. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { mustRun, ROOT, run } from '../lib/run.js'

const TESTS = 'tests/e2e'
const PNPM = join(ROOT, '.cache', 'pnpm')

/** The files of tests in a checkout. */
export const javascriptFiles = (checkout) =>
  readdirSync(join(checkout, TESTS))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${TESTS}/${name}`)

/**
 * Installs and builds a checkout, and gives a function that runs files of its suite and returns their
 * tests as {suite, file, name, outcome, reason}.
 */
export function prepareJavascript({ checkout, files }) {
  const { version, packageManager } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const path = [join(PNPM, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const options = (env) => ({ cwd: checkout, env: { ...env, PATH: path, CI: 'true', HUSKY: '0', DO_NOT_TRACK: '1' } })
  if (!existsSync(join(PNPM, 'node_modules'))) mustRun('npm', ['install', '--prefix', PNPM, packageManager])
  mustRun('pnpm', ['install', '--frozen-lockfile'], options(process.env))
  mustRun('pnpm', ['run', 'build'], options(process.env))
  return (env) => {
    const folder = mkdtempSync(join(tmpdir(), 'xtrace-suite-js-'))
    const report = join(folder, 'report.json')
    run('pnpm', [...VITEST, `--outputFile.json=${report}`, ...files], options(env))
    const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
    rmSync(folder, { recursive: true, force: true })
    return results.flatMap(testsOf).map((test) => ({ suite: `langfuse-js ${version}`, ...test }))
  }
}

const VITEST = ['exec', 'vitest', 'run', '--project=e2e', '--maxWorkers=2', '--reporter=default', '--reporter=json']

function testsOf({ name, status, message, assertionResults }) {
  const file = `${TESTS}/${basename(name)}`
  const tests = assertionResults.map((test) => ({ file, name: test.fullName, ...outcomeOf(test) }))
  // What all tests of a file share may fail, and then none of them is run.
  const isBroken = status === 'failed' && tests.every(({ outcome }) => outcome !== 'failed')
  return isBroken ? [...tests, { file, name: 'the file as a whole', outcome: 'failed', reason: message }] : tests
}

function outcomeOf(test) {
  if (test.status === 'passed' || test.status === 'failed') {
    return { outcome: test.status, reason: test.failureMessages.join('\n') }
  }
  return { outcome: 'skipped', reason: 'marked so by the suite' }
}
