/** Marks over texts of the page that change nothing in it; a browser without them shows none. */

/** As in the style sheet. */
const NAMES = { all: 'found', current: 'found-now' } as const
type MarkKind = keyof typeof NAMES

function highlightOf(kind: MarkKind): Highlight | undefined {
  if (typeof Highlight === 'undefined') return undefined
  const known = CSS.highlights.get(NAMES[kind])
  if (known) return known
  const made = new Highlight()
  made.priority = kind === 'current' ? 1 : 0
  CSS.highlights.set(NAMES[kind], made)
  return made
}

/** Marks the ranges; gives the function that takes the marks away. */
export function mark(kind: MarkKind, ranges: readonly AbstractRange[]): () => void {
  const highlight = highlightOf(kind)
  for (const range of ranges) highlight?.add(range)
  return () => {
    for (const range of ranges) highlight?.delete(range)
  }
}
