import type { ProjectId } from '#domain/ids.ts'
import type { Engine, Row } from '#store/engine.ts'
import { nanosFromText } from '#store/instants.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { sql, str, strs } from '#store/sql.ts'
import { RECORDED_TABLES, type RecordedTable } from './recorded-tables.ts'
import type { DayFigures } from './retention-plan.ts'

/** How the bytes of a table's columns lie on disk. */
interface Density {
  /** Bytes on disk of one byte of payload. */
  readonly payload: number
  /** Bytes on disk of a row without its payload. */
  readonly row: number
}

/** Until parts are large enough for columns to have files of their own, which is what the engine can tell of. */
const UNKNOWN: Density = { payload: 0.5, row: 300 }

/**
 * What each day of the projects takes on disk, about: projects share files, so a day's rows and characters are
 * multiplied by what the table's take on average. Rows of replaced versions count, as they take room too.
 */
export async function findDayFigures(
  engine: Pick<Engine, 'query'>,
  projects: readonly ProjectId[],
): Promise<ReadonlyMap<string, readonly DayFigures[]>> {
  const days = new Map<string, Map<bigint, DayFigures>>()
  if (projects.length === 0) return new Map()
  for (const table of RECORDED_TABLES) {
    const density = await findDensity(engine, table)
    for (const row of await daysOf(engine, table, projects)) addTo(days, row, density)
  }
  return new Map([...days].map(([project, byDay]) => [project, [...byDay.values()]]))
}

function daysOf(engine: Pick<Engine, 'query'>, table: RecordedTable, projects: readonly ProjectId[]): Promise<Row[]> {
  const characters = table.payload.length > 0 ? sql`length(input) + length(output)` : sql`0`
  return engine.query(
    sql`SELECT project_id, toString(toDate32(${table.time}) AS day) AS date, count() AS rows, sum(${characters}) AS characters FROM ${table.sql} WHERE project_id IN (${strs(projects)}) GROUP BY project_id, day`,
    { lane: 'heavy' },
  )
}

function addTo(days: Map<string, Map<bigint, DayFigures>>, row: Row, density: Density): void {
  const project = textOf(row, 'project_id')
  const day = nanosFromText(`${textOf(row, 'date')} 00:00:00.`)
  const byDay = days.get(project) ?? new Map<bigint, DayFigures>()
  const { payloadBytes, narrowBytes } = byDay.get(day) ?? { payloadBytes: 0, narrowBytes: 0 }
  byDay.set(day, {
    day,
    payloadBytes: payloadBytes + numberOf(row, 'characters') * density.payload,
    narrowBytes: narrowBytes + numberOf(row, 'rows') * density.row,
  })
  days.set(project, byDay)
}

async function findDensity(engine: Pick<Engine, 'query'>, { name }: RecordedTable): Promise<Density> {
  const [row = {}] = await engine.query(
    sql`SELECT sumIf(column_data_compressed_bytes, column IN ('input', 'output')) AS packed, sumIf(column_data_uncompressed_bytes, column IN ('input', 'output')) AS characters, sumIf(column_bytes_on_disk, column NOT IN ('input', 'output')) AS others, sumIf(rows, column = 'project_id') AS rows FROM system.parts_columns WHERE database = currentDatabase() AND table = ${str(name)} AND active AND part_type = 'Wide'`,
  )
  const [rows, characters] = [numberOf(row, 'rows'), numberOf(row, 'characters')]
  return {
    payload: characters > 0 ? numberOf(row, 'packed') / characters : UNKNOWN.payload,
    row: rows > 0 ? numberOf(row, 'others') / rows : UNKNOWN.row,
  }
}
