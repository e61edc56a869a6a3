import { findInPieces } from '#lib/chat/text-matches.ts'

/** On what holds text that can be found. Such elements MUST NOT stand within each other. */
export const FINDABLE = { 'data-findable': '' } as const
/** On what was written beside the text and is none of it. */
export const APART = { 'data-apart': '' } as const

const BLOCKS = 'p, li, td, th, pre, div, dt, dd, blockquote, summary'

export interface FoundRanges {
  readonly ranges: readonly StaticRange[]
  readonly isCut: boolean
}

/** Where a text stands in what can be seen of an element. */
export function findRanges(root: Element, wanted: string): FoundRanges {
  if (wanted === '') return { ranges: [], isCut: false }
  const nodes = [...root.querySelectorAll('[data-findable]')].flatMap((one) => (isSeen(one) ? textsOf(one) : []))
  const pieces = nodes.map((node) => ({ text: node.data, block: node.parentElement?.closest(BLOCKS) }))
  const { matches, isCut } = findInPieces(pieces, wanted)
  const ranges = matches.flatMap(({ from, to }) => {
    const [startContainer, endContainer] = [nodes[from.piece], nodes[to.piece]]
    return startContainer && endContainer
      ? [new StaticRange({ startContainer, startOffset: from.offset, endContainer, endOffset: to.offset })]
      : []
  })
  return { ranges, isCut }
}

const isSeen = (element: Element): boolean => element.getClientRects().length > 0

function textsOf(element: Element): Text[] {
  const texts: Text[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text && !node.parentElement?.closest('[data-apart]')) texts.push(node)
  return texts
}

/** Share of the height above what is scrolled to. */
const ABOVE = 0.35

/** Scrolls what holds the range until it can be seen. */
export function showRange(place: StaticRange): void {
  const range = document.createRange()
  range.setStart(place.startContainer, place.startOffset)
  range.setEnd(place.endContainer, place.endOffset)
  for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue
    const [{ top, bottom }, seen] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
    const margin = Math.min(80, seen.height / 4)
    if (top < seen.top + margin || bottom > seen.bottom - margin / 2)
      box.scrollTop += top - seen.top - seen.height * ABOVE
  }
}
