import type { ExploredView, HistogramDto } from '@xtrace/contract'
import { formatCount } from '#lib/format/figures.ts'

/** How many rows there are; estimated where to count them all takes too long. */
export type Counted = Pick<HistogramDto, 'total' | 'isEstimated'>

interface CountAnswer {
  readonly data: Counted | undefined
  readonly error: Error | null
}

export interface CountLine {
  readonly text: string
  /** What is to know of it. */
  readonly hint: string | undefined
}

/** The last count that is known, or why there is none. */
export function countLine({ data, error }: CountAnswer, view: ExploredView): CountLine {
  if (data) return { text: countText(data, view), hint: data.isEstimated ? ESTIMATED : undefined }
  return error ? { text: `${view} not counted`, hint: error.message } : { text: '', hint: undefined }
}

const ESTIMATED = 'Estimated from the newest rows: to count all takes too long'

/** So many rows, and no others. */
export const exactly = (total: number): Counted => ({ total, isEstimated: false })

/** `1 trace`, `≈ 1,234 observations`. */
export const countText = ({ total, isEstimated }: Counted, view: ExploredView): string =>
  `${formatCount(total, { isEstimate: isEstimated })} ${total === 1 ? view.slice(0, -1) : view}`
