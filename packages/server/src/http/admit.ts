import type { RouteRequest } from '#http/route.ts'

/** Throws where a body of so many bytes could not be taken now: `log_full`, with `retryAfter`. */
export type Admit = (bytes: number) => void

/**
 * Refuses a request by its announced length before its body is read: under overload the time goes to what is taken, not
 * to decoding what is refused in the end. A body that announces no length is judged when it has been decoded.
 */
export function admitBody({ header }: Pick<RouteRequest<unknown, unknown>, 'header'>, admit: Admit): void {
  admit(Number(header('content-length') ?? 0) || 0)
}
