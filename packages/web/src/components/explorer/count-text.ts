import type { ExploredView, HistogramDto } from '@xtrace/contract'
import { formatCount } from '#lib/format/figures.ts'

/** How many rows there are; estimated where to count them all takes too long. */
export type Counted = Pick<HistogramDto, 'total' | 'isEstimated'>

/** So many rows, and no others. */
export const exactly = (total: number): Counted => ({ total, isEstimated: false })

/** `1 trace`, `≈ 1,234 observations`. */
export const countText = ({ total, isEstimated }: Counted, view: ExploredView): string =>
  `${formatCount(total, { isEstimate: isEstimated })} ${total === 1 ? view.slice(0, -1) : view}`
