import type { Engine } from '#store/engine.ts'
import { type Sql, sql, str } from '#store/sql.ts'

/** Whether any project recorded anything within the last three minutes (public-api contract §2). */
export async function hasRecentEvents(engine: Pick<Engine, 'query'>): Promise<boolean> {
  const rows = await engine.query(sql`
    SELECT 1 FROM observations WHERE start_time > now() - INTERVAL 1 DAY AND ${isRecent('observations')} LIMIT 1
    UNION ALL
    SELECT 1 FROM traces WHERE timestamp > now() - INTERVAL 1 DAY AND ${isRecent('traces')} LIMIT 1`)
  return rows.length > 0
}

/**
 * What was written lately is in parts that were: the rows of all others are not looked at, however many the day has. A part
 * that a merge replaces meanwhile counts too. The minute more is for clocks that differ.
 */
const isRecent = (table: string): Sql => sql`updated_at > now64(3) - INTERVAL 3 MINUTE AND _part IN (
  SELECT name FROM system.parts
  WHERE database = currentDatabase() AND table = ${str(table)} AND modification_time > now() - INTERVAL 4 MINUTE)`
