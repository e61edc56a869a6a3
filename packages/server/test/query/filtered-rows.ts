/** Rows of three views for the filter language, and conditions in few words. */
import type { Filter } from '#domain/filter.ts'
import { filterSql, type View } from '#query/filter-sql.ts'
import { ask, ofProject } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { textOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

export const HEX = '0123456789abcdef0123456789abcdef'
export const DASHED = '01234567-89ab-cdef-0123-456789abcdef'

export async function seedFiltered(engine: Engine): Promise<void> {
  const seed = createSeeder(engine)
  await seed.traces(
    {
      id: 'full',
      timestamp: at('2026-01-02T12:00:00Z'),
      name: 'checkout',
      userId: 'u1',
      sessionId: 's1',
      tags: ['a', 'b'],
      version: '1',
      release: 'r1',
      environment: 'prod',
      isBookmarked: true,
      metadata:
        '{"tier":"gold","count":5,"ok":true,"a.b":"flat","deep":{"x":{"y":"z"}},"list":["p","q"],"it\'s":"quoted"}',
    },
    { id: 'bare', timestamp: at('2026-01-03T12:00:00Z'), metadata: '{"deep":{"x":1}}' },
    { id: HEX, timestamp: at('2026-01-04T12:00:00Z'), userId: "o'brien\\" },
    { id: 'full', projectId: OTHER_PROJECT, name: 'other', userId: 'u1', tags: ['a'] },
  )
  const end = at('2026-01-02T12:00:02.5Z')
  await seed.observations(
    {
      id: 'o1',
      traceId: 'full',
      name: 'root',
      type: 'GENERATION',
      model: 'gpt-4o',
      endTime: end,
      completionStartTime: at('2026-01-02T12:00:00.5Z'),
      usage: { input: 10, input_cached: 5, output: 5, total: 20 },
      cost: { input: 0.1, output: 0.2, total: 0.3 },
      totalCost: 0.3,
      level: 'ERROR',
      promptName: 'greet',
      promptVersion: 2,
      toolDefinitions: { search: '{}' },
      toolCalls: ['{}', '{}'],
      toolCallNames: ['search'],
      input: 'Hello World',
      experiment: { id: 'e1', itemRootObservationId: 'o1' },
    },
    {
      id: 'o2',
      traceId: 'full',
      parentObservationId: 'o1',
      userId: 'own',
      tags: ['x'],
      traceName: 'named',
      level: 'WARNING',
    },
    { id: 'o3', traceId: 'orphan', isAppRoot: true, parentObservationId: 'elsewhere' },
    { id: 'o1', traceId: 'full', projectId: OTHER_PROJECT, totalCost: 100, level: 'DEBUG' },
  )
  await seed.scores(
    { id: 'n1', traceId: 'full', name: 'quality', value: 0.5 },
    { id: 'n2', traceId: 'full', observationId: 'o1', name: 'quality', value: 1 },
    { id: 'c1', traceId: 'full', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'happy' },
    { id: 'b1', traceId: 'full', name: 'ok', dataType: 'BOOLEAN', value: 1, stringValue: 'True', comment: 'fine' },
    { id: 's1', sessionId: 's1', name: 'session', metadata: '{"by":"me"}' },
    { id: 'n3', traceId: 'full', name: 'quality', value: 100, projectId: OTHER_PROJECT },
    { id: 'n4', traceId: 'full', observationId: 'o2', name: 'quality', value: 100, projectId: OTHER_PROJECT },
  )
}

const TABLES = {
  traces: sql`traces FINAL`,
  observations: sql`observations FINAL`,
  observationsV2: sql`observations FINAL`,
  observationMetrics: sql`observations FINAL`,
  scores: sql`scores FINAL`,
  scoreMetrics: sql`scores FINAL`,
  experiments: sql`observations FINAL`,
  experimentItems: sql`observations FINAL`,
}

/** The rows of a view that fit all filters. */
export async function idsOf(engine: Engine, view: View, filters: readonly Filter[]): Promise<string[]> {
  const rows = await ask(
    { engine, projectId: PROJECT },
    sql`SELECT id FROM ${TABLES[view]} WHERE ${ofProject(PROJECT)} AND ${filterSql(view, filters, PROJECT)} ORDER BY id`,
  )
  return rows.map((row) => textOf(row, 'id'))
}

export const text = (
  column: string,
  operator: Extract<Filter, { type: 'string' }>['operator'],
  value: string,
): Filter => ({
  type: 'string',
  column,
  operator,
  value,
})
export const from = (iso: string): Filter => ({ type: 'datetime', column: 'timestamp', operator: '>=', value: at(iso) })
export const number = (column: string, operator: '=' | '>' | '<' | '>=' | '<=', value: number): Filter => ({
  type: 'number',
  column,
  operator,
  value,
})
export const options = (column: string, operator: 'any of' | 'none of', ...value: string[]): Filter => ({
  type: 'stringOptions',
  column,
  operator,
  value,
})
export const array = (column: string, operator: 'any of' | 'none of' | 'all of', ...value: string[]): Filter => ({
  type: 'arrayOptions',
  column,
  operator,
  value,
})
export const key = (
  name: string,
  operator: Extract<Filter, { type: 'stringObject' }>['operator'],
  value = '',
): Filter => ({
  type: 'stringObject',
  column: 'metadata',
  key: name,
  operator,
  value,
})
export const boolean = (column: string, operator: '=' | '<>', value: boolean): Filter => ({
  type: 'boolean',
  column,
  operator,
  value,
})
export const absent = (column: string, operator: 'is null' | 'is not null'): Filter => ({
  type: 'null',
  column,
  operator,
})
export const average = (column: string, key: string, [operator, value]: ['=' | '>' | '<', number]): Filter => ({
  type: 'numberObject',
  column,
  key,
  operator,
  value,
})
