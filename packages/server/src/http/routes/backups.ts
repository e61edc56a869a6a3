import { BackupBody, BackupLine } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { type BackupProgress, type BackupSource, takeBackup } from '#jobs/backup.ts'
import { begun } from '#lib/begun.ts'
import type { Logger } from '#telemetry/logger.ts'

export interface BackupDeps {
  /** Undefined where not everything is in the data folder. */
  readonly backupSource: BackupSource | undefined
  readonly logger: Logger
}

const LINES = 'application/x-ndjson'

/** Backups are taken by whoever runs the server: they leave the process, and hold what all projects recorded. */
export function backupRoutes({ backupSource, logger }: BackupDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/admin/backups',
      access: 'token',
      errors: 'native',
      doc: {
        operationId: 'backup',
        tag: 'System',
        summary: 'Copy all that is kept into a folder of the server',
        description: 'The answer tells, line by line, what was copied so far. A client that leaves ends the backup.',
        body: BackupBody,
        responses: { 200: BackupLine },
        responseType: LINES,
        failures: ['not_implemented'],
      },
      handle: async (request) => {
        const body = BackupBody.parse(await jsonBody(request))
        if (!backupSource)
          throw new AppError(
            'not_implemented',
            'Back up ClickHouse and Postgres with their own tools; see docs/operations.md',
          )
        const { target, withCredentials = false } = body
        // What is wrong with the target shows before the answer begins.
        const progress = await begun(takeBackup(backupSource, { target, withCredentials }))
        return {
          headers: { 'content-type': LINES },
          body: ReadableStream.from(await begun(linesOf(progress, logger))),
        }
      },
    }),
  ]
}

/** How many files are told of by one line. */
const FILES_A_LINE = 100

async function* linesOf(progress: AsyncIterable<BackupProgress>, logger: Logger): AsyncGenerator<Uint8Array> {
  let last: BackupProgress = { files: 0, bytes: 0 }
  try {
    for await (last of progress) if (last.files % FILES_A_LINE === 1) yield line({ status: 'copying', ...last })
    yield line({ status: 'done', ...last })
  } catch (error) {
    logger.error({ err: error }, 'A backup failed')
    const message = error instanceof AppError ? error.message : 'The backup failed; see the log of the server'
    yield line({ status: 'failed', ...last, message })
  }
}

const line = (content: BackupLine): Uint8Array => new TextEncoder().encode(`${JSON.stringify(content)}\n`)
