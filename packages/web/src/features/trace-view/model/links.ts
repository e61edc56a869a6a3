/** The short link to a trace or to one of its nodes, which needs no project. */
export function nodeLink(traceId: string, nodeId?: string): string {
  const parts = nodeId === undefined ? [traceId] : [traceId, nodeId]
  return new URL(`/t/${parts.map(encodeURIComponent).join('/')}`, location.origin).href
}
