/**
 * Appends that wait for the disk: those that arrive while a group is written and synced make up the next group. Writes
 * and syncs follow one another, never two at once.
 */
import { AppError } from '#domain/errors.ts'
import type { Appender, Draft } from '#eventlog/appender.ts'
import type { LogBatch } from '#eventlog/event-log.ts'
import type { Logger } from '#telemetry/logger.ts'

export interface GroupWriterOptions {
  readonly appender: Pick<Appender, 'append' | 'sync'>
  /** One write carries at most about this much; a larger append goes alone. */
  readonly maxGroupBytes: number
  readonly logger: Logger
  /** Told of every group on the disk, before its appends resolve. */
  readonly onWritten: (batches: readonly LogBatch[]) => void
  /** Told of every append that is refused. */
  readonly onRefused: (error: AppError) => void
}

interface Pending extends Draft {
  readonly resolve: () => void
  readonly reject: (error: AppError) => void
}

/** A disk that refuses one write refuses the next ones too: it is told once a second. */
const COMPLAINT_INTERVAL_MS = 1000

export class GroupWriter {
  readonly #options: GroupWriterOptions
  #pending: Pending[] = []
  #pendingBytes = 0
  #isWriting = false
  #isSyncDue = false
  #writing: Promise<void> = Promise.resolve()
  #complainedAt = 0

  constructor(options: GroupWriterOptions) {
    this.#options = options
  }

  /** Of the appends that have not resolved yet. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /** @throws AppError `log_full` when the disk is full, `unavailable` when it fails otherwise */
  write(draft: Draft): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#pending.push({ ...draft, resolve, reject })
      this.#pendingBytes += draft.frame.byteLength
      this.#startWriting()
    })
  }

  demandSync(): void {
    this.#isSyncDue = true
    this.#startWriting()
  }

  /** Resolves once nothing waits; never rejects. */
  settled(): Promise<void> {
    return this.#writing
  }

  #startWriting(): void {
    if (this.#isWriting) return
    this.#isWriting = true
    this.#writing = this.#writePending()
  }

  async #writePending(): Promise<void> {
    while (this.#pending.length > 0 || this.#isSyncDue) {
      if (this.#isSyncDue) await this.#sync()
      else await this.#writeGroup(this.#takeGroup())
    }
    this.#isWriting = false
  }

  #takeGroup(): Pending[] {
    let bytes = 0
    const cut = this.#pending.findIndex((pending) => {
      bytes += pending.frame.byteLength
      return bytes > this.#options.maxGroupBytes
    })
    return this.#pending.splice(0, cut < 0 ? this.#pending.length : Math.max(1, cut))
  }

  async #writeGroup(group: readonly Pending[]): Promise<void> {
    try {
      this.#options.onWritten(await this.#options.appender.append(group))
      for (const pending of group) pending.resolve()
    } catch (cause) {
      this.#refuse(group, cause)
    } finally {
      for (const pending of group) this.#pendingBytes -= pending.frame.byteLength
    }
  }

  #refuse(group: readonly Pending[], cause: unknown): void {
    const error = refusalOf(cause)
    if (Date.now() - this.#complainedAt >= COMPLAINT_INTERVAL_MS) {
      this.#complainedAt = Date.now()
      this.#options.logger.error({ err: cause, appends: group.length }, 'the event log can not be written')
    }
    for (const pending of group) {
      this.#options.onRefused(error)
      pending.reject(error)
    }
  }

  async #sync(): Promise<void> {
    this.#isSyncDue = false
    try {
      await this.#options.appender.sync()
    } catch (err) {
      this.#options.logger.error({ err }, 'the event log can not be synced')
    }
  }
}

/** A full disk is the operator's to see to, so that the client is told; what else a disk says stays in the log. */
function refusalOf(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(cause)
  return new AppError('unavailable', 'The event log can not be written', { cause, retryAfter: 1 })
}

export function diskFull(cause?: unknown): AppError {
  const sentence =
    'The disk of the event log is full and nothing of this request was kept: try again once there is room'
  return new AppError('log_full', sentence, { cause, retryAfter: 5 })
}
