/** What a pasted text leads to, when it is an id or the address of something: an offer to open it. */
export type Target =
  | { readonly kind: 'trace'; readonly traceId: string; readonly node: string | undefined }
  /** Of a trace or an observation: the server knows. */
  | { readonly kind: 'id'; readonly id: string }

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const SPAN = /^[0-9a-f]{16}$/i
/** Addresses of ours, of the short kind, and of Langfuse. */
const TRACE_PATH = /\/(?:traces|trace|t)\/([^/?#\s]+)(?:\/([^/?#\s]+))?/

export function targetOf(pasted: string): Target | undefined {
  const text = pasted.trim()
  if (UUID.test(text) || SPAN.test(text)) return { kind: 'id', id: text }
  if (/\s/.test(text) || !/^(?:https?:\/\/|\/)/i.test(text)) return undefined
  const [, id, inner] = TRACE_PATH.exec(text) ?? []
  const query = new URLSearchParams(/\?([^#]*)/.exec(text)?.[1] ?? '')
  const traceId = id ?? query.get('peek')
  if (!traceId) return undefined
  return {
    kind: 'trace',
    traceId: decoded(traceId),
    node: query.get('node') ?? query.get('observation') ?? (inner && decoded(inner)),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone % stands for itself.
    return text
  }
}
