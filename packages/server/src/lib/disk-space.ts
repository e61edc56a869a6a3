/**
 * Watches how much room a disk has, so that whoever writes can stop while there is still some: a store
 * that meets the very end of a disk in the middle of a write may be left with half of it.
 */
import { statfs } from 'node:fs/promises'

export interface DiskSpace {
  /** True from when less than the reserve is free until a little more than it is. */
  isShort(): boolean
  freeBytes(): number
  /** Calls back at every change of `isShort`. */
  onChange(listener: (isShort: boolean) => void): void
  close(): void
}

export interface DiskSpaceOptions {
  /** Any path on the disk. */
  readonly path: string
  readonly reserveBytes: number
  readonly everyMs?: number
  /** Bytes that are free at a path; the system's own answer when absent. */
  readonly measure?: (path: string) => Promise<number>
}

const EVERY_MS = 250
/** It takes so much more than the reserve to go on, lest writers start and stop at its edge. */
const RESUME = 1.05

/** Resolves once the room is known. A disk that can't be asked counts as one with room. */
export async function watchDiskSpace(options: DiskSpaceOptions): Promise<DiskSpace> {
  const { path, reserveBytes, everyMs = EVERY_MS, measure = freeBytesAt } = options
  const listeners = new Set<(isShort: boolean) => void>()
  let free = Number.POSITIVE_INFINITY
  let isShort = false
  const look = async () => {
    free = await measure(path).catch(() => Number.POSITIVE_INFINITY)
    const isNow = free < reserveBytes * (isShort ? RESUME : 1)
    if (isNow === isShort) return
    isShort = isNow
    for (const listener of listeners) listener(isShort)
  }
  await look()
  const timer = setInterval(() => void look(), everyMs).unref()
  return {
    isShort: () => isShort,
    freeBytes: () => free,
    onChange: (listener) => listeners.add(listener),
    close: () => clearInterval(timer),
  }
}

async function freeBytesAt(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}
