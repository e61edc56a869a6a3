/**
 * The event log: what was accepted but is not yet in the store. Ingest appends, the writer reads
 * and commits. The seam behind which segment files (one machine) or a partitioned log (many) stand;
 * it knows bytes and keys, never what they mean.
 */

/**
 * A place in one partition: bytes since the log began, plus a base that makes a log begun later
 * start beyond any earlier one. Grows with every append; never reused. Below 2^53.
 */
export type Position = number

export interface Entry {
  /** Entries of one key keep their order; those of different keys need not. */
  readonly key: string
  readonly payload: Uint8Array
}

/** The entries of one append, in their order. */
export interface LogBatch {
  readonly partition: number
  readonly position: Position
  /** Where the next batch begins: the position to commit once this one is stored. */
  readonly next: Position
  readonly payloads: readonly Uint8Array[]
}

export interface EventLog {
  readonly partitions: number

  /**
   * Keeps all entries or none. MUST NOT resolve before they would survive what the sync policy
   * promises to survive (`always`: loss of power). Concurrent calls share one sync. Resolves to
   * the head after the append, one position a partition that it touched.
   * @throws AppError `log_full` when the bound in bytes is reached or the disk is full, with `retryAfter`;
   *   `unavailable` when the disk refuses otherwise (nothing of the append may be read back in either case).
   */
  append(entries: readonly Entry[]): Promise<void>

  /**
   * Throws what an append of so many bytes would be refused with by now, so that a body need not be decoded first.
   * Promises nothing of a later append.
   */
  checkRoom(bytes: number): void

  /** The position after the last durable append. */
  head(partition: number): Position

  /** The position up to which batches were committed; reading after a restart starts here. */
  committed(partition: number): Position

  /**
   * The batches from `from` up to the head as it stands at the call, oldest first. MAY be called
   * repeatedly for the same place: nothing is consumed. A batch that fails its checksum is skipped,
   * counted and logged; the ones behind it are still read.
   */
  read(partition: number, from: Position): AsyncIterable<LogBatch>

  /** Resolves once the head lies beyond `position`, at once if it does already, or when `signal` aborts. */
  waitBeyond(partition: number, position: Position, signal: AbortSignal): Promise<void>

  /** Declares everything before `to` stored. Durable before it resolves; frees segments that lie wholly before it. */
  commit(partition: number, to: Position): Promise<void>

  /** Bytes appended and not yet committed. */
  backlogBytes(): number

  /** Waits for appends under way, then lets go of the files. Later calls fail with `unavailable`. */
  close(): Promise<void>
}
