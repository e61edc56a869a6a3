import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from 'chdb'
import { asBytes } from '#lib/as-bytes.ts'
import type { ExportFormat } from './engine.ts'
import { printLiteral } from './print.ts'
import { type Sql, sql, str } from './sql.ts'

export interface ChdbStreamOptions {
  /** Folder of the store. */
  readonly path: string
  /** A new connection, with its settings; closed here. */
  readonly connect: () => Session
}

/**
 * A result as bytes. Rows of text come as the engine finds them; a Parquet file, whose end tells where things are, is
 * written beside the store first.
 */
export function createChdbStream(
  options: ChdbStreamOptions,
): (statement: Sql, format: ExportFormat, signal: AbortSignal) => AsyncIterable<Uint8Array> {
  return async function* (statement, format, signal) {
    const session = options.connect()
    try {
      if (format === 'Parquet') yield* throughFile(session, { ...options, statement, signal })
      else
        for await (const chunk of session.queryStream(printLiteral(statement).query, { format, signal }))
          yield chunk.raw()
    } finally {
      session.close()
    }
  }
}

interface FileOptions {
  readonly path: string
  readonly statement: Sql
  readonly signal: AbortSignal
}

async function* throughFile(session: Session, { path, statement, signal }: FileOptions): AsyncGenerator<Uint8Array> {
  const folder = join(path, 'shadow', `export-${randomUUID()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = join(folder, 'rows.parquet')
    await session.queryAsync(printLiteral(sql`INSERT INTO FUNCTION file(${str(file)}, 'Parquet') ${statement}`).query)
    for await (const chunk of createReadStream(file, { signal, highWaterMark: CHUNK_BYTES })) yield asBytes(chunk)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const CHUNK_BYTES = 1024 * 1024
