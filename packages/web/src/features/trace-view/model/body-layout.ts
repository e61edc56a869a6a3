/** How the tree and the detail share the page. */
export interface BodyLayout {
  /** Whether the detail slides over the tree instead. */
  readonly isNarrow: boolean
  readonly detailPx: number
  /** Of what is left of the detail. */
  readonly viewPx: number
}

/** Below this the detail slides over the tree. */
const NARROW_PX = 820
export const LEAST_PX = 300
const SPLITTER_PX = 1

export function bodyLayout(bodyPx: number, wantedDetailPx: number): BodyLayout {
  const detailPx = Math.max(LEAST_PX, Math.min(wantedDetailPx, bodyPx - LEAST_PX))
  const isNarrow = bodyPx < NARROW_PX
  return { isNarrow, detailPx, viewPx: isNarrow ? bodyPx : bodyPx - detailPx - SPLITTER_PX }
}

/** The width of the page that is there before the trace is drawn in it. */
export const pageWidth = (): number => document.getElementById('main')?.clientWidth ?? window.innerWidth
