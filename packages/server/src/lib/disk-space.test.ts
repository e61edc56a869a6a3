import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { watchDiskSpace } from './disk-space.ts'

test('short from below the reserve until somewhat above it', async () => {
  let free = 200
  const space = await watchDiskSpace({ path: '/', reserveBytes: 100, everyMs: 1, measure: async () => free })
  const changes: boolean[] = []
  space.onChange((isShort) => changes.push(isShort))
  expect([space.isShort(), space.freeBytes()]).toEqual([false, 200])
  free = 99
  await expect.poll(() => space.isShort()).toBe(true)
  free = 101
  await expect.poll(() => space.freeBytes()).toBe(101)
  expect(space.isShort()).toBe(true)
  free = 110
  await expect.poll(() => space.isShort()).toBe(false)
  space.close()
  expect(changes).toEqual([true, false])
})

test('a disk that can not be asked has room', async () => {
  const space = await watchDiskSpace({ path: '/', reserveBytes: 100, measure: () => Promise.reject(new Error('gone')) })
  expect(space.isShort()).toBe(false)
  space.close()
})

test('this disk says something', async () => {
  const space = await watchDiskSpace({ path: tmpdir(), reserveBytes: 0 })
  expect(space.freeBytes()).toBeGreaterThan(0)
  expect(Number.isFinite(space.freeBytes())).toBe(true)
  space.close()
})
