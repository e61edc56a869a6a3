/**
 * The commands of `xtrace`. Each is a file here and a row in the table; everything of the process
 * that they touch comes in through `World`.
 */
import { defaultDataDir } from '#config/data-folder.ts'
import { renderConfig } from '#config/describe.ts'
import { loadConfig } from '#config/load.ts'
import { AppError } from '#domain/errors.ts'
import { backup } from './backup.ts'
import { deadLetters } from './dead-letters.ts'
import { demo } from './demo.ts'
import { exportCommand } from './export.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import type { World } from './world.ts'

interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** What may follow the name, as help prints it; nothing when absent. */
  readonly takes?: string
  readonly summary: string
  /** Gives the exit code. @throws AppError with a sentence for what the user did wrong */
  run(world: World, args: readonly string[]): Promise<number> | number
}

const COMMANDS: readonly Command[] = [
  {
    name: 'serve',
    summary: 'start (also without a command); settings are environment variables (docs/config.md)',
    run: serve,
  },
  {
    name: 'config',
    summary: 'print the settings that hold, secrets masked',
    run: (world) => print(world, configText(world)),
  },
  {
    name: 'dead-letters',
    takes: '[--json | replay]',
    summary: 'list records that could not be stored, or send them again, whether the server runs or not',
    run: deadLetters,
  },
  {
    name: 'backup',
    takes: '<folder> [--with-credentials]',
    summary: 'copy all that is kept into a new folder, whether the server runs or not',
    run: backup,
  },
  {
    name: 'restore',
    takes: '<folder>',
    summary: 'make an empty data folder from a backup (with the server stopped)',
    run: restore,
  },
  {
    name: 'export',
    takes:
      '<traces|observations|scores|metrics> [--format=jsonl|csv|parquet] [--from=…] [--to=…] [--filter=…] [--output=…]',
    summary: 'write the records of the default project to a file or standard output',
    run: exportCommand,
  },
  {
    name: 'demo',
    takes: '[--seed N] [--observations N] [--huge N]',
    summary: 'fill the running server with something to look at',
    run: demo,
  },
  { name: '--help', aliases: ['-h', 'help'], summary: 'print this', run: (world) => print(world, helpText()) },
  {
    name: '--version',
    aliases: ['-v', 'version'],
    summary: 'print the version',
    run: (world) => print(world, `${world.version}\n`),
  },
]

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
  const [name = 'serve', ...rest] = world.args
  const command = COMMANDS.find((each) => each.name === name || each.aliases?.includes(name))
  if (!command) throw new AppError('bad_request', `There is no command '${name}'; see xtrace --help`)
  if (rest.length > 0 && command.takes === undefined)
    throw new AppError('bad_request', `'${name}' takes nothing after it; see xtrace --help`)
  return await command.run(world, rest)
}

function print(world: World, text: string): number {
  world.out(text)
  return 0
}

function helpText(): string {
  const usages = COMMANDS.map(
    ({ name, takes = '', summary }) => [`xtrace ${name} ${takes}`.trimEnd(), summary] as const,
  )
  const width = Math.max(...usages.map(([usage]) => usage.length))
  const lines = usages.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}`)
  return `xtrace records LLM traces, scores and metrics, and answers questions about them.\n\n${lines.join('\n')}\n`
}

function configText(world: World): string {
  const config = loadConfig(world.env)
  return renderConfig({ ...config, dataDir: config.dataDir ?? defaultDataDir(world) })
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}
