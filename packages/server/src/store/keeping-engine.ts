import type { Engine } from './engine.ts'
import { createKeptDays, type KeptBounds } from './kept-days.ts'
import { numberOf } from './rows/cells.ts'
import { sql } from './sql.ts'
import { createWrittenDays } from './written-days.ts'

/** Adds to parts what helps to find rows, and changes none. */
const INDEXES =
  /^ALTER TABLE \w+ MATERIALIZE INDEX \w+( IN PARTITION ID '\w+')?(, MATERIALIZE INDEX \w+( IN PARTITION ID '\w+')?)* SETTINGS mutations_sync = [012]$/

/**
 * The engine of a store that nothing writes to but this object: it keeps figures of days in memory and knows when
 * they no longer hold. What a command does is not known, and it may go on after the call (a mutation): until the
 * store says that none is left, nothing is kept.
 */
export function keepingEngine(engine: Engine, bounds: KeptBounds = {}): Engine {
  const written = createWrittenDays()
  // What an earlier process began may be under way.
  const commands = { begun: 1, running: 0, settled: 0 }

  const isSettled = async (): Promise<boolean> => {
    const { begun } = commands
    if (commands.running > 0) return false
    if (commands.settled === begun) return true
    const [row = {}] = await engine.query(
      sql`SELECT count() AS mutations FROM system.mutations WHERE database = currentDatabase() AND NOT is_done`,
    )
    if (numberOf(row, 'mutations') > 0 || commands.begun !== begun) return false
    if (commands.settled !== begun) written.noteAll()
    commands.settled = begun
    return true
  }

  return {
    ...engine,
    keptDays: createKeptDays({ written, isSettled, ...bounds }),
    async insert(table, rows, token) {
      try {
        await engine.insert(table, rows, token)
      } finally {
        written.note(table, rows)
      }
    },
    async command(statement) {
      if (INDEXES.test(statement)) return engine.command(statement)
      commands.begun++
      commands.running++
      written.noteAll()
      try {
        await engine.command(statement)
      } finally {
        commands.running--
        written.noteAll()
      }
    },
  }
}
