import { DeletedDto, ModelBody, ModelDto, ModelsDto, ModelsQuery, z } from '@xtrace/contract'
import type { Models } from '#catalog/models.ts'
import { AppError } from '#domain/errors.ts'
import type { Model } from '#domain/model.ts'
import { newModelOf, toModelDto } from '#http/dto/model-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'

interface ModelDeps {
  readonly models: Models
}

const path = '/api/public/models/:id'
const common = { access: 'project', errors: 'langfuse', takesAdminKey: true } as const
const params = z.object({ id: z.string().max(255) })

/** Price entries: those of the project and the built-in ones (public-api contract §13, §26.3). */
export function modelRoutes({ models }: ModelDeps): Route[] {
  return [listRoute(models), createRoute(models), getRoute(models), putRoute(models), deleteRoute(models)]
}

function listRoute(models: Models): Route {
  return route({
    ...common,
    method: 'GET',
    path: '/api/public/models',
    query: ModelsQuery,
    doc: { operationId: 'models_list', tag: 'Models', summary: 'List price entries', responses: { 200: ModelsDto } },
    handle: async ({ query, caller }) => {
      const all = await models.list(caller.projectId)
      const data = all.slice((query.page - 1) * query.limit, query.page * query.limit).map(toModelDto)
      return { body: { data, meta: pageMeta(query, all.length) } satisfies ModelsDto }
    },
  })
}

function createRoute(models: Models): Route {
  return route({
    ...common,
    method: 'POST',
    path: '/api/public/models',
    doc: {
      operationId: 'models_create',
      tag: 'Models',
      summary: 'Make a price entry',
      body: ModelBody,
      responses: { 200: ModelDto },
    },
    handle: async (request) => {
      const body = ModelBody.parse(await jsonBody(request))
      return { body: toModelDto(await models.create(request.caller.projectId, newModelOf(body))) }
    },
  })
}

function getRoute(models: Models): Route {
  return route({
    ...common,
    method: 'GET',
    path,
    params,
    doc: { operationId: 'models_get', tag: 'Models', summary: 'Get a price entry', responses: { 200: ModelDto } },
    handle: async ({ caller, params: { id } }) => ({
      body: toModelDto(found(await models.byId(caller.projectId, id))),
    }),
  })
}

function putRoute(models: Models): Route {
  return route({
    ...common,
    method: 'PUT',
    path,
    params,
    doc: {
      operationId: 'models_upsert',
      tag: 'Models',
      summary: 'Make or replace the price entry with this id',
      body: ModelBody,
      responses: { 200: ModelDto },
    },
    handle: async (request) => {
      const body = ModelBody.parse(await jsonBody(request))
      const kept = await models.put(request.caller.projectId, request.params.id, newModelOf(body))
      return { body: toModelDto(found(kept)) }
    },
  })
}

function deleteRoute(models: Models): Route {
  return route({
    ...common,
    method: 'DELETE',
    path,
    params,
    doc: {
      operationId: 'models_delete',
      tag: 'Models',
      summary: 'Delete a price entry of the project',
      responses: { 200: DeletedDto },
    },
    handle: async ({ caller, params: { id } }) => {
      if (!(await models.delete(caller.projectId, id))) throw notFound()
      return { body: { message: 'Model successfully deleted' } satisfies DeletedDto }
    },
  })
}

function found(model: Model | undefined): Model {
  if (!model) throw notFound()
  return model
}

const notFound = () => new AppError('not_found', 'No model with this id found.')
