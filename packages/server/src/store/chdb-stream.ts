import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from 'chdb'
import { asBytes } from '#lib/as-bytes.ts'
import { pause } from '#lib/pause.ts'
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
    signal.throwIfAborted()
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

interface FileOptions extends ChdbStreamOptions {
  readonly statement: Sql
  readonly signal: AbortSignal
}

async function* throughFile(session: Session, options: FileOptions): AsyncGenerator<Uint8Array> {
  const { path, statement, signal, connect } = options
  const name = `export-${randomUUID()}`
  const folder = join(path, 'shadow', name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = join(folder, 'rows.parquet')
    const insert = printLiteral(sql`INSERT INTO FUNCTION file(${str(file)}, 'Parquet') ${statement}`)
    await endedBy(signal, session.queryAsync(insert.query), () => kill(connect, name))
    for await (const chunk of createReadStream(file, { signal, highWaterMark: CHUNK_BYTES })) yield asBytes(chunk)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const CHUNK_BYTES = 1024 * 1024

/** The longest that a timer can wait. */
const NEVER_MS = 2 ** 31 - 1
const AGAIN_MS = 100

/**
 * Waits for the work, which takes no signal itself. Once the signal has aborted, `end` is called until the work is
 * over: the first call may find it not yet begun.
 */
async function endedBy(signal: AbortSignal, work: Promise<unknown>, end: () => Promise<void>): Promise<void> {
  const over = new AbortController()
  const ending = async () => {
    await pause(NEVER_MS, [signal, over.signal])
    while (!over.signal.aborted) {
      // Should it fail, the next call may not, and the engine's own limits hold.
      await end().catch(() => {})
      await pause(AGAIN_MS, [over.signal])
    }
  }
  const ended = ending()
  try {
    await work
  } finally {
    over.abort()
    await ended
  }
}

/** Ends the query whose text holds the name. The library has no call for that, the engine has a statement. */
async function kill(connect: () => Session, name: string): Promise<void> {
  const session = connect()
  try {
    await session.queryAsync(printLiteral(sql`KILL QUERY WHERE position(query, ${str(name)}) > 0 ASYNC`).query)
  } finally {
    session.close()
  }
}
