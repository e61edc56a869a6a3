/** The edge of the process: the only file that touches its arguments, environment, streams and signals. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { z } from 'zod'
import { runCli } from '#cli/cli.ts'
import { tuneAllocator } from '#store/chdb-memory.ts'

/** `src` and the built `dist` lie side by side, so that what is beside them is found from either. */
const PACKAGE = join(import.meta.dirname, '..')

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')))

process.on('unhandledRejection', (reason) => {
  console.error(`xtrace: a promise was rejected and nobody looked: ${inspect(reason)}`)
})

tuneAllocator(process.env)
const code = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  platform: process.platform,
  home: homedir(),
  version,
  webDir: join(PACKAGE, '..', 'web', 'dist'),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  onSignal: (listener) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, listener)
  },
  stopWithinMs: 9000,
  exit: (status) => process.exit(status),
  createApp: async (options) => (await import('./app.ts')).createApp(options),
})
// Not process.exitCode: a native thread of the store must not keep the process alive once all is closed.
process.exit(code)
