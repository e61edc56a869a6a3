/** A disk and an engine that end the process, as `kill -9` would, at one chosen instant between append, insert and cursor. */
import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { Engine, Table } from '#store/engine.ts'

export const FAULT_POINTS = [
  'before a write',
  'in the middle of a write',
  'between write and answer',
  'before a new segment',
  'after a new segment',
  'before a segment is made ready',
  'after a segment is made ready',
  'before insert into observations',
  'after insert into observations',
  'before insert into scores',
  'before insert into metric_points',
  'after insert into metric_points',
  'before insert into traces',
  'after insert into traces',
  'before the cursor moves',
  'after the cursor has moved',
  'before a segment is removed',
  'after a segment is removed',
  'before a segment is kept as room',
  'after a segment is kept as room',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

export interface Fault {
  /** Ends the process when this point is the chosen one and was passed often enough. */
  pass(point: FaultPoint | `${'before' | 'after'} insert into ${Table}`): void
  readonly isChosen: (point: FaultPoint) => boolean
}

/** The process ends when it passes the point for the `nth` time. */
export function createFault(chosen: string, nth: number): Fault {
  let left = nth
  return {
    isChosen: (point) => point === chosen && left === 1,
    pass(point) {
      if (point === chosen && --left === 0) process.kill(process.pid, 'SIGKILL')
    },
  }
}

export function faultyDisk(disk: Disk, fault: Fault): Disk {
  return {
    ...disk,
    async open(path, mode, writes) {
      if (mode === 'create') fault.pass('before a new segment')
      const file = await disk.open(path, mode, writes)
      if (mode === 'create') fault.pass('after a new segment')
      return faultyFile(file, fault)
    },
    async remove(path) {
      fault.pass('before a segment is removed')
      await disk.remove(path)
      fault.pass('after a segment is removed')
    },
    async rename(from, to) {
      const fate = to.endsWith('.seg') ? 'made ready' : 'kept as room'
      fault.pass(`before a segment is ${fate}`)
      await disk.rename(from, to)
      fault.pass(`after a segment is ${fate}`)
    },
    async replaceText(path, text) {
      fault.pass('before the cursor moves')
      await disk.replaceText(path, text)
      fault.pass('after the cursor has moved')
    },
  }
}

function faultyFile(file: LogFile, fault: Fault): LogFile {
  return {
    ...file,
    async write(bytes, offset) {
      fault.pass('before a write')
      if (fault.isChosen('in the middle of a write')) await file.write(bytes.subarray(0, bytes.length >> 1), offset)
      fault.pass('in the middle of a write')
      await file.write(bytes, offset)
      fault.pass('between write and answer')
    },
  }
}

export function faultyEngine(engine: Engine, fault: Fault): Engine {
  return {
    ...engine,
    async insert(table, rows, token) {
      fault.pass(`before insert into ${table}`)
      await engine.insert(table, rows, token)
      fault.pass(`after insert into ${table}`)
    },
  }
}
