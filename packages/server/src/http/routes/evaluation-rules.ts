import {
  CreateEvaluationRuleBody,
  CursorQuery,
  DeletedIdDto,
  EvaluationRuleDto,
  EvaluationRuleParams,
  EvaluationRulesDto,
  UpdateEvaluationRuleBody,
} from '@xtrace/contract'
import type { EvaluationRules, NewAssignment, RuleFields } from '#catalog/evaluation-rules.ts'
import { AppError } from '#domain/errors.ts'
import type { EvaluationRule } from '#domain/evaluation-rule.ts'
import { cursorMeta, placeOf } from '#http/cursor.ts'
import { toMapping, toMappingDto } from '#http/dto/evaluator-dto.ts'
import { isoFromMs } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { defined } from '#lib/defined.ts'

export interface EvaluationRuleDeps {
  readonly evaluationRules: EvaluationRules
}

const PATH = '/api/public/v2/evaluation-rules'
const common = { access: 'project', errors: 'evaluation' } as const
const one = { ...common, path: `${PATH}/:evaluationRuleId`, params: EvaluationRuleParams } as const
const tag = 'EvaluationRules'
const checks = { isNameUnique: false, isStrict: false } as const

/** Evaluation rules: kept and read, not yet run (public-api contract §26.3). */
export function evaluationRuleRoutes(deps: EvaluationRuleDeps): Route[] {
  return [listRoute(deps), createRoute(deps), getRoute(deps), updateRoute(deps), deleteRoute(deps)]
}

function listRoute({ evaluationRules }: EvaluationRuleDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: CursorQuery,
    doc: {
      operationId: 'evaluationRules_list',
      tag,
      summary: 'List evaluation rules, newest first',
      responses: { 200: EvaluationRulesDto },
    },
    handle: async ({ caller, query }) => {
      const request = { limit: query.limit, after: placeOf(query) }
      const { values, next } = await evaluationRules.listAfter(caller.projectId, request)
      return { body: { data: values.map(toDto), meta: cursorMeta(next) } satisfies EvaluationRulesDto }
    },
  })
}

function createRoute({ evaluationRules }: EvaluationRuleDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'evaluationRules_create',
      tag,
      summary: 'Make an evaluation rule',
      body: CreateEvaluationRuleBody,
      responses: { 200: EvaluationRuleDto },
      failures: ['not_found', 'conflict'],
    },
    handle: async (request) => {
      const body = CreateEvaluationRuleBody.parse(await jsonBody(request))
      const fields: RuleFields = {
        name: body.name,
        isEnabled: body.enabled,
        sampling: body.sampling ?? 1,
        filter: body.filter ?? [],
        assignments: toAssignments(body.evaluatorAssignments),
      }
      return { body: toDto(await evaluationRules.create(request.caller.projectId, fields, checks)) }
    },
  })
}

function getRoute({ evaluationRules }: EvaluationRuleDeps): Route {
  return route({
    ...one,
    method: 'GET',
    doc: { operationId: 'evaluationRules_get', tag, summary: 'A rule', responses: { 200: EvaluationRuleDto } },
    handle: async ({ caller, params }) => {
      const rule = await evaluationRules.byId(caller.projectId, params.evaluationRuleId)
      if (!rule) throw ruleNotFound()
      return { body: toDto(rule) }
    },
  })
}

function updateRoute({ evaluationRules }: EvaluationRuleDeps): Route {
  return route({
    ...one,
    method: 'PATCH',
    doc: {
      operationId: 'evaluationRules_update',
      tag,
      summary: 'Replace the fields that are given; an empty list of evaluators disables the rule',
      body: UpdateEvaluationRuleBody,
      responses: { 200: EvaluationRuleDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const body = UpdateEvaluationRuleBody.parse(await jsonBody(request))
      const assignments = body.evaluatorAssignments && toAssignments(body.evaluatorAssignments)
      const change = defined({
        name: body.name,
        isEnabled: body.enabled ?? (assignments?.length === 0 ? false : undefined),
        sampling: body.sampling,
        filter: body.filter,
        assignments,
      })
      const { projectId } = request.caller
      const update = { change: () => change, checks }
      return { body: toDto(await evaluationRules.update(projectId, request.params.evaluationRuleId, update)) }
    },
  })
}

function deleteRoute({ evaluationRules }: EvaluationRuleDeps): Route {
  return route({
    ...one,
    method: 'DELETE',
    doc: {
      operationId: 'evaluationRules_delete',
      tag,
      summary: 'Delete a rule; evaluators and scores stay',
      responses: { 200: DeletedIdDto },
    },
    handle: async ({ caller, params }) => {
      const id = params.evaluationRuleId
      if (!(await evaluationRules.delete(caller.projectId, id))) throw ruleNotFound()
      return { body: { id } satisfies DeletedIdDto }
    },
  })
}

export const ruleNotFound = () => new AppError('not_found', 'Evaluation rule not found within authorized project')

function toAssignments(assignments: CreateEvaluationRuleBody['evaluatorAssignments']): NewAssignment[] {
  return assignments.map(({ evaluatorId, variableMapping }) => ({ evaluatorId, mapping: toMapping(variableMapping) }))
}

function toDto(rule: EvaluationRule): EvaluationRuleDto {
  const { id, name, isEnabled, sampling, filter, assignments, createdAt, updatedAt } = rule
  return {
    ...{ id, name, createdBy: null, enabled: isEnabled, sampling },
    filter: [...filter],
    evaluatorAssignments: assignments.map(({ evaluator, mapping }) => ({
      evaluatorId: evaluator.id,
      variableMapping: mapping ? toMappingDto(mapping) : null,
    })),
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
}
