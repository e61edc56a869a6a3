// npm run test:crash [-- --rounds 200] [-- --seed 1] [-- --seconds 60]: the crash, fault and overload tests at full
// length. `npm test` runs the same ones, shorter.
import { parseArgs } from 'node:util'
import { ensureBuilt, ensureInstalled } from './lib/fresh.js'
import { bin, run } from './lib/run.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '60' },
  },
})

ensureInstalled()
await ensureBuilt()
process.exitCode = run(bin('vitest'), ['run', 'packages/server/test/crash', 'packages/server/test/overload'], {
  env: {
    ...process.env,
    XTRACE_CRASH_ROUNDS: values.rounds,
    XTRACE_CRASH_SEED: values.seed,
    XTRACE_OVERLOAD_SECONDS: values.seconds,
  },
})
