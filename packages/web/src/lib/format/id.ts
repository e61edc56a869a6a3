const WHOLE = 12

/** `3f9a1c…d21e`; an id of 12 characters or less stays whole. */
export const formatId = (id: string): string => (id.length <= WHOLE ? id : `${id.slice(0, 6)}…${id.slice(-4)}`)

const DASHED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const PLAIN = /^[0-9a-f]{32}$/i

/** What an id may be searched as: a UUID or trace id with and without its dashes, as given first; others as they are. */
export function idSpellings(id: string): readonly string[] {
  const text = id.trim()
  if (DASHED.test(text)) return [text, text.replaceAll('-', '')]
  if (PLAIN.test(text)) return [text, text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')]
  return [text]
}
