import { expect, test } from 'vitest'
import { observe } from './ingest.fixture.ts'

test('row 70: all fields, dotted keys over the object, nested keys flattened, numbers as text', () => {
  const attributes = {
    'langfuse.experiment.id': 'e1',
    'langfuse.experiment.name': 'run 1',
    'langfuse.experiment.description': 'd',
    'langfuse.experiment.dataset.id': 'ds',
    'langfuse.experiment.item.id': 'i1',
    'langfuse.experiment.item.version': '2026-01-02T03:04:05Z',
    'langfuse.experiment.item.root_observation_id': 'ab',
    'langfuse.experiment.item.expected_output': '{"answer":42}',
    'langfuse.experiment.metadata': '{"a":1,"b":{"c":true,"d":[1]},"big":12345678901234567890}',
    'langfuse.experiment.metadata.a': 'dotted',
    'langfuse.experiment.item.metadata': '{"k":"v"}',
  }
  const { experiment } = observe({ attributes })
  expect(experiment).toMatchObject({
    id: 'e1',
    name: 'run 1',
    description: 'd',
    datasetId: 'ds',
    itemId: 'i1',
    itemVersion: '2026-01-02T03:04:05Z',
    itemRootObservationId: 'ab',
    itemExpectedOutput: '{"answer":42}',
    itemMetadata: '{"k":"v"}',
  })
  expect(JSON.parse(experiment?.metadata ?? '')).toEqual({
    a: 'dotted',
    'b.c': 'true',
    'b.d': '[1]',
    big: '12345678901234567890',
  })
})

test('row 70: an item version that is no date is dropped', () => {
  const attributes = { 'langfuse.experiment.id': 'e', 'langfuse.experiment.item.version': 'v1' }
  expect(observe({ attributes }).experiment).toEqual({ id: 'e' })
})

test('none without such attributes', () => {
  expect(observe({}).experiment).toBeUndefined()
})
