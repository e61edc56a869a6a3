/**
 * Where the bytes of media are kept: files in the data folder, on many machines an object store. In
 * come streams, out go streams; what the media are, who may see them and under which links is
 * decided elsewhere.
 */
import type { ProjectId } from '#domain/ids.ts'

/** Names bytes by what they are: the same bytes are kept once a project. */
export interface MediaKey {
  readonly projectId: ProjectId
  /** Base64, 44 characters. */
  readonly sha256: string
}

export interface Incoming {
  /** Read once; reading MUST stop as soon as it has given more than `length` bytes. */
  readonly bytes: AsyncIterable<Uint8Array>
  readonly length: number
  /** Says in the catalogue that the bytes are here. Rejects for `write` to do so. */
  note(): Promise<void>
}

/** Bytes from `start` to `end`, both inclusive and inside the whole. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface MediaStore {
  /**
   * Keeps the bytes, all or nothing; durable when it resolves to `stored`. Resolves to `mismatch`, and
   * keeps nothing, when they are not as long as said or have another checksum. Bytes that are there
   * already MUST stay readable meanwhile. Rejects with what `bytes` rejects with. Once the bytes are in place, `note` is
   * awaited, and no removal of the same bytes may come between.
   */
  write(key: MediaKey, incoming: Incoming): Promise<'stored' | 'mismatch'>
  has(key: MediaKey): Promise<boolean>
  /**
   * Removes the bytes, unless they are used; nothing happens when there are none. No write of the same bytes may come
   * between the answer to `isUsed` and the removal.
   */
  remove(key: MediaKey, isUsed: () => Promise<boolean>): Promise<void>
  /** Removes all bytes of a project. */
  removeProject(projectId: ProjectId): Promise<void>
  /** The bytes, opened when they are first read from and closed when read to the end or cancelled. */
  read(key: MediaKey, range: ByteRange): ReadableStream<Uint8Array>
}
