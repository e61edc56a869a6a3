import { AGGREGATIONS } from './aggregate.ts'
import type { Aggregation, MetricView } from './question.ts'
import type { Dimension } from './view.ts'
import { METRIC_TABLES } from './views.ts'

interface DescribedView {
  readonly view: string
  readonly dimensions: readonly { readonly name: string; readonly type: Dimension['kind'] }[]
  readonly measures: readonly { readonly name: string; readonly aggregations: readonly Aggregation[] }[]
}

/** What the views can be asked, for those who write questions. */
export function describeViews(views: readonly MetricView[]): DescribedView[] {
  return views.map((view) => ({
    view,
    dimensions: [...METRIC_TABLES[view].dimensions.values()].map(({ name, kind }) => ({ name, type: kind })),
    measures: [...METRIC_TABLES[view].measures.values()].map(({ name, kind }) => ({
      name,
      aggregations: AGGREGATIONS[kind],
    })),
  }))
}
