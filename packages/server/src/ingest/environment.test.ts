import { expect, test } from 'vitest'
import { normaliseEnvironment } from '#ingest/environment.ts'

test.each([
  ['a plain name', 'staging', 'staging'],
  ['upper case', 'Production', 'production'],
  ['a reserved prefix with a hyphen', 'langfuse-test', 'test'],
  ['a reserved prefix with an underscore', 'langfuse_experiment', 'experiment'],
  ['a repeated reserved prefix', 'Langfuse-langfuse_langfuseeval', 'eval'],
  ['nothing but the reserved prefix', 'langfuse', 'default'],
  ['a reserved word in the middle', 'my-langfuse', 'my-langfuse'],
  ['forbidden characters', '.invalid!', 'default'],
  ['44 characters', 'a'.repeat(44), 'a'.repeat(40)],
  ['a forbidden character behind the cut', `${'a'.repeat(40)}!`, 'a'.repeat(40)],
  ['empty text', '', 'default'],
  ['a line break', 'prod\n', 'default'],
  ['null', null, 'default'],
  ['undefined', undefined, 'default'],
  ['a number', 7, 'default'],
])('environment: %s', (_, given, expected) => {
  expect(normaliseEnvironment(given)).toBe(expected)
})
