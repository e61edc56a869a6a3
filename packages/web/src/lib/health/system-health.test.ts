import type { UiSystemDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { healthFigures, vitalSigns } from './system-health.ts'

const WELL: UiSystemDto = {
  log: { backlogBytes: 0, maxBytes: 1000 },
  disk: { freeBytes: 900, totalBytes: 1000 },
  deadLetters: { bytes: 0, newest: [] },
  tables: [{ name: 'traces', rows: 1, parts: 3, bytes: 10 }],
  slowQueries: [],
  process: { startedAt: 0, residentBytes: 1, version: '1' },
}
const query = { text: 'SELECT 1', lane: 'heavy', at: 0, seconds: 1, isFailed: false }

const troubles = (part: Partial<UiSystemDto>) =>
  healthFigures({ ...WELL, ...part }).flatMap(({ name, trouble }) => (trouble ? [[name, trouble.tone]] : []))

describe('figures of the server', () => {
  test.each<[string, Partial<UiSystemDto>, string[][]]>([
    ['all is well', {}, []],
    ['nothing stored yet', { tables: [] }, []],
    ['a log that fills', { log: { backlogBytes: 501, maxBytes: 1000 } }, [['Event log', 'warning']]],
    ['a full disk', { disk: { freeBytes: 99, totalBytes: 1000 } }, [['Disk', 'error']]],
    ['letters', { deadLetters: { bytes: 1, newest: [] } }, [['Dead letters', 'warning']]],
    ['many parts', { tables: [{ name: 'scores', rows: 1, parts: 301, bytes: 1 }] }, [['Parts', 'warning']]],
    ['a query within bounds', { slowQueries: [query] }, []],
    ['a slow query', { slowQueries: [query, { ...query, seconds: 6 }] }, [['Slow queries', 'warning']]],
    ['a failed query', { slowQueries: [{ ...query, isFailed: true }] }, [['Slow queries', 'warning']]],
  ])('%s', (_, part, expected) => expect(troubles(part)).toEqual(expected))

  test('each says in one sentence what it tells', () => {
    for (const { meaning } of healthFigures(WELL)) expect(meaning).toMatch(/^[A-Z][^.]*\.$/)
  })
})

test.each<[string, Partial<UiSystemDto>, ReturnType<typeof vitalSigns>]>([
  [
    'all is well, whatever else is not',
    { slowQueries: [{ ...query, isFailed: true }] },
    { tone: 'ok', text: 'Event log: 0 B waiting, of 1 kB. Disk: 900 B free of 1 kB (90 %)' },
  ],
  [
    'a log that fills',
    { log: { backlogBytes: 501, maxBytes: 1000 } },
    { tone: 'warning', text: 'Event log: 501 B waiting, of 1 kB, falling behind. Disk: 900 B free of 1 kB (90 %)' },
  ],
  [
    'both',
    { log: { backlogBytes: 501, maxBytes: 1000 }, disk: { freeBytes: 10, totalBytes: 1000 } },
    {
      tone: 'error',
      text: 'Event log: 501 B waiting, of 1 kB, falling behind. Disk: 10 B free of 1 kB (1 %), nearly full',
    },
  ],
])('at a glance: %s', (_, part, signs) => expect(vitalSigns({ ...WELL, ...part })).toEqual(signs))
