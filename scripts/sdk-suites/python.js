/** langfuse-python's tests/e2e: from a copy of the tests, in an environment of its own, on any release of the SDK. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureEnvironment } from '../lib/python.js'
import { run } from '../lib/run.js'

const SERIAL = 'serial_e2e'
const TESTS = 'tests/e2e'

/** The files of tests in a checkout. */
export const pythonFiles = (checkout) =>
  readdirSync(join(checkout, TESTS))
    .filter((name) => /^test_.*\.py$/.test(name))
    .map((name) => `${TESTS}/${name}`)

/**
 * Installs what files of a checkout's suite need and gives a function that runs them and returns their
 * tests as {suite, file, name, outcome, reason}. `release` is a version of the SDK on PyPI to test
 * instead of the checkout's own.
 */
export function preparePython({ checkout, release, files }) {
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(checkout, 'pyproject.toml'), 'utf8'))?.[1]
  const suite = `langfuse-python ${release ? `${release}, with the tests of ${version}` : version}`
  const python = environment(checkout, release)
  return (env) => {
    const folder = copyOfTests(checkout)
    const report = join(folder, 'report.jsonl')
    const variables = { ...env, PYTHONPATH: import.meta.dirname, PYTHONDONTWRITEBYTECODE: '1', TEST_REPORT: report }
    const plugins = release ? ['-p', 'pytest_report', '-p', 'pytest_reading'] : ['-p', 'pytest_report']
    const pytest = (...more) => run(python, [...PYTEST, ...plugins, ...more, ...files], { cwd: folder, env: variables })
    pytest('-m', `not ${SERIAL}`, '-n', '2', '--dist', 'worksteal')
    pytest('-m', SERIAL)
    const lines = existsSync(report) ? readFileSync(report, 'utf8').trimEnd().split('\n') : []
    rmSync(folder, { recursive: true, force: true })
    return lines.map((line) => withoutMissing({ suite, ...JSON.parse(line) }))
  }
}

const PYTEST = [
  ...['-m', 'pytest', '-p', 'no:cacheprovider', '-o', 'log_cli=false', '-W', 'ignore', '-q'],
  ...['--timeout=180', '--timeout-method=thread', '--tb=short'],
]

/** A test of what the release has no longer says nothing of the server. */
function withoutMissing(test) {
  const missing = /AttributeError: 'Langfuse\w*' object has no attribute '(\w+)'/.exec(test.reason)?.[1]
  if (test.outcome !== 'failed' || missing === undefined) return test
  return { ...test, outcome: 'skipped', reason: `this release of the SDK has no \`${missing}\`` }
}

/** The tests without the SDK's source beside them, so that they import the installed one, and its API client. */
function copyOfTests(checkout) {
  const folder = mkdtempSync(join(tmpdir(), 'xtrace-suite-python-'))
  for (const name of ['tests', 'static', 'pyproject.toml']) {
    cpSync(join(checkout, name), join(folder, name), { recursive: true })
  }
  cpSync(join(checkout, 'langfuse', 'api'), join(folder, 'reading_api'), { recursive: true })
  return folder
}

/** The interpreter of an environment with the SDK and what its tests import. */
function environment(checkout, release) {
  const project = join(checkout, 'pyproject.toml')
  const sdk = release ? `langfuse==${release}` : checkout
  const name = `sdk-suite-${release ?? 'checkout'}`
  const wanted = createHash('sha256').update(readFileSync(project)).update(sdk).digest('hex')
  // Groups of a pyproject.toml are known to pip from 25.1 on.
  const installs = [
    ['--upgrade', 'pip>=25.1'],
    [sdk, '--group', `${project}:dev`],
  ]
  return ensureEnvironment(name, wanted, installs)
}
