import { randomUUID } from 'node:crypto'

const SANE = /^[\w.:+/=@-]{1,128}$/

/** The caller's `X-Request-Id` when it is short plain text that can't forge a log line, else a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && SANE.test(header) ? header : randomUUID()
}
