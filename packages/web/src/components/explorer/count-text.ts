import type { ExploredView, HistogramDto } from '@xtrace/contract'
import { formatCount } from '#lib/format/figures.ts'

/** `1 trace`, `≈ 1,234 observations`. */
export const countText = ({ total, isEstimated }: Pick<HistogramDto, 'total' | 'isEstimated'>, view: ExploredView) =>
  `${formatCount(total, { isEstimate: isEstimated })} ${total === 1 ? view.slice(0, -1) : view}`
