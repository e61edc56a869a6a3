import { AppError } from '#domain/errors.ts'

const MAX_SCOPES = 5

/**
 * Collects what makes an export unusable as a whole (langfuse-ingestion contract §5.1): spans
 * without ids and lists that are none. Usually a sign that something other than traces was sent
 * here, so nothing of the export is stored.
 */
export class ExportFaults {
  private spans = 0
  private lists = 0
  private readonly reasons = new Map<string, number>()
  private readonly scopes = new Set<string>()

  /** A span whose ids can't be used; `reasons` are keys such as `traceId:absent`. */
  span(reasons: readonly string[], scope: string): void {
    this.spans++
    for (const reason of reasons) this.count(reason)
    this.remember(scope)
  }

  /** A field that must be a list and is present as something else. */
  list(field: string, scope = ''): void {
    this.lists++
    this.count(`${field}:not_an_array`)
    this.remember(scope)
  }

  /** @throws AppError `bad_request` when there was any fault */
  check(): void {
    if (this.spans + this.lists === 0) return
    const reasons = Array.from(this.reasons, ([reason, count]) => `${reason} (${count})`).join(', ')
    const scopes = this.scopes.size === 0 ? '' : ` Scopes: ${[...this.scopes].join(', ')}.`
    throw new AppError(
      'bad_request',
      `The export was refused and nothing of it stored: ${this.spans} spans without usable ids, ` +
        `${this.lists} malformed lists: ${reasons}.${scopes} ` +
        'Send only OTLP traces to this URL; exports of logs and metrics have other fields.',
    )
  }

  private count(reason: string): void {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1)
  }

  private remember(scope: string): void {
    if (scope !== '' && this.scopes.size < MAX_SCOPES) this.scopes.add(scope)
  }
}
