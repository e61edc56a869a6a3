import { expect, test } from 'vitest'
import { createOneAtATime, createOneAtATimeByKey } from './one-at-a-time.ts'

test('begins a piece of work when the one before has ended, failed or not', async () => {
  const oneAtATime = createOneAtATime()
  const seen: string[] = []
  const work = (name: string) => async () => {
    seen.push(`${name} begins`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
    return name
  }
  const [a, b, c] = await Promise.allSettled([oneAtATime(work('a')), oneAtATime(work('b')), oneAtATime(work('c'))])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect([a, c]).toEqual([
    { status: 'fulfilled', value: 'a' },
    { status: 'fulfilled', value: 'c' },
  ])
  expect(b).toMatchObject({ status: 'rejected', reason: { message: 'b failed' } })
})

test('by key, only the work of the same key waits', async () => {
  const oneAtATime = createOneAtATimeByKey()
  const seen: string[] = []
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const first = oneAtATime('a', async () => {
    await gate
    seen.push('a')
    throw new Error('a failed')
  })
  const second = oneAtATime('a', async () => seen.push('a again'))
  await oneAtATime('b', async () => seen.push('b'))
  open()
  await expect(first).rejects.toThrow('a failed')
  await second
  await oneAtATime('a', async () => seen.push('a anew'))
  expect(seen).toEqual(['b', 'a', 'a again', 'a anew'])
})
