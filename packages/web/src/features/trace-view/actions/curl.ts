/** A line for a shell that gets the record by the public API; the keys are the user's own to fill in. */
export function curlOf(origin: string, of: 'traces' | 'observations', id: string): string {
  const address = `${origin}/api/public/${of}/${encodeURIComponent(id).replaceAll("'", '%27')}`
  return `curl --user "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" '${address}'`
}
