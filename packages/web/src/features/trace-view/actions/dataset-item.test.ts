import { expect, test } from 'vitest'
import { type ItemDraft, itemText } from './dataset-item.ts'

const draft = (fields: Partial<ItemDraft>): ItemDraft => ({
  datasetName: 'qa "1"',
  input: '',
  expectedOutput: '',
  metadata: '',
  ...fields,
})

test.each<[string, Partial<ItemDraft>, string]>([
  ['nothing but the name', {}, ''],
  ['numbers as they stand', { input: '{"id": 9007199254740993}' }, '"input":{"id": 9007199254740993},'],
  ['text as text', { expectedOutput: 'Paris, "of course"' }, '"expectedOutput":"Paris, \\"of course\\"",'],
  ['text that only begins like JSON', { input: '{not json' }, '"input":"{not json",'],
  ['blanks as nothing', { metadata: ' \n' }, ''],
])('%s', (_, fields, expected) => {
  expect(itemText(draft(fields), { traceId: 't', observationId: undefined })).toBe(
    `{"datasetName":"qa \\"1\\"",${expected}"sourceTraceId":"t"}`,
  )
})

test('the observation that it comes from', () => {
  expect(JSON.parse(itemText(draft({}), { traceId: 't', observationId: 'o' }))).toMatchObject({
    sourceObservationId: 'o',
  })
})
