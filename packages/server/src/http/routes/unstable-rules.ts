import {
  CreateUnstableRuleBody,
  DeletedDto,
  EvaluationRuleParams,
  type MappingBody,
  UnstablePageQuery,
  UnstableRuleDto,
  UnstableRulesDto,
  UpdateUnstableRuleBody,
} from '@xtrace/contract'
import type { EvaluationRules, NewAssignment } from '#catalog/evaluation-rules.ts'
import type { Evaluators } from '#catalog/evaluators.ts'
import { AppError } from '#domain/errors.ts'
import { type EvaluationRule, EXPERIMENT_FILTER, isExperimentFilter, type RuleFilter } from '#domain/evaluation-rule.ts'
import type { EvaluatorType } from '#domain/evaluator.ts'
import type { ProjectId } from '#domain/ids.ts'
import { toMapping } from '#http/dto/evaluator-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { toUnstableRuleDto } from '#http/dto/unstable-evaluation-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { defined } from '#lib/defined.ts'
import { ruleNotFound } from './evaluation-rules.ts'

export interface UnstableRuleDeps {
  readonly evaluationRules: EvaluationRules
  readonly evaluators: Pick<Evaluators, 'byName'>
}

const PATH = '/api/public/unstable/evaluation-rules'
const common = { access: 'project', errors: 'unstable' } as const
const one = { ...common, path: `${PATH}/:evaluationRuleId`, params: EvaluationRuleParams } as const
const tag = 'UnstableEvaluationRules'
const checks = { isNameUnique: true, isStrict: true } as const

/** Evaluation rules with unique names and a target, over evaluators by name (public-api contract §20). */
export function unstableRuleRoutes(deps: UnstableRuleDeps): Route[] {
  return [createRoute(deps), listRoute(deps), getRoute(deps), updateRoute(deps), deleteRoute(deps)]
}

function createRoute({ evaluationRules, evaluators }: UnstableRuleDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'unstable_evaluationRules_create',
      tag,
      summary: 'Make an evaluation rule',
      body: CreateUnstableRuleBody,
      responses: { 200: UnstableRuleDto },
      failures: ['not_found', 'conflict'],
    },
    handle: async (request) => {
      const { projectId } = request.caller
      const body = CreateUnstableRuleBody.parse(await jsonBody(request))
      const { evaluator, mapping } = body
      const wanted = body.evaluators ?? (evaluator ? [{ evaluator, mapping }] : [])
      const rule = await evaluationRules.create(
        projectId,
        {
          name: body.name,
          isEnabled: body.enabled,
          sampling: body.sampling ?? 1,
          filter: targeted(body.filter ?? [], body.target),
          assignments: await resolved(evaluators, projectId, wanted),
        },
        checks,
      )
      return { body: toUnstableRuleDto(rule) }
    },
  })
}

function listRoute({ evaluationRules }: UnstableRuleDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: UnstablePageQuery,
    doc: {
      operationId: 'unstable_evaluationRules_list',
      tag,
      summary: 'List evaluation rules, the newest change first',
      responses: { 200: UnstableRulesDto },
    },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await evaluationRules.list(caller.projectId, query)
      const data = values.map(toUnstableRuleDto)
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies UnstableRulesDto }
    },
  })
}

function getRoute({ evaluationRules }: UnstableRuleDeps): Route {
  return route({
    ...one,
    method: 'GET',
    doc: {
      operationId: 'unstable_evaluationRules_get',
      tag,
      summary: 'An evaluation rule',
      responses: { 200: UnstableRuleDto },
    },
    handle: async ({ caller, params }) => {
      const rule = await evaluationRules.byId(caller.projectId, params.evaluationRuleId)
      if (!rule) throw ruleNotFound()
      return { body: toUnstableRuleDto(rule) }
    },
  })
}

