import { expect, test } from 'vitest'
import { observationQuery, versionOfEnd, versionOfRow } from './observation.ts'

const MINUTE_MS = 60_000

test.each<[row: string, version: number, isTrace: boolean]>([
  ['that has ended is the one of its trace', versionOfRow({ latency: 1.5 }), true],
  ['that took no time, too', versionOfRow({ latency: 0 }), true],
  ['that runs is another, and soon stale', versionOfRow({ latency: null }), false],
  ['that the list does not hold may run', versionOfRow(undefined), false],
  ['whose trace knows no end of it may run', versionOfEnd(Number.NaN), false],
])('an observation %s', (_, version, isTrace) => {
  const { queryKey, staleTime } = observationQuery('p', 'o', version)
  const ofTrace = JSON.stringify(queryKey) === JSON.stringify(observationQuery('p', 'o', 0).queryKey)
  expect([ofTrace, Number(staleTime) > MINUTE_MS]).toEqual([isTrace, isTrace])
})
