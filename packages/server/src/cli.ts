import { defaultDataDir } from '#config/data-folder.ts'
import { renderConfig } from '#config/describe.ts'
import { loadConfig } from '#config/load.ts'
import { AppError } from '#domain/errors.ts'
import { serve, type World } from './serve.ts'

const HELP = `xtrace records LLM traces, scores and metrics, and answers questions about them.

  xtrace [serve]    start; settings are environment variables (docs/config.md)
  xtrace config     print the settings that hold, secrets masked
  xtrace --help     print this
  xtrace --version  print the version
`

/** Runs one command and gives the exit code; what the user did wrong is one sentence, without a stack. */
export async function runCli(world: World): Promise<number> {
  try {
    return await dispatch(world)
  } catch (thrown) {
    world.err(`xtrace: ${thrown instanceof AppError ? thrown.message : stackOf(thrown)}\n`)
    return 1
  }
}

async function dispatch(world: World): Promise<number> {
  const [command = 'serve', ...rest] = world.args
  if (rest.length > 0) throw new AppError('bad_request', `'${command}' takes nothing after it; see xtrace --help`)
  switch (command) {
    case 'serve':
      return await serve(world)
    case 'config':
      world.out(configText(world))
      return 0
    case '--help':
    case '-h':
    case 'help':
      world.out(HELP)
      return 0
    case '--version':
    case '-v':
    case 'version':
      world.out(`${world.version}\n`)
      return 0
    default:
      throw new AppError('bad_request', `There is no command '${command}'; see xtrace --help`)
  }
}

function configText(world: World): string {
  const config = loadConfig(world.env)
  return renderConfig({ ...config, dataDir: config.dataDir ?? defaultDataDir(world) })
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}
