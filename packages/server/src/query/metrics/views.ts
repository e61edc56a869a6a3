import type { MetricView } from './question.ts'
import type { MetricTable } from './view.ts'
import { OBSERVATIONS } from './view-observations.ts'
import { BOOLEAN_SCORES, CATEGORICAL_SCORES, NUMERIC_SCORES } from './view-scores.ts'
import { TRACES } from './view-traces.ts'

/** All views that can be asked (public-api contract §12.2). */
export const METRIC_TABLES: Readonly<Record<MetricView, MetricTable>> = {
  traces: TRACES,
  observations: OBSERVATIONS,
  'scores-numeric': NUMERIC_SCORES,
  'scores-boolean': BOOLEAN_SCORES,
  'scores-categorical': CATEGORICAL_SCORES,
}
