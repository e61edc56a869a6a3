/**
 * Indexes the words of payloads in parts that lack it, since neither inserts nor merges do
 * (store/schema/0005). Until then a search reads such a part whole; the answer is the same.
 */
import type { Engine } from '#store/engine.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql, u64 } from '#store/sql.ts'
import type { Logger } from '#telemetry/logger.ts'
import { type Schedule, startSchedule } from './schedule.ts'

const MINUTE_MS = 60_000

/** Fewer rows than this are sooner read at each search than indexed at each run. */
const FEW_ROWS = 10_000

/** Runs now and then until stopped. A row is indexed once for each run between which it was merged, at most. */
export function startIndexingWords({
  engine,
  logger,
}: {
  readonly engine: Pick<Engine, 'query' | 'command'>
  readonly logger: Logger
}): Schedule {
  return startSchedule({
    name: 'index words',
    firstAfterMs: 2 * MINUTE_MS,
    everyMs: 10 * MINUTE_MS,
    logger,
    run: async () => {
      await indexWords(engine)
    },
  })
}

/**
 * Has the engine index, in its own time, every partition that lacks it for more than `fewRows` rows, unless the last
 * such work is still under way. Parts that have their indices are linked, not written again. Gives the ids of the
 * partitions.
 */
export async function indexWords(
  engine: Pick<Engine, 'query' | 'command'>,
  fewRows = FEW_ROWS,
): Promise<readonly string[]> {
  if (await isUnderWay(engine)) return []
  const partitions = await unindexed(engine, fewRows)
  for (const id of partitions) {
    await engine.command(
      `ALTER TABLE observations MATERIALIZE INDEX words_of_input IN PARTITION ID '${id}', ` +
        `MATERIALIZE INDEX words_of_output IN PARTITION ID '${id}' SETTINGS mutations_sync = 0`,
    )
  }
  return partitions
}

async function isUnderWay(engine: Pick<Engine, 'query'>): Promise<boolean> {
  const [mutation] = await engine.query(sql`
    SELECT 1 FROM system.mutations
    WHERE database = currentDatabase() AND table = 'observations' AND command LIKE '%words_of_%' AND NOT is_done LIMIT 1`)
  return mutation !== undefined
}

/**
 * The two indices take 64 KiB of each grain, which all others together never do: what takes less has none. The last
 * mark of a part stands for its end.
 */
async function unindexed(engine: Pick<Engine, 'query'>, fewRows: number): Promise<readonly string[]> {
  const rows = await engine.query(sql`
    SELECT partition_id AS id FROM system.parts
    WHERE active AND database = currentDatabase() AND table = 'observations'
      AND secondary_indices_uncompressed_bytes < 65536 * (marks - 1)
    GROUP BY partition_id HAVING sum(rows) > ${u64(fewRows)} ORDER BY id`)
  return rows.map((row) => textOf(row, 'id'))
}
