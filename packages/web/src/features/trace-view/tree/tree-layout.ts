/** Where words and bars of the tree stand, for the width that there is. */
export interface TreeLayout {
  readonly rowPx: number
  /** Undefined where the words stand over the bar. */
  readonly wordsPx: number | undefined
  readonly barLeftPx: number
  readonly barWidthPx: number
  readonly barMiddlePx: number
}

/** Below this the name stands over the bar. */
const NARROW_PX = 560
const LEAST_BARS_PX = 160
const FINE_ROW_PX = 26
const FINGER_ROW_PX = 44
const EDGE_PX = 8

export function treeLayout(panePx: number, wantedWordsPx: number, isCoarse: boolean): TreeLayout {
  if (panePx < NARROW_PX)
    return {
      rowPx: FINGER_ROW_PX,
      wordsPx: undefined,
      barLeftPx: EDGE_PX,
      barWidthPx: Math.max(0, panePx - 2 * EDGE_PX),
      barMiddlePx: 34,
    }
  const rowPx = isCoarse ? FINGER_ROW_PX : FINE_ROW_PX
  const wordsPx = Math.min(wantedWordsPx, panePx - LEAST_BARS_PX)
  return {
    rowPx,
    wordsPx,
    barLeftPx: wordsPx + EDGE_PX,
    barWidthPx: Math.max(0, panePx - wordsPx - 2 * EDGE_PX),
    barMiddlePx: rowPx / 2,
  }
}
