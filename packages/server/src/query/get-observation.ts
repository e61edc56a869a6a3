import { spellings } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { type Sql, sql, str } from '#store/sql.ts'
import { OBSERVATION_V1, WITHOUT_PAYLOADS } from './load-rows.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** One observation by id as v1 shows it, under either spelling of a UUID; undefined when the project has none. */
export const findObservation = (reader: Reader, id: string): Promise<Observation | undefined> =>
  findWith(reader, id, OBSERVATION_V1)

/** The same without input, output and metadata. */
export const findObservationFacts = (reader: Reader, id: string): Promise<Observation | undefined> =>
  findWith(reader, id, WITHOUT_PAYLOADS)

async function findWith(reader: Reader, id: string, columns: Sql): Promise<Observation | undefined> {
  const rows = await ask(
    reader,
    sql`SELECT ${columns} FROM observations FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
  )
  return rows[0] && fromObservationRow(rows[0]).entity
}
