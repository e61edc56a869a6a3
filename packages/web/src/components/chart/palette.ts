/**
 * The colours of series: seven, and an eighth for "other". A name keeps its colour in every chart, as it follows from
 * the name alone; where two names of one chart meet on one colour, the later of them takes the next that is free.
 */
export const SERIES_COLOURS = ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6', 'chart-7'] as const
export const OTHER_COLOUR = 'chart-8'

/** A token of styles/tokens.css without its dashes. */
export type Colour = (typeof SERIES_COLOURS)[number] | typeof OTHER_COLOUR | 'error' | 'text' | 'text-3' | 'accent'

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/** A colour for each name; of more than seven the rest share `other`. */
export function coloursOf(names: readonly string[]): ReadonlyMap<string, Colour> {
  const taken = new Map<string, Colour>()
  for (const name of names) {
    const used = new Set(taken.values())
    const first = hash(name) % SERIES_COLOURS.length
    const rotated = [...SERIES_COLOURS.slice(first), ...SERIES_COLOURS.slice(0, first)]
    taken.set(name, rotated.find((colour) => !used.has(colour)) ?? OTHER_COLOUR)
  }
  return taken
}

/** Series beyond seven are told apart by their dashes: solid, 6-3, 2-3. */
export const dashOf = (index: number): number[] =>
  [[], [6, 3], [2, 3]][Math.floor(index / SERIES_COLOURS.length) % 3] ?? []
