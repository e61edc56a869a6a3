import { expect, test } from 'vitest'
import { oneUnderWay } from './one-under-way.ts'

test('who calls while it is under way gets the same outcome, who calls later another', async () => {
  let calls = 0
  const ends: (() => void)[] = []
  const ask = oneUnderWay(async () => {
    const mine = ++calls
    await new Promise<void>((resume) => ends.push(resume))
    return mine
  })
  const both = [ask(), ask()]
  ends[0]?.()
  expect(await Promise.all(both)).toEqual([1, 1])
  const later = ask()
  ends[1]?.()
  expect(await later).toBe(2)
})

test('a failure is that of all who called, and of nobody later', async () => {
  let calls = 0
  const ask = oneUnderWay(async () => {
    calls++
    if (calls === 1) throw new Error('gone')
    return calls
  })
  const both = await Promise.allSettled([ask(), ask()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask()).toBe(2)
})
