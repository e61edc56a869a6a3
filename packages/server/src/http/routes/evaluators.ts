import {
  CreateEvaluatorBody,
  CursorQuery,
  DeletedIdDto,
  EvaluatorDto,
  EvaluatorParams,
  EvaluatorsDto,
  EvaluatorVersionsDto,
  UpdateEvaluatorBody,
  z,
} from '@xtrace/contract'
import type { Evaluators } from '#catalog/evaluators.ts'
import { AppError } from '#domain/errors.ts'
import { type EvaluatorDefinition, variablesOf } from '#domain/evaluator.ts'
import { mappingFault } from '#domain/variable-mapping.ts'
import { cursorMeta, decodeCursor, encodeCursor, placeOf } from '#http/cursor.ts'
import { toDefinition, toEvaluatorDto, toVersionDto } from '#http/dto/evaluator-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'

export interface EvaluatorDeps {
  readonly evaluators: Evaluators
}

const PATH = '/api/public/v2/evaluators'
const common = { access: 'project', errors: 'evaluation' } as const
const one = { ...common, path: `${PATH}/:evaluatorId`, params: EvaluatorParams } as const
const tag = 'Evaluators'

/** Evaluators and their versions: kept and read, not yet run (public-api contract §26.3). */
export function evaluatorRoutes(deps: EvaluatorDeps): Route[] {
  return [listRoute(deps), createRoute(deps), getRoute(deps), versionsRoute(deps), updateRoute(deps), deleteRoute(deps)]
}

function listRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: CursorQuery,
    doc: {
      operationId: 'evaluators_list',
      tag,
      summary: 'List evaluators, newest first',
      responses: { 200: EvaluatorsDto },
    },
    handle: async ({ caller, query }) => {
      const request = { limit: query.limit, after: placeOf(query) }
      const { values, next } = await evaluators.listAfter(caller.projectId, request)
      return { body: { data: values.map(toEvaluatorDto), meta: cursorMeta(next) } satisfies EvaluatorsDto }
    },
  })
}

function createRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'evaluators_create',
      tag,
      summary: 'Make an evaluator, at version 1',
      body: CreateEvaluatorBody,
      responses: { 200: EvaluatorDto },
    },
    handle: async (request) => {
      const body = CreateEvaluatorBody.parse(await jsonBody(request))
      const definition = checked(toDefinition(body))
      const wanted = { name: body.name, description: body.description ?? undefined, definition }
      return { body: toEvaluatorDto(await evaluators.create(request.caller.projectId, wanted)) }
    },
  })
}

function getRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...one,
    method: 'GET',
    doc: { operationId: 'evaluators_get', tag, summary: 'An evaluator as it stands', responses: { 200: EvaluatorDto } },
    handle: async ({ caller, params }) => {
      const evaluator = await evaluators.byId(caller.projectId, params.evaluatorId)
      if (!evaluator) throw evaluatorNotFound()
      return { body: toEvaluatorDto(evaluator) }
    },
  })
}

const VersionCursor = z.tuple([z.int()])

function versionsRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...one,
    method: 'GET',
    path: `${one.path}/versions`,
    query: CursorQuery,
    doc: {
      operationId: 'evaluators_listVersions',
      tag,
      summary: 'The versions of an evaluator, newest first',
      responses: { 200: EvaluatorVersionsDto },
    },
    handle: async ({ caller, params, query }) => {
      const [after] = decodeCursor(query.cursor, VersionCursor) ?? []
      const request = { after, limit: query.limit + 1 }
      const found = await evaluators.versions(caller.projectId, params.evaluatorId, request)
      if (!found) throw evaluatorNotFound()
      const data = found.slice(0, query.limit).map(toVersionDto)
      const last = data.at(-1)
      const meta = found.length > data.length && last ? { cursor: encodeCursor([last.version]) } : {}
      return { body: { data, meta } satisfies EvaluatorVersionsDto }
    },
  })
}

function updateRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...one,
    method: 'PATCH',
    doc: {
      operationId: 'evaluators_update',
      tag,
      summary: 'Change name and description, or with a type the definition, which makes a version',
      body: UpdateEvaluatorBody,
      responses: { 200: EvaluatorDto },
    },
    handle: async (request) => {
      const body = UpdateEvaluatorBody.parse(await jsonBody(request))
      const change = {
        name: body.name,
        description: body.description,
        definition: body.type === undefined ? undefined : checked(toDefinition(body)),
      }
      const { projectId } = request.caller
      return { body: toEvaluatorDto(await evaluators.update(projectId, request.params.evaluatorId, change)) }
    },
  })
}

function deleteRoute({ evaluators }: EvaluatorDeps): Route {
  return route({
    ...one,
    method: 'DELETE',
    doc: {
      operationId: 'evaluators_delete',
      tag,
      summary: 'Delete an evaluator with its versions and assignments; scores stay',
      responses: { 200: DeletedIdDto },
    },
    handle: async ({ caller, params }) => {
      const id = params.evaluatorId
      if (!(await evaluators.delete(caller.projectId, id))) throw evaluatorNotFound()
      return { body: { id } satisfies DeletedIdDto }
    },
  })
}

export const evaluatorNotFound = () => new AppError('not_found', 'Evaluator not found within authorized project')

/** The definition, if its default mapping fits its prompt; it may leave variables out. @throws AppError `bad_request` */
export function checked(definition: EvaluatorDefinition): EvaluatorDefinition {
  if (definition.type === 'code' || !definition.variableMapping) return definition
  const fault = mappingFault(definition.variableMapping, { variables: variablesOf(definition), isWhole: false })
  if (fault) throw new AppError('bad_request', fault.message, { reason: fault.reason, details: fault.details })
  return definition
}
