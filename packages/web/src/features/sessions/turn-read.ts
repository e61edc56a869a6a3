/** Which turn of a session is read. Pure. */

/** How much of a turn is in view; what is hidden by a rounding counts as seen. */
export type Sight = 'none' | 'part' | 'whole'

export interface SeenTurn {
  readonly id: string
  readonly sight: Sight
}

/**
 * The first turn in view. Of the last ones not each can be scrolled up to that place: while the end is in view, it is
 * the chosen one or else the very last; where all of them are in view, the chosen one or else the very first. The
 * chosen one as well where none is in view.
 */
export function turnRead(turns: readonly SeenTurn[], chosen: string | undefined): string | undefined {
  const inView = turns.filter(({ sight }) => sight !== 'none')
  const [first] = inView
  if (!first) return chosen
  const [start, end] = [turns[0], turns.at(-1)]
  if (end?.sight !== 'whole') return first.id
  if (inView.some(({ id }) => id === chosen)) return chosen
  return start?.sight === 'whole' ? start.id : end.id
}
