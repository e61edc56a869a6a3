/**
 * npm run bench -- <bench…|all> [options]; `--help` tells them. Tables go to standard output, and with --save
 * into RESULTS.md.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { callerBench } from './caller.ts'
import { engineLimitBench } from './engine-limit.ts'
import { footprintBench } from './footprint.ts'
import { freshnessBench } from './freshness.ts'
import { ingestBench } from './ingest.ts'
import { type Bench, progress } from './lib/bench.ts'
import { describeMachine, loadNow } from './lib/machine.ts'
import { type Options, parseOptions, USAGE } from './lib/options.ts'
import { withProgramCopy } from './lib/program-copy.ts'
import { saveRun, type Table, toMarkdown } from './lib/report.ts'
import { peersBench } from './peers.ts'
import { queryBench } from './query.ts'
import { soakBench } from './soak.ts'
import { PROGRAM_VARIABLE } from './targets/xtrace.ts'
import { uiBench } from './ui.ts'

const BENCHES: readonly Bench[] = [
  engineLimitBench,
  ingestBench,
  freshnessBench,
  callerBench,
  footprintBench,
  queryBench,
  uiBench,
  peersBench,
  soakBench,
]
const ROOT = resolve(import.meta.dirname, '..')

// So that the programs under test are ended too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const options = parseOptions(process.argv.slice(2))
const chosen = options ? choose(options.benches) : []
if (options && chosen.length > 0) await run(options, chosen)
else console.log(`${USAGE}\n\n${BENCHES.map(({ name, measures }) => `${name.padEnd(14)}${measures}`).join('\n')}`)

/** @throws Error naming a bench that is not there */
function choose(names: readonly string[]): readonly Bench[] {
  if (names.includes('all')) return BENCHES.filter(({ isLong }) => !isLong)
  return names.map((name) => {
    const bench = BENCHES.find((known) => known.name === name)
    if (!bench)
      throw new Error(`There is no bench "${name}"; there are ${BENCHES.map((known) => known.name).join(', ')}`)
    return bench
  })
}

async function run(plan: Options, benches: readonly Bench[]): Promise<void> {
  if (process.env[PROGRAM_VARIABLE] !== undefined) return runAll(plan, benches)
  if (plan.isBuilt) build()
  await withProgramCopy((program) => {
    process.env[PROGRAM_VARIABLE] = program
    return runAll(plan, benches)
  })
}

async function runAll(plan: Options, benches: readonly Bench[]): Promise<void> {
  const machine = describeMachine(loadNow())
  const tables: Table[] = []
  for (const bench of benches) {
    const made = await runOne(bench, plan)
    console.log(made.map(toMarkdown).join('\n'))
    tables.push(...made)
  }
  console.log(machine)
  const heading = `## ${new Date().toISOString().slice(0, 10)}: ${benches.map(({ name }) => name).join(', ')}`
  if (plan.isSaved) await saveRun(`${heading}\n\n${machine}`, tables)
}

/** What fails takes no other bench with it; the exit code tells. */
async function runOne(bench: Bench, plan: Options): Promise<readonly Table[]> {
  const [begun, load] = [performance.now(), loadNow()]
  progress(`${bench.name}: ${bench.measures}`)
  try {
    const tables = await bench.run(plan)
    const seconds = Math.round((performance.now() - begun) / 1000)
    progress(`${bench.name} took ${seconds} s`)
    const circumstances = `Load before ${load.toFixed(2)}; took ${seconds} s.`
    return tables.map((table) => ({ ...table, notes: [...(table.notes ?? []), circumstances] }))
  } catch (error) {
    console.error(error)
    process.exitCode = 1
    return []
  }
}

function build(): void {
  progress('building')
  const { status } = spawnSync(process.execPath, ['scripts/build.js'], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The program does not build')
}
