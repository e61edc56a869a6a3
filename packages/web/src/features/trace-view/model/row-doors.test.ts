import { expect, test } from 'vitest'
import { type Door, doorTitle, doorTo, type Fact } from './row-doors.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 1, 1)

const fact = (field: string, value: string, days = 0): Fact => ({ field, value, atMs: NOW_MS - days * DAY_MS })

test.each<[name: string, fact: Fact, door: Door]>([
  ['a word', fact('model', 'gpt-4'), { q: 'model:=gpt-4', t: undefined }],
  ['a sentence', fact('status', 'rate limit, again'), { q: 'status:="rate limit, again"', t: undefined }],
  ['a message that is whole', fact('status', 'x'.repeat(199)), { q: `status:=${'x'.repeat(199)}`, t: undefined }],
  ['the beginning of one', fact('status', 'x y '.repeat(50)), { q: `status:"${'x y '.repeat(50)}"*`, t: undefined }],
  [
    'a beginning of wide characters',
    fact('status', '😀'.repeat(200)),
    { q: `status:${'😀'.repeat(200)}*`, t: undefined },
  ],
  ['a model of such a length', fact('model', 'x'.repeat(200)), { q: `model:=${'x'.repeat(200)}`, t: undefined }],
  ['a value of a list', fact('tags', 'beta'), { q: 'tags:beta', t: undefined }],
  ['what lies some days back', fact('env', 'prod', 2), { q: 'env:=prod', t: '3d' }],
  ['what lies further back than any range', fact('env', 'prod', 400), { q: 'env:=prod', t: '90d' }],
])('%s', (_, of, door) => {
  expect(doorTo(of, NOW_MS)).toEqual(door)
})

test.each([
  ['model', 'gpt-4', 'Observations with gpt-4'],
  ['prompt', 'plan', 'Observations with any version of the prompt plan'],
] as const)('a %s says what it leads to', (field, value, title) => {
  expect(doorTitle(field, value)).toBe(title)
})
