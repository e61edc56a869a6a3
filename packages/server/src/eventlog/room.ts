/**
 * Room made ready ahead: the file of the next segment is written full and synced, and bears its name, before it is needed,
 * so that an append changes nothing but bytes of a file and its sync waits for no journal of the file system. Files whose
 * frames are stored become room again under another name; the frames of their earlier life name other places.
 */
import { join } from 'node:path'
import type { Disk, LogFile } from '#eventlog/disk.ts'
import type { Position } from '#eventlog/event-log.ts'
import { segmentPath } from '#eventlog/segments.ts'

export interface RoomOptions {
  readonly disk: Disk
  readonly dir: string
  readonly segmentBytes: number
  /** Otherwise nothing is made ready, and nothing kept. */
  readonly isWanted: boolean
  /** Nothing is made or kept while the disk is short of room. */
  readonly space?: { isShort(): boolean } | undefined
  /** Told why room could not be made ready; the log goes on without. */
  readonly onFailure: (cause: unknown) => void
}

/** The file of a segment, all of it written, open for synced writes. */
export interface Room {
  readonly path: string
  readonly file: LogFile
}

/** Files kept beside the segment in use and the next one. */
const MAX_SPARES = 3
const SPARE = '.spare'
const FILL = Buffer.alloc(1024 * 1024)

export class RoomAhead {
  readonly #options: RoomOptions
  readonly #spares: string[] = []
  #ready: Room | undefined
  #preparing: Promise<void> = Promise.resolve()

  constructor(options: RoomOptions) {
    this.#options = options
  }

  /** Takes over what an earlier run left: spare files, and segments that nothing was written to. */
  async adopt(idle: readonly string[]): Promise<void> {
    const { disk, dir } = this.#options
    for (const name of await disk.list(dir)) if (name.endsWith(SPARE)) await this.recycle(join(dir, name))
    for (const path of idle) await this.recycle(path)
  }

  /** Begins to make the segment ready that will start there; it MUST be taken before the next one is begun. */
  prepare(start: Position): void {
    if (this.#options.isWanted) this.#preparing = this.#prepare(start)
  }

  /** Whether there is one to take without a wait. */
  get isReady(): boolean {
    return this.#ready !== undefined
  }

  /** The segment that starts there, once it is ready; undefined when none could be made. */
  async take(start: Position): Promise<Room | undefined> {
    await this.#preparing
    if (!this.#ready && this.#spares.length > 0) await this.#prepare(start)
    return this.#release()
  }

  #release(): Room | undefined {
    const ready = this.#ready
    this.#ready = undefined
    return ready
  }

  /** Keeps the file of a segment as room, or removes it: more than enough are kept, or somebody else has a link to it. */
  async recycle(path: string): Promise<void> {
    const { disk, isWanted, space, segmentBytes } = this.#options
    const { bytes, links } = await disk.stat(path)
    const isUseful = isWanted && bytes === segmentBytes && links === 1
    if (!isUseful || this.#spares.length >= MAX_SPARES || space?.isShort()) return disk.remove(path)
    const spare = path.replace(/\.seg$/, SPARE)
    await disk.rename(path, spare)
    this.#spares.push(spare)
  }

  async close(): Promise<void> {
    await this.#preparing
    const room = this.#release()
    await room?.file.close()
    if (room) await this.recycle(room.path)
  }

  /** Never rejects. */
  async #prepare(start: Position): Promise<void> {
    try {
      const spare = this.#spares.pop() ?? (await this.#createSpare(start))
      this.#ready = await this.#name(spare, segmentPath(this.#options.dir, start))
    } catch (cause) {
      this.#options.onFailure(cause)
    }
  }

  async #name(spare: string, path: string): Promise<Room> {
    const { disk, dir } = this.#options
    await disk.rename(spare, path)
    try {
      await disk.syncFolder(dir)
      return { path, file: await disk.open(path, 'existing', 'synced') }
    } catch (error) {
      await disk.remove(path)
      throw error
    }
  }

  async #createSpare(start: Position): Promise<string> {
    const { disk, dir, segmentBytes, space } = this.#options
    if (space?.isShort()) throw new Error('The disk is short of room')
    const path = segmentPath(dir, start).replace(/\.seg$/, SPARE)
    const file = await disk.open(path, 'create')
    try {
      for (let at = 0; at < segmentBytes; at += FILL.byteLength)
        await file.write(FILL.subarray(0, Math.min(FILL.byteLength, segmentBytes - at)), at)
      await file.sync()
    } catch (error) {
      await disk.remove(path)
      throw error
    } finally {
      await file.close()
    }
    return path
  }
}
