import { crc32 } from 'node:zlib'
import type { Disk } from '#eventlog/disk.ts'
import type { Position } from '#eventlog/event-log.ts'

/** Where the durable cursor is kept: one line, the position and the checksum of its digits. */
export interface CursorFile {
  /** Undefined when there is none, or none that can be trusted: then everything kept is read again. */
  read(): Promise<Position | undefined>
  write(position: Position): Promise<void>
}

export function cursorFile(disk: Disk, path: string): CursorFile {
  return {
    async read() {
      const [digits = '', sum] = ((await disk.readText(path)) ?? '').trim().split(' ')
      return /^\d+$/.test(digits) && sum === checksum(digits) ? Number(digits) : undefined
    },
    write: (position) => disk.replaceText(path, `${position} ${checksum(String(position))}\n`),
  }
}

function checksum(digits: string): string {
  return crc32(digits).toString(16).padStart(8, '0')
}
