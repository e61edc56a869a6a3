import { expect, test } from 'vitest'
import type { DiskSpace } from '#lib/disk-space.ts'
import { carefulEngine } from '#store/careful-engine.ts'
import type { Engine } from '#store/engine.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createFakeEngine } from '../fakes/engine.ts'

test('while the disk is short of room nothing is inserted or merged, and all is again when it is not', async () => {
  const done: string[] = []
  const engine: Engine = {
    ...createFakeEngine(),
    insert: async (table) => void done.push(table),
    command: async (statement) => void done.push(statement),
  }
  let isShort = false
  let changed: (isShort: boolean) => void = () => {}
  const space: DiskSpace = {
    isShort: () => isShort,
    freeBytes: () => 1,
    onChange: (listener) => {
      changed = listener
    },
    close: () => {},
  }
  const careful = carefulEngine(engine, space, silentLogger)
  await careful.insert('traces', [], 'a')
  isShort = true
  changed(true)
  await expect(careful.insert('scores', [], 'b')).rejects.toMatchObject({ code: 'unavailable', retryable: true })
  isShort = false
  changed(false)
  await careful.insert('observations', [], 'c')
  expect(done).toEqual(['traces', 'SYSTEM STOP MERGES', 'SYSTEM START MERGES', 'observations'])
})
