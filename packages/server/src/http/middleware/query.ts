/**
 * Query parameters as schemas take them: a key given once is text, a repeated key is a list, and an
 * empty value is as good as absent, but for the keys in `emptiable` (public-api contract §1.5, §1.6).
 */
export function parseQuery(url: string, emptiable: readonly string[] = []): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  const start = url.indexOf('?')
  if (start === -1) return {}
  for (const [key, value] of new URLSearchParams(url.slice(start + 1))) {
    if (value === '' && !emptiable.includes(key)) continue
    const earlier = values.get(key)
    values.set(key, earlier === undefined ? value : [earlier, value].flat())
  }
  return Object.fromEntries(values)
}
