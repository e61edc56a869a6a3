import {
  ScoreConfigBody,
  ScoreConfigChangeBody,
  ScoreConfigDto,
  ScoreConfigsDto,
  ScoreConfigsQuery,
  z,
} from '@xtrace/contract'
import type { ScoreConfigs } from '#catalog/score-configs.ts'
import { AppError } from '#domain/errors.ts'
import type { ScoreConfig } from '#domain/score-config.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { defined } from '#lib/defined.ts'

interface ScoreConfigDeps {
  readonly scoreConfigs: ScoreConfigs
}

const PATH = '/api/public/score-configs'
const common = { access: 'project', errors: 'langfuse' } as const
const params = z.object({ configId: z.string() })

/** What scores of one name may look like (public-api contract §8). */
export function scoreConfigRoutes({ scoreConfigs }: ScoreConfigDeps): Route[] {
  return [createRoute(scoreConfigs), listRoute(scoreConfigs), getRoute(scoreConfigs), changeRoute(scoreConfigs)]
}

function createRoute(scoreConfigs: ScoreConfigs): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'scoreConfigs_create',
      tag: 'Score configs',
      summary: 'Make a score config',
      body: ScoreConfigBody,
      responses: { 200: ScoreConfigDto },
    },
    handle: async (request) => {
      const { name, dataType, ...rest } = ScoreConfigBody.parse(await jsonBody(request))
      const config = await scoreConfigs.create(request.caller.projectId, { name, dataType, ...defined(rest) })
      return { body: toDto(config) }
    },
  })
}

function listRoute(scoreConfigs: ScoreConfigs): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: ScoreConfigsQuery,
    doc: {
      operationId: 'scoreConfigs_get',
      tag: 'Score configs',
      summary: 'List score configs',
      responses: { 200: ScoreConfigsDto },
    },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await scoreConfigs.list(caller.projectId, query)
      return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies ScoreConfigsDto }
    },
  })
}

function getRoute(scoreConfigs: ScoreConfigs): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/:configId`,
    params,
    doc: {
      operationId: 'scoreConfigs_get-by-id',
      tag: 'Score configs',
      summary: 'Get a score config',
      responses: { 200: ScoreConfigDto },
    },
    handle: async ({ caller, params: { configId } }) => ({
      body: toDto(found(await scoreConfigs.byId(caller.projectId, configId))),
    }),
  })
}

function changeRoute(scoreConfigs: ScoreConfigs): Route {
  return route({
    ...common,
    method: 'PATCH',
    path: `${PATH}/:configId`,
    params,
    doc: {
      operationId: 'scoreConfigs_update',
      tag: 'Score configs',
      summary: 'Change or archive a score config',
      body: ScoreConfigChangeBody,
      responses: { 200: ScoreConfigDto },
    },
    handle: async (request) => {
      const change = defined(ScoreConfigChangeBody.parse(await jsonBody(request)))
      const changed = await scoreConfigs.update(request.caller.projectId, request.params.configId, change)
      return { body: toDto(found(changed)) }
    },
  })
}

function found(config: ScoreConfig | undefined): ScoreConfig {
  if (!config) throw new AppError('not_found', 'Score config not found within authorized project')
  return config
}

function toDto(config: ScoreConfig): ScoreConfigDto {
  return {
    id: config.id,
    projectId: config.projectId,
    name: config.name,
    dataType: config.dataType,
    isArchived: config.isArchived,
    minValue: config.minValue ?? null,
    maxValue: config.maxValue ?? null,
    categories: config.categories ? [...config.categories] : null,
    description: config.description ?? null,
    createdAt: isoFromMs(config.createdAt),
    updatedAt: isoFromMs(config.updatedAt),
  }
}
