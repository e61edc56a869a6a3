/** `xtrace dead-letters`: what could not be stored, and sending it through the event log once more. */
import { join } from 'node:path'
import { defaultDataDir, openDataFolder } from '#config/data-folder.ts'
import { loadConfig } from '#config/load.ts'
import { AppError } from '#domain/errors.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import {
  type DeadLetter,
  type DeadLetterLine,
  deadLetterFiles,
  readDeadLetters,
  replayDeadLetters,
} from '#writer/dead-letter-files.ts'
import { logOptions } from './app-options.ts'
import type { World } from './world.ts'

/** Lists, also beside a running server, or with `replay` sends all again, which wants the data folder for itself. */
export async function deadLetters(world: World, args: readonly string[]): Promise<number> {
  const [action, ...rest] = args
  if (action === undefined) return await list(world, tableLine)
  if (action === '--json' && rest.length === 0) return await list(world, jsonLine)
  if (action === 'replay' && rest.length === 0) return await replay(world)
  throw new AppError('bad_request', `'dead-letters' takes --json or replay, not '${args.join(' ')}'; see xtrace --help`)
}

type Print = (line: DeadLetterLine) => string

async function list(world: World, print: Print): Promise<number> {
  const { dir } = placeOf(world)
  let count = 0
  let unreadable = 0
  for (const name of await deadLetterFiles(dir))
    for await (const line of readDeadLetters(join(dir, name))) {
      if (line.letter) count++
      else unreadable++
      world.out(print(line))
    }
  if (print === tableLine) world.out(`${summary(count, unreadable)} in ${dir}\n`)
  return 0
}

/** As it lies in the file; a line that a crash cut off is left out. */
const jsonLine: Print = ({ text, letter }) => (letter ? `${text}\n` : '')

const REASON_LENGTH = 200

const tableLine: Print = ({ letter }) => {
  if (!letter) return 'a line that says nothing\n'
  const { time, stage, reason } = letter
  return `${[time, stage.padEnd(6), subjectOf(letter), reason.replaceAll(/\s+/g, ' ').slice(0, REASON_LENGTH)].join('  ')}\n`
}

/** `observation abc of default` */
function subjectOf({ content }: DeadLetter): string {
  if (content instanceof Uint8Array) return `${content.length} bytes`
  const name = content.kind === 'metrics' ? content.points[0]?.name : content.id
  return `${content.kind} ${name} of ${content.projectId}`
}

const summary = (count: number, unreadable: number) =>
  `${count} dead letters${unreadable > 0 ? ` and ${unreadable} lines that say nothing` : ''}`

async function replay(world: World): Promise<number> {
  const { config, dataDir, dir } = placeOf(world)
  const lock = await openDataFolder(dataDir)
  try {
    const logger = createLogger({ level: config.logLevel })
    const log = await openSegmentLog({ ...logOptions(config), dir: join(dataDir, 'log'), logger })
    try {
      let count = 0
      let unreadable = 0
      for (const name of await deadLetterFiles(dir)) {
        const replayed = await replayDeadLetters(join(dir, name), log)
        count += replayed.letters
        unreadable += replayed.unreadable
      }
      world.out(`${summary(count, unreadable)}; the next start stores what can be stored\n`)
      return 0
    } finally {
      await log.close()
    }
  } finally {
    await lock.release()
  }
}

function placeOf(world: World) {
  const config = loadConfig(world.env)
  const dataDir = config.dataDir ?? defaultDataDir(world)
  return { config, dataDir, dir: join(dataDir, 'dead-letters') }
}
