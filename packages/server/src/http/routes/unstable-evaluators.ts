import {
  DeletedDto,
  EvaluatorParams,
  UnstableEvaluatorBody,
  UnstableEvaluatorDto,
  UnstableEvaluatorsDto,
  UnstablePageQuery,
} from '@xtrace/contract'
import { pageMeta } from '#http/dto/page-dto.ts'
import { toStableDefinition, toUnstableEvaluatorDto } from '#http/dto/unstable-evaluation-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { checked, type EvaluatorDeps, evaluatorNotFound } from './evaluators.ts'

const PATH = '/api/public/unstable/evaluators'
const common = { access: 'project', errors: 'unstable' } as const
const one = { ...common, path: `${PATH}/:evaluatorId`, params: EvaluatorParams } as const
const tag = 'UnstableEvaluators'

/** Evaluators where a name and a type identify (public-api contract §20). */
export function unstableEvaluatorRoutes(deps: EvaluatorDeps): Route[] {
  return [createRoute(deps), listRoute(deps), ...oneRoutes(deps)]
}

function createRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'unstable_evaluators_create',
      tag,
      summary: 'Make an evaluator, or the next version of the one with this name',
      body: UnstableEvaluatorBody,
      responses: { 200: UnstableEvaluatorDto },
    },
    handle: async (request) => {
      const body = UnstableEvaluatorBody.parse(await jsonBody(request))
      const wanted = { name: body.name, definition: checked(toStableDefinition(body)) }
      return { body: toUnstableEvaluatorDto(await evaluators.createVersion(request.caller.projectId, wanted)) }
    },
  })
}

function listRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: UnstablePageQuery,
    doc: {
      operationId: 'unstable_evaluators_list',
      tag,
      summary: 'List the latest versions of evaluators, the newest change first',
      responses: { 200: UnstableEvaluatorsDto },
    },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await evaluators.list(caller.projectId, query)
      const data = values.map(toUnstableEvaluatorDto)
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies UnstableEvaluatorsDto }
    },
  })
}

function oneRoutes({ evaluators }: EvaluatorDeps): Route[] {
  return [
    route({
      ...one,
      method: 'GET',
      doc: {
        operationId: 'unstable_evaluators_get',
        tag,
        summary: 'The latest version of an evaluator',
        responses: { 200: UnstableEvaluatorDto },
      },
      handle: async ({ caller, params }) => {
        const evaluator = await evaluators.byId(caller.projectId, params.evaluatorId)
        if (!evaluator) throw evaluatorNotFound()
        return { body: toUnstableEvaluatorDto(evaluator) }
      },
    }),
    route({
      ...one,
      method: 'DELETE',
      doc: {
        operationId: 'unstable_evaluators_delete',
        tag,
        summary: 'Delete an evaluator with its versions and assignments',
        responses: { 200: DeletedDto },
      },
      handle: async ({ caller, params }) => {
        if (!(await evaluators.delete(caller.projectId, params.evaluatorId))) throw evaluatorNotFound()
        return { body: { message: 'Evaluator successfully deleted' } satisfies DeletedDto }
      },
    }),
  ]
}
