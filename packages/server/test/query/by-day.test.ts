import { expect, test } from 'vitest'
import { findWhole } from '#query/by-day.ts'
import { isAmong } from '#query/reader.ts'
import { keepingEngine } from '#store/keeping-engine.ts'
import { sql } from '#store/sql.ts'
import { createFakeEngine } from '../fakes/engine.ts'
import { PROJECT } from '../support/seed.ts'

test.each([
  ['of a short statement is kept', 1, 1],
  ['of a long one is asked for each time, as the statement would be kept with it', 1000, 2],
])('what all rows give %s', async (...[, environments, times]) => {
  const engine = createFakeEngine()
  const reader = { engine: keepingEngine(engine), projectId: PROJECT }
  const names = Array.from({ length: environments }, (_, index) => `environment-${index}`)
  const statement = sql`SELECT 1 AS found FROM traces WHERE ${isAmong(sql`environment`, names)}`
  await findWhole(reader, 'traces', statement)
  await findWhole(reader, 'traces', statement)
  expect(engine.queries.filter((query) => query === statement)).toHaveLength(times)
})
