/** `xtrace export`: records as a file, from the running server or, without one, from the folder. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openCredentials } from '#config/credentials.ts'
import type { Config } from '#config/schema.ts'
import { AppError } from '#domain/errors.ts'
import { nanosOf, parseFilters } from '#http/filter-params.ts'
import { EXPORT_SUBJECTS, type ExportSubject } from '#query/export-columns.ts'
import { EXPORT_FORMATS, type ExportFormat, exportRecords } from '#query/export-records.ts'
import { openChdb } from '#store/chdb.ts'
import { openClickHouse } from '#store/clickhouse.ts'
import type { Engine } from '#store/engine.ts'
import { migrate } from '#store/migrate.ts'
import { createLogger } from '#telemetry/pino-logger.ts'
import { engineOptions } from './app-options.ts'
import { askServer } from './ask-server.ts'
import { type DataFolder, type RunningServer, withDataFolder } from './held-folder.ts'
import type { World } from './world.ts'

interface Wanted {
  readonly subject: ExportSubject
  readonly format: ExportFormat
  readonly from: string | undefined
  readonly to: string | undefined
  readonly filter: string | undefined
  /** Standard output when absent. */
  readonly output: string | undefined
}

export async function exportCommand(world: World, args: readonly string[]): Promise<number> {
  const wanted = parseWanted(args)
  return await withDataFolder(world, {
    alone: (folder) => exportHere(folder, wanted),
    beside: (server) => exportThrough(server, wanted),
  })
}

const OPTIONS = {
  format: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  filter: { type: 'string' },
  output: { type: 'string' },
} as const

function parseWanted(args: readonly string[]): Wanted {
  const { values, positionals } = parse(args)
  const subject = EXPORT_SUBJECTS.find((word) => word === positionals[0])
  const format = EXPORT_FORMATS.find((word) => word === (values.format ?? 'jsonl'))
  if (!subject || positionals.length !== 1) throw wrong(`name one of ${EXPORT_SUBJECTS.join(', ')}`)
  if (!format) throw wrong(`--format must be one of ${EXPORT_FORMATS.join(', ')}`)
  const { from, to, filter, output } = values
  return { subject, format, from, to, filter, output }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause))
  }
}

const wrong = (fault: string) => new AppError('bad_request', `export: ${fault}; see xtrace --help`)

/** The store alone is read: what an unclean end left in the event log comes into it at the next start. */
async function exportHere({ config, dataDir }: DataFolder, wanted: Wanted): Promise<number> {
  const { projectId } = await openCredentials(config, dataDir)
  const engine = await openEngine(config, dataDir)
  try {
    await migrate(engine)
    const { subject, format, from, to, filter } = wanted
    const question = {
      subject,
      format,
      filters: parseFilters(filter),
      from: from === undefined ? undefined : nanosOf(from),
      to: to === undefined ? undefined : nanosOf(to),
    }
    return await write(exportRecords({ engine, projectId }, question), wanted)
  } finally {
    await engine.close()
  }
}

function openEngine(config: Config, dataDir: string): Promise<Engine> {
  const url = config.clickhouseUrl?.reveal()
  if (url !== undefined) return openClickHouse({ ...engineOptions(config), url })
  const logger = createLogger({ level: config.logLevel })
  return openChdb({ ...engineOptions(config), path: join(dataDir, 'store'), logger })
}

async function exportThrough(server: RunningServer, wanted: Wanted): Promise<number> {
  const { subject, format, from, to, filter } = wanted
  const query = new URLSearchParams({
    of: subject,
    format,
    ...(from !== undefined && { fromTimestamp: from }),
    ...(to !== undefined && { toTimestamp: to }),
    ...(filter !== undefined && { filter }),
  })
  const question = { method: 'GET', path: `/api/public/x/export?${query}` } as const
  return await askServer(server, question, (answer) => write(answer, wanted))
}

const STANDARD_OUTPUT = '/dev/stdout'

/** No faster than the reader takes it; a file that is there already is left as it is. */
async function write(bytes: AsyncIterable<Uint8Array>, { output }: Wanted): Promise<number> {
  const file = await openOutput(output)
  await pipeline(Readable.from(bytes), file.createWriteStream())
  return 0
}

async function openOutput(output: string | undefined) {
  try {
    return await (output === undefined ? open(STANDARD_OUTPUT, 'w') : open(output, 'wx', 0o600))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw wrong(`${output ?? STANDARD_OUTPUT} can not be written: ${reason}`)
  }
}