function updateRoute({ evaluationRules, evaluators }: UnstableRuleDeps): Route {
  return route({
    ...one,
    method: 'PATCH',
    doc: {
      operationId: 'unstable_evaluationRules_update',
      tag,
      summary: 'Replace the fields that are given',
      body: UpdateUnstableRuleBody,
      responses: { 200: UnstableRuleDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const { projectId } = request.caller
      const id = request.params.evaluationRuleId
      const body = UpdateUnstableRuleBody.parse(await jsonBody(request))
      const present = await evaluationRules.byId(projectId, id)
      if (!present) throw ruleNotFound()
      const replaced = body.evaluators && (await resolved(evaluators, projectId, body.evaluators))
      const first = body.evaluator && (await resolvedFirst(evaluators, present, body.evaluator.name))
      const change = (rule: EvaluationRule) =>
        defined({
          name: body.name ?? undefined,
          isEnabled: body.enabled ?? undefined,
          sampling: body.sampling ?? undefined,
          filter: changedFilter(rule, body),
          assignments: replaced ?? changedAssignments(rule, { first, mapping: body.mapping }),
        })
      return { body: toUnstableRuleDto(await evaluationRules.update(projectId, id, { change, checks })) }
    },
  })
}

function deleteRoute({ evaluationRules }: UnstableRuleDeps): Route {
  return route({
    ...one,
    method: 'DELETE',
    doc: {
      operationId: 'unstable_evaluationRules_delete',
      tag,
      summary: 'Delete an evaluation rule; evaluators stay',
      responses: { 200: DeletedDto },
    },
    handle: async ({ caller, params }) => {
      if (!(await evaluationRules.delete(caller.projectId, params.evaluationRuleId))) throw ruleNotFound()
      return { body: { message: 'Evaluation rule successfully deleted' } satisfies DeletedDto }
    },
  })
}

/** The conditions with that of the target, which is one of them. */
function targeted(filter: readonly RuleFilter[], target: 'observation' | 'experiment'): RuleFilter[] {
  const others = filter.filter((condition) => !isExperimentFilter(condition))
  return target === 'experiment' ? [EXPERIMENT_FILTER, ...others] : others
}

function changedFilter({ filter }: EvaluationRule, body: UpdateUnstableRuleBody): RuleFilter[] | undefined {
  if (body.filter == null && body.target == null) return undefined
  const present = filter.some(isExperimentFilter) ? 'experiment' : 'observation'
  return targeted(body.filter ?? filter, body.target ?? present)
}

interface Named {
  readonly evaluator: { readonly name: string; readonly type?: EvaluatorType | null | undefined }
  readonly mapping?: readonly MappingBody[] | null | undefined
}

type Find = Pick<Evaluators, 'byName'>

/** The named evaluators by their ids. @throws AppError `not_found` */
async function resolved(evaluators: Find, project: ProjectId, wanted: readonly Named[]): Promise<NewAssignment[]> {
  const assignments: NewAssignment[] = []
  for (const { evaluator, mapping } of wanted) {
    const { id } = await getNamed(evaluators, project, evaluator)
    assignments.push({ evaluatorId: id, mapping: toMapping(mapping) })
  }
  return assignments
}

async function resolvedFirst(evaluators: Find, rule: EvaluationRule, name: string): Promise<string> {
  const type = rule.assignments[0]?.evaluator.type
  return (await getNamed(evaluators, rule.projectId, { name, type })).id
}

async function getNamed(evaluators: Find, project: ProjectId, { name, type }: Named['evaluator']) {
  const kind = type ?? 'llm_as_judge'
  const found = await evaluators.byName(project, name, kind)
  if (found) return found
  throw new AppError('not_found', `There is no evaluator "${name}" of type ${kind} in this project`, {
    details: { evaluatorName: name },
  })
}

/** The assignments with the first one's evaluator or mapping replaced; undefined when neither was given. */
function changedAssignments(
  rule: EvaluationRule,
  { first, mapping }: { first: string | null | undefined; mapping: readonly MappingBody[] | null | undefined },
): NewAssignment[] | undefined {
  if (first == null && mapping == null) return undefined
  const kept = rule.assignments.map(({ evaluator, mapping: own }) => ({ evaluatorId: evaluator.id, mapping: own }))
  const [head, ...rest] = kept
  const evaluatorId = first ?? head?.evaluatorId
  if (evaluatorId === undefined) throw new AppError('bad_request', 'The rule has no evaluator; send evaluators')
  return [{ evaluatorId, mapping: toMapping(mapping) ?? head?.mapping }, ...rest]
}
