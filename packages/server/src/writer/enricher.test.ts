import { describe, expect, test } from 'vitest'
import type { ObservationChange } from '#domain/change.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { observationId, projectId } from '#domain/ids.ts'
import type { Model } from '#domain/model.ts'
import { createEnricher } from './enricher.ts'

const OF_ANY_NAME: Model = {
  id: 'of-any-name',
  projectId: undefined,
  modelName: 'any',
  matchPattern: '.*',
  startDate: undefined,
  unit: undefined,
  tokenizerId: undefined,
  tokenizerConfig: undefined,
  tiers: [],
  createdAt: 0,
  updatedAt: 0,
}

/** The ids of the models of observations that name these, in one flush, and the names that were looked up. */
async function enriched(...names: readonly (string | undefined)[]) {
  const asked: string[] = []
  const enrich = createEnricher({
    models: {
      find: async (_, name) => {
        asked.push(name)
        return OF_ANY_NAME
      },
      byId: async () => undefined,
    },
    prompts: { find: async () => undefined },
    tokens: { count: () => undefined },
    retry: (_, work) => work(),
  })
  const modelIds: (string | undefined)[] = []
  for (const name of names) modelIds.push((await enrich(folded(name))).entity.modelId)
  return { asked, modelIds }
}

function folded(model: string | undefined) {
  const change: ObservationChange = {
    kind: 'observation',
    id: observationId('o'),
    projectId: projectId('p'),
    at: 0,
    receivedAt: 0,
    origin: { apiKey: 'pk', sdkName: '', sdkVersion: '', via: 'ingestion' },
    ...(model !== undefined && { model }),
  }
  return foldObservation(undefined, [change])
}

describe('the models of one flush', () => {
  test('are looked up once each', async () => {
    expect(await enriched('a', 'b', 'a')).toEqual({ asked: ['a', 'b'], modelIds: Array(3).fill(OF_ANY_NAME.id) })
  })

  test.each(['undefined', ''])('one named "%s" is none of an observation that names none', async (name) => {
    expect((await enriched(name, undefined)).modelIds.at(-1)).toBeUndefined()
  })
})
