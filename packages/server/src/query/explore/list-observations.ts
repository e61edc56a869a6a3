import type { Observation } from '#domain/observation.ts'
import { HIDDEN, loadRows, OBSERVATION_TIME } from '#query/load-rows.ts'
import { latency, timeToFirstToken, totalTokens } from '#query/measures.ts'
import type { Reader } from '#query/reader.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { type Sql, sql, u32 } from '#store/sql.ts'
import { PREVIEW_CHARS } from './list-traces.ts'
import { type ListedScores, scoresOfObservations } from './listed-scores.ts'
import { findPageKeys, type ListPage, type ListQuestion } from './listing.ts'
import { findMoreCells, type MoreCells } from './more-cells.ts'

export const OBSERVATION_LIST_ORDERS = [
  'startTime',
  'name',
  'latency',
  'timeToFirstToken',
  'totalTokens',
  'totalCost',
] as const
export interface ObservationListRow {
  /** With the first characters of input and output, and no metadata. */
  readonly observation: Observation
  /** Of the columns that were asked for. */
  readonly more: MoreCells
}

export type ObservationListOrder = (typeof OBSERVATION_LIST_ORDERS)[number]

/**
 * One page of the observations that fulfil the filters. @throws AppError `bad_request` as `filterSql`
 */
export async function listObservations(
  reader: Reader,
  question: ListQuestion<ObservationListOrder>,
): Promise<ListPage<ObservationListRow>> {
  const { by, isAscending } = question.order
  const { rows: keys, scannedTo } = await findPageKeys(
    reader,
    {
      view: 'observations',
      order: by === 'startTime' && !isAscending ? undefined : ORDER[by],
    },
    question,
  )
  const rows = await loadRows(reader, { table: sql`observations`, time: OBSERVATION_TIME, columns: PREVIEW }, keys)
  const observations = rows.map((row) => fromObservationRow(row).entity)
  const { columns = [] } = question
  const scored = columns.some(({ of }) => of === 'score') ? observations : []
  const scores = await scoresOf(reader, scored)
  const more = await findMoreCells(reader, { view: 'observations', keys, scores }, columns)
  return { rows: observations.map((observation) => ({ observation, more: more(observation.id) })), scannedTo }
}

const scoresOf = (reader: Reader, observations: readonly Observation[]): Promise<ListedScores> =>
  scoresOfObservations(reader, {
    ids: observations.map(({ id }) => id),
    traceIds: [...new Set(observations.map(({ traceId }) => traceId))],
  })

const chars = u32(PREVIEW_CHARS)
const PREVIEW: Sql = sql`* EXCEPT (${HIDDEN}, metadata, experiment_metadata, experiment_item_metadata, tool_definitions) REPLACE (substringUTF8(input, 1, ${chars}) AS input, substringUTF8(output, 1, ${chars}) AS output)`

const ORDER: Readonly<Record<ObservationListOrder, Sql>> = {
  startTime: sql`start_time`,
  name: sql`name`,
  latency,
  timeToFirstToken,
  totalTokens,
  totalCost: sql`total_cost`,
}
