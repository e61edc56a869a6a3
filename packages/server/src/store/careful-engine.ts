import { AppError } from '#domain/errors.ts'
import type { DiskSpace } from '#lib/disk-space.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Engine } from './engine.ts'

/**
 * An embedded engine that stops writing while its disk is short of room: inserts wait with the caller, and
 * parts are not merged. Met by the end of the disk in the middle of a part, chDB (26.7) takes that part into
 * service with empty files: it can't be read, and the next start throws it away.
 */
export function carefulEngine(engine: Engine, space: DiskSpace, logger: Logger): Engine {
  const setMerges = async (isShort: boolean) => {
    const free = { freeBytes: space.freeBytes() }
    if (isShort) logger.error(free, 'the disk is short of room: nothing is taken or stored until there is more')
    else logger.info(free, 'the disk has room again')
    await engine.command(isShort ? 'SYSTEM STOP MERGES' : 'SYSTEM START MERGES').catch((err: unknown) => {
      logger.error({ err }, 'the merges of the store can not be stopped or started')
    })
  }
  if (space.isShort()) void setMerges(true)
  space.onChange((isShort) => void setMerges(isShort))
  return {
    ...engine,
    insert: async (table, rows, token) => {
      if (space.isShort()) throw new AppError('unavailable', 'The disk of the store is short of room')
      await engine.insert(table, rows, token)
    },
  }
}
