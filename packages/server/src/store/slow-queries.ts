import type { Engine } from './engine.ts'
import type { Sql } from './sql.ts'

export interface SlowQuery {
  /** The statement with `?` for its values, which may be what somebody recorded. */
  readonly text: string
  readonly lane: string
  readonly seconds: number
  /** When it began, in milliseconds since the epoch. */
  readonly at: number
  /** One that its asker gave up has not failed. */
  readonly isFailed: boolean
}

export interface WatchedEngine {
  readonly engine: Engine
  /** The slowest since the start, the slowest first. */
  slowest(): readonly SlowQuery[]
}

interface WatchOptions {
  /** How many are kept. */
  readonly count?: number
  /** Quicker ones are not worth a line. */
  readonly fromSeconds?: number
  readonly now?: () => number
}

/** The same engine, which remembers its slowest queries. */
export function watchQueries(
  engine: Engine,
  { count = 20, fromSeconds = 0.2, now = Date.now }: WatchOptions = {},
): WatchedEngine {
  let slowest: readonly SlowQuery[] = []
  const note = (query: SlowQuery) => {
    if (query.seconds < fromSeconds) return
    slowest = [...slowest, query].sort((a, b) => b.seconds - a.seconds).slice(0, count)
  }
  const query: Engine['query'] = async (statement, options) => {
    const at = now()
    let isFailed = true
    try {
      const rows = await engine.query(statement, options)
      isFailed = false
      return rows
    } finally {
      if (options?.signal?.aborted) isFailed = false
      note({ text: textOf(statement), lane: options?.lane ?? 'read', seconds: (now() - at) / 1000, at, isFailed })
    }
  }
  const watched: Engine = {
    query,
    insert: (table, rows, token) => engine.insert(table, rows, token),
    pack: (table, row) => engine.pack(table, row),
    stream: (statement, format, signal) => engine.stream(statement, format, signal),
    command: (statement) => engine.command(statement),
    ping: () => engine.ping(),
    close: () => engine.close(),
  }
  return { engine: watched, slowest: () => slowest }
}

function textOf({ parts }: Sql): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : '?'))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
