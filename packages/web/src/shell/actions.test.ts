import { expect, test } from 'vitest'
import { actionsOf } from './actions.ts'

const binding = (keys: string, label: string) => ({ keys, label, run: () => {} })

test('what the page does comes before what every page does, each once, and no moves', () => {
  const scopes = [
    {
      name: 'Everywhere',
      bindings: [binding('mod+k', 'Search and act'), binding('r', 'Refresh'), binding('g t', 'Go to traces')],
    },
    { name: 'Table', bindings: [binding('j', 'Next row'), binding('ArrowDown', 'Next row'), binding('l', 'Live')] },
  ]
  expect(actionsOf(scopes).map(({ label, keys }) => [label, keys])).toEqual([
    ['Live', ['l']],
    ['Refresh', ['r']],
  ])
})
