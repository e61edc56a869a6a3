import type { Engine } from '#store/engine.ts'
import { sql } from '#store/sql.ts'

/** Whether any project recorded anything within the last three minutes (public-api contract §2). */
export async function hasRecentEvents(engine: Engine): Promise<boolean> {
  const rows = await engine.query(sql`
    SELECT 1 FROM observations WHERE updated_at > now64(3) - INTERVAL 3 MINUTE AND start_time > now() - INTERVAL 1 DAY
    LIMIT 1
    UNION ALL
    SELECT 1 FROM traces WHERE updated_at > now64(3) - INTERVAL 3 MINUTE AND timestamp > now() - INTERVAL 1 DAY
    LIMIT 1`)
  return rows.length > 0
}
