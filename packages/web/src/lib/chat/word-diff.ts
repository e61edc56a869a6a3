import { diffWordsWithSpace } from 'diff'

export interface TextPiece {
  readonly text: string
  readonly change: 'same' | 'added' | 'removed'
}

/** Beyond this many edits a text counts as replaced. */
const MOST_EDITS = 4000

/** The words of two texts: joined, the pieces that are not removed are the later text, those not added the former. */
export function diffWords(before: string, after: string): readonly TextPiece[] {
  const pieces = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS })
  if (!pieces) return replaced(before, after)
  return pieces.map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

/** The one text in the place of the other. */
export const replaced = (before: string, after: string): readonly TextPiece[] => [
  { text: before, change: 'removed' },
  { text: after, change: 'added' },
]
