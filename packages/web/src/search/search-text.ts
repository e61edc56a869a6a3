/** Search params as plain text: `?q=level:error&env=a&env=b`, a repeated name is a list. No JSON in the address bar. */
export function parseSearchText(text: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = values.get(name)
    values.set(name, earlier === undefined ? value : [earlier, value].flat())
  }
  return Object.fromEntries(values)
}

/** The other way round; undefined, null and empty lists are left out. */
export function printSearchText(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) params.append(name, String(one))
  }
  // Readable where a query may hold these characters as they are (RFC 3986 §3.4).
  const text = params
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',')
    .replaceAll('%40', '@')
  return text === '' ? '' : `?${text}`
}
