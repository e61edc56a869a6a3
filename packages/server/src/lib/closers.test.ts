import { expect, test } from 'vitest'
import { createClosers } from './closers.ts'

function open(...failing: string[]) {
  const closers = createClosers()
  const closed: string[] = []
  for (const name of ['first', 'second', 'third'])
    closers.add(async () => {
      closed.push(name)
      if (failing.includes(name)) throw new Error(`${name} is stuck`)
    })
  return { closers, closed }
}

test('what was opened last is closed first, and once', async () => {
  const { closers, closed } = open()
  await closers.closeAll()
  await closers.closeAll()
  expect(closed).toEqual(['third', 'second', 'first'])
})

test('one that fails keeps nothing else open, and is told of', async () => {
  const { closers, closed } = open('third', 'first')
  await expect(closers.closeAll()).rejects.toThrow('third is stuck')
  expect(closed).toEqual(['third', 'second', 'first'])
})
