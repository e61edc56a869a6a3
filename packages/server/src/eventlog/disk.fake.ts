import { type Disk, type LogFile, nodeDisk } from '#eventlog/disk.ts'

/** What a disk may do to the next calls: `full` writes half and refuses the rest, `sync` refuses to sync, in a synced write too. */
type Failure = 'none' | 'full' | 'sync'

export interface FailingDisk extends Disk {
  fails: Failure
  /** How often a file was synced, by a call or a synced write. */
  syncs: number
}

/** The real disk, on which a test can make things go wrong. */
export function createFailingDisk(): FailingDisk {
  const disk: FailingDisk = {
    ...nodeDisk,
    fails: 'none',
    syncs: 0,
    open: async (path, mode, writes) => failingFile(await nodeDisk.open(path, mode, writes), disk, writes === 'synced'),
    replaceText: async (path, text) => {
      if (disk.fails === 'full') throw systemError('ENOSPC')
      await nodeDisk.replaceText(path, text)
    },
  }
  return disk
}

function failingFile(file: LogFile, disk: FailingDisk, isSynced: boolean): LogFile {
  const passSync = () => {
    disk.syncs += 1
    if (disk.fails === 'sync') throw systemError('EIO')
  }
  return {
    ...file,
    async write(bytes, offset) {
      if (disk.fails === 'full') {
        await file.write(bytes.subarray(0, bytes.byteLength / 2), offset)
        throw systemError('ENOSPC')
      }
      await file.write(bytes, offset)
      if (isSynced) passSync()
    },
    async sync() {
      passSync()
      await file.sync()
    },
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk refuses`), { code })
}
