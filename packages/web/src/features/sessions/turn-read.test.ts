import { expect, test } from 'vitest'
import { type Sight, turnRead } from './turn-read.ts'

const { none, part, whole } = { none: 'none', part: 'part', whole: 'whole' } as const

test.each<[string, readonly Sight[], string | undefined, string | undefined]>([
  ['the first one at the top', [whole, part, none], undefined, '0'],
  ['the first one in view further down', [none, part, whole, part], undefined, '1'],
  ['one that fills the window', [none, part, none], undefined, '1'],
  ['not the chosen one once others are scrolled to', [none, part, whole, none], '0', '1'],
  ['not the chosen one that is below', [none, part, whole, none], '2', '1'],
  ['the last one at the end', [none, part, whole, whole], undefined, '3'],
  ['the chosen one at the end', [none, part, whole, whole], '2', '2'],
  ['the last one at the end where the chosen one is out of view', [none, part, whole, whole], '0', '3'],
  ['the last one that is longer than the window, once it is first', [none, none, part], undefined, '2'],
  ['the first one where all are in view', [whole, whole], undefined, '0'],
  ['the chosen one where all are in view', [whole, whole], '1', '1'],
  ['the only one', [whole], undefined, '0'],
  ['the chosen one where none is in view', [none, none], '1', '1'],
  ['none where there are no turns', [], undefined, undefined],
])('the turn that is read is %s', (_, ...[sights, chosen, expected]) => {
  const turns = sights.map((sight, place) => ({ id: String(place), sight }))
  expect(turnRead(turns, chosen)).toBe(expected)
})
