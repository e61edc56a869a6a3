import type { Route } from '#http/route.ts'
import { type DashboardDeps, dashboardRoutes } from './dashboards.ts'
import { type EvaluationRuleDeps, evaluationRuleRoutes } from './evaluation-rules.ts'
import { type EvaluatorDeps, evaluatorRoutes } from './evaluators.ts'
import { placementRoutes } from './placements.ts'
import { type SkillDeps, skillRoutes } from './skills.ts'
import { unstableEvaluatorRoutes } from './unstable-evaluators.ts'
import { unstableRuleRoutes } from './unstable-rules.ts'
import { type WidgetDeps, widgetRoutes } from './widgets.ts'

type EvaluationDeps = DashboardDeps & WidgetDeps & EvaluatorDeps & EvaluationRuleDeps & SkillDeps

/** What teams keep beside their records: dashboards, evaluators and their rules, skills. */
export function evaluationRoutes(deps: EvaluationDeps): Route[] {
  return [
    ...dashboardRoutes(deps),
    ...placementRoutes(deps),
    ...widgetRoutes(deps),
    ...evaluatorRoutes(deps),
    ...evaluationRuleRoutes(deps),
    ...unstableEvaluatorRoutes(deps),
    ...unstableRuleRoutes(deps),
    ...skillRoutes(deps),
  ]
}
