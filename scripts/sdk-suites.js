// npm run test:sdk-suites [-- part-of-a-file-name…] [-- --write]: the end-to-end tests of Langfuse's own SDKs
// against our built server; see docs/sdk-suites.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureBuilt, ensureInstalled } from './lib/fresh.js'
import { ROOT } from './lib/run.js'
import { javascriptFiles, prepareJavascript } from './sdk-suites/javascript.js'
import { startModel } from './sdk-suites/model/process.js'
import { preparePython, pythonFiles } from './sdk-suites/python.js'
import { startServer } from './sdk-suites/server.js'
import { suiteEnv } from './sdk-suites/settings.js'
import { failures, table } from './sdk-suites/table.js'

const DOCUMENT = join(ROOT, 'docs', 'sdk-suites.md')
const LOG = join(ROOT, '.cache', 'sdk-suites-server.log')
const MARK = '<!-- table -->'

const args = process.argv.slice(2)
const parts = args.filter((arg) => !arg.startsWith('--'))
const chosen = (files) => files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
const listed = (variable, separator) => (process.env[variable] ?? '').split(separator).filter((entry) => entry !== '')

/** What the environment asks for: a function for each suite, which gets it ready to be run. */
function asked() {
  const releases = [undefined, ...listed('XTRACE_LANGFUSE_PYTHON_RELEASES', ',')]
  const python = listed('XTRACE_LANGFUSE_PYTHON', delimiter).flatMap((checkout) => {
    const files = chosen(pythonFiles(checkout))
    return files.length === 0 ? [] : releases.map((release) => () => preparePython({ checkout, release, files }))
  })
  const javascript = listed('XTRACE_LANGFUSE_JS', delimiter).flatMap((checkout) => {
    const files = chosen(javascriptFiles(checkout))
    return files.length === 0 ? [] : [() => prepareJavascript({ checkout, files })]
  })
  return [...python, ...javascript]
}

/** Runs suites one after the other against one server. */
async function runAll(suites) {
  const model = await startModel()
  const server = await startServer(LOG)
  try {
    const env = suiteEnv(model.url)
    return suites.flatMap((run) => run(env))
  } finally {
    model.stop()
    await server.stop()
  }
}

const suites = asked()
if (suites.length === 0) {
  console.error(
    'Nothing to run: set XTRACE_LANGFUSE_PYTHON and XTRACE_LANGFUSE_JS to checkouts; see docs/sdk-suites.md.',
  )
  process.exit(2)
}
ensureInstalled()
await ensureBuilt()
// All is installed before the server is there, since a failing installation ends this process.
const tests = await runAll(suites.map((prepare) => prepare()))

const text = table(tests)
console.log(`\n${text}\n\n${failures(tests)}`)
if (args.includes('--write')) {
  const [before, , after] = readFileSync(DOCUMENT, 'utf8').split(MARK)
  writeFileSync(DOCUMENT, [before, `\n\n${text}\n\n`, after].join(MARK))
}
const passed = tests.filter(({ outcome }) => outcome === 'passed').length
const failed = tests.filter(({ outcome }) => outcome === 'failed').length
console.log(`\n${passed} passed, ${failed} failed, ${tests.length - passed - failed} skipped`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
