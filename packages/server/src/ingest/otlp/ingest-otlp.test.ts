import { expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { changesOf } from './ingest.fixture.ts'
import { exportOf } from './otlp-request.fixture.ts'

const MIB = 1024 * 1024

test('what describes the sender is kept with every span, but not without end', () => {
  const resource = { 'process.command_args': 'x'.repeat(MIB) }
  const spans = (length: number) => Array.from({ length }, () => ({}))
  expect(changesOf(exportOf({ resource, spans: spans(60) })).observations).toHaveLength(60)
  expect(() => changesOf(exportOf({ resource, spans: spans(70) }))).toThrow(AppError)
  expect(() => changesOf(exportOf({ scopeAttributes: resource, spans: spans(70) }))).toThrow(/smaller resource/)
})

test('a large resource is printed once, not for each of its scopes', () => {
  const [one] = exportOf({ resource: { key: 'x'.repeat(10 * MIB) }, spans: [] }).resources
  const [scope] = one?.scopes ?? []
  const scopes = Array.from(
    { length: 10_000 },
    () => scope ?? { scope: { name: '', version: '', attributes: new Map() }, spans: [] },
  )
  expect(changesOf({ resources: [{ attributes: one?.attributes ?? new Map(), scopes }] }).observations).toEqual([])
})
