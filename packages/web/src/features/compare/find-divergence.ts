/** Where two runs part first, as far as their outputs could be read. */
import { PAYLOAD_CHARS, type PayloadWindowDto } from '@xtrace/contract'
import { countPoints } from '#lib/chat/code-points.ts'
import { formatCount } from '#lib/format/figures.ts'
import { type ComparedRow, firstDivergence } from '#lib/trace/compare.ts'

export type Divergence =
  | { readonly kind: 'looking' }
  /** Index of the row. */
  | { readonly kind: 'found'; readonly row: number }
  /** No output differs; not whole where only beginnings were read. */
  | { readonly kind: 'same'; readonly isWhole: boolean }
  /** Given up after so many outputs that are the same. */
  | { readonly kind: 'unread'; readonly pairs: number }
  | { readonly kind: 'failed'; readonly message: string }

export type Output = Pick<PayloadWindowDto, 'text' | 'totalChars'>

/** Pairs whose outputs are read before it is given up. */
const MOST_PAIRS = 400

export interface Search {
  readonly rows: readonly ComparedRow[]
  /** Indexes of the rows, in the order in which their outputs came. */
  readonly order: readonly number[]
  /** Nobody waits for it any longer. */
  isOver(): boolean
  /** The outputs of a pair of nodes. @throws when they can not be read */
  read(a: number, b: number): Promise<readonly [Output, Output]>
}

/** Outputs are read pair by pair until two differ. */
export async function findDivergence({ rows, order, isOver, read }: Search): Promise<Divergence> {
  const ordered = order.flatMap((index) => rows[index] ?? [])
  const isSame = new Map<number, boolean>()
  let isWhole = true
  for (let pairs = 0; !isOver(); pairs++) {
    const found = firstDivergence(ordered, (a) => isSame.get(a))
    if (!found) return { kind: 'same', isWhole }
    const { a, b } = ordered[found.row] ?? {}
    if (found.isKnown || a === undefined || b === undefined) return { kind: 'found', row: order[found.row] ?? 0 }
    if (pairs === MOST_PAIRS) return { kind: 'unread', pairs }
    const [one, other] = await read(a, b)
    isSame.set(a, one.text === other.text && one.totalChars === other.totalChars)
    isWhole &&= countPoints(one.text) >= one.totalChars
  }
  return { kind: 'looking' }
}

/** What is told of it; the row is told beside it. */
export function divergenceText(divergence: Divergence): string {
  switch (divergence.kind) {
    case 'looking':
      return 'Looking for where they part'
    case 'found':
      return 'They part first here:'
    case 'same':
      return divergence.isWhole
        ? 'Every output is the same.'
        : `Every output is the same, of long ones the first ${formatCount(PAYLOAD_CHARS)} characters.`
    case 'unread':
      return `The first ${formatCount(divergence.pairs)} outputs are the same; the others were not compared.`
    case 'failed':
      return `The outputs could not be compared: ${divergence.message}`
  }
}
