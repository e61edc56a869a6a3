/** Columns that a list has only when they are asked for: one key of the metadata, one score, one type of usage. */
import { metadataTextSql } from '#query/filter-metadata.ts'
import { loadRows } from '#query/load-rows.ts'
import { ask, atKeys, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { textOf, textsOf } from '#store/rows/cells.ts'
import { join, type Sql, sql, str, u32 } from '#store/sql.ts'
import { EXPLORED_VIEWS, type ExploredView } from './explored-view.ts'
import type { ListedScore, ListedScores } from './listed-scores.ts'

export interface MoreColumn {
  /** `metadata.tier`: the kind and the key. */
  readonly id: string
  readonly of: 'metadata' | 'score' | 'usage'
  readonly key: string
}

/** Texts by the ids of the columns; a row leaves out what it has not. */
export type MoreCells = Readonly<Record<string, string>>

interface ListedRows {
  readonly view: ExploredView
  /** Their ids and times. */
  readonly keys: readonly Row[]
  readonly scores: ListedScores
}

const MAX_CHARS = 200

/** The cells of the rows of one page, by the id of the row. */
export async function findMoreCells(
  reader: Reader,
  rows: ListedRows,
  columns: readonly MoreColumn[],
): Promise<(rowId: string) => MoreCells> {
  const ofRow = columns.filter(({ of }) => of === 'metadata' || (of === 'usage' && rows.view === 'observations'))
  const summed = columns.filter(({ of }) => of === 'usage' && rows.view === 'traces')
  const [own, sums] = await Promise.all([ownCells(reader, rows, ofRow), summedUsage(reader, rows, summed)])
  return (rowId) => {
    const scores = rows.scores.get(rowId) ?? []
    const found: [string, string | undefined][] = [
      ...ofRow.map(({ id }, index): [string, string | undefined] => [id, own.get(rowId)?.[index]]),
      ...summed.map(({ id }, index): [string, string | undefined] => [id, sums.get(rowId)?.[index]]),
      ...columns.map(({ id, of, key }): [string, string | undefined] => [
        id,
        of === 'score' ? textOfScore(scores.find(({ name }) => name === key)) : undefined,
      ]),
    ]
    return Object.fromEntries(found.flatMap(([id, text]) => (text ? [[id, text]] : [])))
  }
}

type Texts = ReadonlyMap<string, readonly string[]>

async function ownCells(reader: Reader, { view, keys }: ListedRows, columns: readonly MoreColumn[]): Promise<Texts> {
  if (columns.length === 0) return new Map()
  const cells = columns.map(({ of, key }) => (of === 'usage' ? knownSql(usageSql(key)) : metadataSql(key)))
  const { table, time } = EXPLORED_VIEWS[view]
  const rows = await loadRows(reader, { table, time, columns: sql`id, [${join(cells, ', ')}] AS cells` }, keys)
  return new Map(rows.map((row) => [textOf(row, 'id'), textsOf(row, 'cells')]))
}

async function summedUsage(reader: Reader, { keys }: ListedRows, columns: readonly MoreColumn[]): Promise<Texts> {
  if (columns.length === 0 || keys.length === 0) return new Map()
  const ids = keys.map((key) => textOf(key, 'id'))
  const sums = columns.map(({ key }) => knownSql(sql`sum(${usageSql(key)})`))
  const rows = await ask(
    reader,
    sql`SELECT trace_id, [${join(sums, ', ')}] AS cells FROM observations FINAL ${atKeys(reader, sql`trace_id`, ids)} GROUP BY trace_id`,
  )
  return new Map(rows.map((row) => [textOf(row, 'trace_id'), textsOf(row, 'cells')]))
}

const metadataSql = (key: string): Sql =>
  sql`substringUTF8(${metadataTextSql(sql`metadata`, key)}, 1, ${u32(MAX_CHARS)})`
const usageSql = (key: string): Sql => sql`usage[${str(key)}]`
/** A type that was not counted is a 0 of the map. */
const knownSql = (count: Sql): Sql => sql`if(${count} = 0, '', toString(${count}))`

function textOfScore(score: ListedScore | undefined): string | undefined {
  if (!score) return undefined
  return score.text === '' ? String(score.value) : score.text
}
