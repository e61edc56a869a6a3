import { projectId } from '#domain/ids.ts'
import type { ScoreConfig } from '#domain/score-config.ts'
import type { IngestContext } from '#ingest/context.ts'

export const RECEIVED_AT = Date.UTC(2026, 0, 2, 12)

/** A request of project `p` at `RECEIVED_AT`; for tests. */
export function testContext(overrides: Partial<IngestContext> = {}): IngestContext {
  return {
    projectId: projectId('p'),
    scope: 'project',
    origin: { apiKey: 'pk', sdkName: 'python', sdkVersion: '2.60.0', via: 'ingestion' },
    receivedAt: RECEIVED_AT,
    ...overrides,
  }
}

/** A NUMERIC configuration without bounds; for tests. */
export function testScoreConfig(overrides: Partial<ScoreConfig> = {}): ScoreConfig {
  return {
    id: 'c1',
    projectId: projectId('p'),
    name: 'quality',
    dataType: 'NUMERIC',
    isArchived: false,
    minValue: undefined,
    maxValue: undefined,
    categories: undefined,
    description: undefined,
    createdAt: RECEIVED_AT,
    updatedAt: RECEIVED_AT,
    ...overrides,
  }
}
