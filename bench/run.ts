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
import { saveRun, type Table, toMarkdown } from './lib/report.ts'
import { peersBench } from './peers.ts'
import { queryBench } from './query.ts'

const BENCHES: readonly Bench[] = [
  engineLimitBench,
  ingestBench,
  freshnessBench,
  callerBench,
  footprintBench,
  queryBench,
  peersBench,
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
  if (names.includes('all')) return BENCHES
  return names.map((name) => {
    const bench = BENCHES.find((known) => known.name === name)
    if (!bench)
      throw new Error(`There is no bench "${name}"; there are ${BENCHES.map((known) => known.name).join(', ')}`)
    return bench
  })
}

async function run(plan: Options, benches: readonly Bench[]): Promise<void> {
  if (plan.isBuilt) build()
  const machine = describeMachine(loadNow())
  const tables: Table[] = []
  for (const bench of benches) {
    const begun = performance.now()
    progress(`${bench.name}: ${bench.measures}`)
    const made = await bench.run(plan)
    console.log(made.map(toMarkdown).join('\n'))
    tables.push(...made)
    progress(`${bench.name} took ${Math.round((performance.now() - begun) / 1000)} s`)
  }
  console.log(machine)
  const heading = `## ${new Date().toISOString().slice(0, 10)}: ${benches.map(({ name }) => name).join(', ')}`
  if (plan.isSaved) await saveRun(`${heading}\n\n${machine}`, tables)
}

function build(): void {
  progress('building')
  const { status } = spawnSync(process.execPath, ['scripts/build.js'], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The program does not build')
}
