/** `xtrace dead-letters`: what could not be stored, and sending it through the event log once more. */
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { defaultDataDir } from '#config/data-folder.ts'
import { loadConfig } from '#config/load.ts'
import { AppError } from '#domain/errors.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { replayAllDeadLetters } from '#http/replay-dead-letters.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import {
  type DeadLetter,
  type DeadLetterLine,
  deadLetterFiles,
  type Replayed,
  readDeadLetters,
} from '#writer/dead-letter-files.ts'
import { logOptions } from './app-options.ts'
import { askServer } from './ask-server.ts'
import { type DataFolder, type RunningServer, withDataFolder } from './held-folder.ts'
import type { World } from './world.ts'

/** Lists, or with `replay` sends all again; with a server running, through it. */
export async function deadLetters(world: World, args: readonly string[]): Promise<number> {
  const [action, ...rest] = args
  if (action === undefined) return await list(world, tableLine)
  if (action === '--json' && rest.length === 0) return await list(world, jsonLine)
  if (action === 'replay' && rest.length === 0) return await replay(world)
  throw new AppError('bad_request', `'dead-letters' takes --json or replay, not '${args.join(' ')}'; see xtrace --help`)
}

type Print = (line: DeadLetterLine) => string

async function list(world: World, print: Print): Promise<number> {
  const dir = placeOf(world)
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
  return await withDataFolder(world, {
    alone: async (folder) => {
      world.out(`${told(await replayHere(folder))}; the next start stores what can be stored\n`)
      return 0
    },
    beside: async (server) => {
      world.out(`${told(await replayThrough(server))}; the server stores what can be stored\n`)
      return 0
    },
  })
}

const told = ({ letters, unreadable }: Replayed) => summary(letters, unreadable)

async function replayHere({ config, dataDir }: DataFolder): Promise<Replayed> {
  const logger = createLogger({ level: config.logLevel })
  const log = await openSegmentLog({ ...logOptions(config), dir: join(dataDir, 'log'), logger })
  try {
    return await replayAllDeadLetters(join(dataDir, 'dead-letters'), log)
  } finally {
    await log.close()
  }
}

const Answer = z.object({ letters: z.number(), unreadable: z.number() })

function replayThrough(server: RunningServer): Promise<Replayed> {
  const question = { method: 'POST', path: '/api/admin/dead-letters/replay' } as const
  return askServer(server, question, async (answer) => Answer.parse(JSON.parse(await text(answer))))
}

function placeOf(world: World): string {
  return join(loadConfig(world.env).dataDir ?? defaultDataDir(world), 'dead-letters')
}
