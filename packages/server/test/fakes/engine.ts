/** An engine that keeps inserts in memory and fails on demand. It answers every query with what `answers` gives. */
import { AppError } from '#domain/errors.ts'
import type { Engine, Row, Table } from '#store/engine.ts'
import { textFromMs, textFromNanos } from '#store/instants.ts'
import type { Sql } from '#store/sql.ts'

interface Insert {
  readonly table: Table
  readonly rows: readonly Row[]
  readonly token: string
}

export interface FakeEngine extends Engine {
  /** What was stored, in order. */
  readonly inserts: Insert[]
  /** Attempts to insert, refused ones too. */
  attempts: number
  readonly queries: Sql[]
  isDown: boolean
  /** True for a row that makes its insert a `bad_request`. */
  refuses: (row: Row) => boolean
  answers: (statement: Sql) => Row[]
  rowsOf(table: Table): Row[]
}

export function createFakeEngine(): FakeEngine {
  const checkUp = (engine: FakeEngine) => {
    if (engine.isDown) throw new AppError('unavailable', 'The fake engine is down')
  }
  const engine: FakeEngine = {
    inserts: [],
    attempts: 0,
    queries: [],
    isDown: false,
    refuses: () => false,
    answers: () => [],
    rowsOf: (table) => engine.inserts.filter((insert) => insert.table === table).flatMap((insert) => insert.rows),
    async query(statement) {
      checkUp(engine)
      engine.queries.push(statement)
      return engine.answers(statement)
    },
    async insert(table, rows, token) {
      engine.attempts += 1
      checkUp(engine)
      const cells = rows.map(asAnswered)
      if (cells.some((row) => engine.refuses(row))) throw new AppError('bad_request', 'The fake engine refuses a row')
      engine.inserts.push({ table, rows: cells, token })
    },
    pack: (_table, row) => row,
    async *stream(statement) {
      checkUp(engine)
      engine.queries.push(statement)
      for (const row of engine.answers(statement)) yield new TextEncoder().encode(`${JSON.stringify(row)}\n`)
    },
    async command() {},
    async ping() {
      checkUp(engine)
    },
    async close() {},
  }
  return engine
}

const MILLISECONDS = new Set(['created_at', 'updated_at'])

/** A row as a query gives it: instants as text. */
function asAnswered(row: object): Row {
  const cells = Object.entries(row).map(([column, cell]): [string, unknown] => {
    if (typeof cell === 'bigint') return [column, textFromNanos(cell)]
    return [column, MILLISECONDS.has(column) && typeof cell === 'number' ? textFromMs(cell) : cell]
  })
  return Object.fromEntries(cells)
}
