/** Finding a text in what a message shows, without regard to case. */

/** A piece of text as it stands on the page: pieces of one block read on, those of two do not. */
export interface TextPiece {
  readonly text: string
  readonly block: unknown
}

/** A place within a piece, in UTF-16 units. */
export interface TextPlace {
  readonly piece: number
  readonly offset: number
}

export interface TextMatch {
  readonly from: TextPlace
  readonly to: TextPlace
}

export interface TextMatches {
  readonly matches: readonly TextMatch[]
  /** There are more, which are not counted. */
  readonly isCut: boolean
}

const MOST_MATCHES = 5000

/** Lower case of the same length: a character whose lower case is longer stays as it is. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (char) => {
    const low = char.toLowerCase()
    return low.length === char.length ? low : char
  }).join('')
}

/** Where `wanted` stands in the pieces, one after the other; at most MOST_MATCHES. */
export function findInPieces(pieces: readonly TextPiece[], wanted: string, most = MOST_MATCHES): TextMatches {
  const needle = foldCase(wanted)
  if (needle === '') return { matches: [], isCut: false }
  const matches: TextMatch[] = []
  for (const run of runsOf(pieces)) {
    const text = foldCase(run.map(({ text: one }) => one).join(''))
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      if (matches.length === most) return { matches, isCut: true }
      // A match ends in the piece of its last character, not at the beginning of the next.
      const last = placeAt(run, at + needle.length - 1)
      matches.push({ from: placeAt(run, at), to: { ...last, offset: last.offset + 1 } })
    }
  }
  return { matches, isCut: false }
}

interface RunPiece {
  readonly piece: number
  readonly text: string
  /** Units of the run before it. */
  readonly from: number
}

/** Neighbours of one block. */
function runsOf(pieces: readonly TextPiece[]): RunPiece[][] {
  const runs: RunPiece[][] = []
  let block: unknown
  pieces.forEach((one, piece) => {
    const run = piece > 0 && one.block === block ? runs.at(-1) : undefined
    const before = run?.at(-1)
    const placed = { piece, text: one.text, from: before ? before.from + before.text.length : 0 }
    if (run) run.push(placed)
    else runs.push([placed])
    block = one.block
  })
  return runs
}

function placeAt(run: readonly RunPiece[], at: number): TextPlace {
  let [low, high] = [0, run.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((run[middle]?.from ?? 0) <= at) low = middle
    else high = middle - 1
  }
  const found = run[low]
  return { piece: found?.piece ?? 0, offset: at - (found?.from ?? 0) }
}
