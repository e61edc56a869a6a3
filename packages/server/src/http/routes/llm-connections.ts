import {
  DeletedDto,
  LlmConnectionBody,
  LlmConnectionDto,
  LlmConnectionsDto,
  LlmConnectionsQuery,
  z,
} from '@xtrace/contract'
import type { LlmConnections, NewLlmConnection } from '#catalog/llm-connections.ts'
import { maskSecret } from '#catalog/secret-hash.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { type LlmConnection, sealContext } from '#domain/llm-connection.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import type { Sealer } from '#lib/sealer.ts'

interface LlmConnectionDeps {
  readonly llmConnections: LlmConnections
  readonly sealer: Sealer
}

const PATH = '/api/public/llm-connections'
const common = { access: 'project', errors: 'langfuse', takesAdminKey: true } as const

/** How to reach providers of models; keys go in and never come out (public-api contract §17). */
export function llmConnectionRoutes(deps: LlmConnectionDeps): Route[] {
  return [listRoute(deps), putRoute(deps), deleteRoute(deps)]
}

function listRoute({ llmConnections }: LlmConnectionDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: LlmConnectionsQuery,
    doc: {
      operationId: 'llmConnections_list',
      tag: 'LLM connections',
      summary: 'List connections',
      responses: { 200: LlmConnectionsDto },
    },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await llmConnections.list(caller.projectId, query)
      return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies LlmConnectionsDto }
    },
  })
}

function putRoute({ llmConnections, sealer }: LlmConnectionDeps): Route {
  return route({
    ...common,
    method: 'PUT',
    path: PATH,
    doc: {
      operationId: 'llmConnections_upsert',
      tag: 'LLM connections',
      summary: 'Make or replace the connection to a provider',
      body: LlmConnectionBody,
      responses: { 200: LlmConnectionDto, 201: LlmConnectionDto },
    },
    handle: async (request) => {
      const body = LlmConnectionBody.parse(await jsonBody(request))
      const { projectId } = request.caller
      const { connection, isNew } = await llmConnections.put(projectId, sealed(body, projectId, sealer))
      return { status: isNew ? 201 : 200, body: toDto(connection) }
    },
  })
}

function sealed(body: LlmConnectionBody, projectId: ProjectId, sealer: Sealer): NewLlmConnection {
  const context = sealContext(projectId, body.provider)
  const headers = body.extraHeaders ?? {}
  const headerNames = Object.keys(headers)
  return {
    provider: body.provider,
    adapter: body.adapter,
    sealedSecret: sealer.seal(body.secretKey, context),
    displaySecret: maskSecret(body.secretKey),
    baseUrl: body.baseURL,
    customModels: body.customModels ?? [],
    withDefaultModels: body.withDefaultModels ?? true,
    sealedHeaders: headerNames.length === 0 ? undefined : sealer.seal(JSON.stringify(headers), context),
    headerNames,
    config: body.config,
  }
}

function deleteRoute({ llmConnections }: LlmConnectionDeps): Route {
  return route({
    ...common,
    method: 'DELETE',
    path: `${PATH}/:id`,
    params: z.object({ id: z.string() }),
    doc: {
      operationId: 'llmConnections_delete',
      tag: 'LLM connections',
      summary: 'Delete a connection',
      responses: { 200: DeletedDto },
    },
    handle: async ({ caller, params: { id } }) => {
      if (!(await llmConnections.delete(caller.projectId, id)))
        throw new AppError('not_found', 'LLM connection not found')
      return { body: { message: 'LLM connection successfully deleted' } satisfies DeletedDto }
    },
  })
}

function toDto(connection: LlmConnection): LlmConnectionDto {
  return {
    id: connection.id,
    provider: connection.provider,
    adapter: connection.adapter,
    displaySecretKey: connection.displaySecret,
    baseURL: connection.baseUrl ?? null,
    customModels: [...connection.customModels],
    withDefaultModels: connection.withDefaultModels,
    extraHeaderKeys: [...connection.headerNames],
    config: connection.config ?? null,
    createdAt: isoFromMs(connection.createdAt),
    updatedAt: isoFromMs(connection.updatedAt),
  }
}
