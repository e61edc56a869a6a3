import {
  PromptBody,
  PromptDeleteQuery,
  PromptDto,
  PromptLabelsBody,
  PromptParams,
  PromptQuery,
  PromptsDto,
  PromptsQuery,
  PromptVersionParams,
} from '@xtrace/contract'
import type { Prompts } from '#catalog/prompts.ts'
import { AppError } from '#domain/errors.ts'
import { PRODUCTION_LABEL, type PromptChoice } from '#domain/prompt.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { toPromptDto, toPromptSummaryDto } from '#http/dto/prompt-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { newPromptOf, PROMPT_EXACT_FIELDS } from '#http/new-prompt.ts'
import { conditionsOf } from '#http/prompt-conditions.ts'
import { type Route, route } from '#http/route.ts'
import { promptV1Routes } from './prompts-v1.ts'

/** The catalogue's prompts alone: no read of one waits for the writer, nor for the read limiter. */
export interface PromptDeps {
  readonly prompts: Prompts
}

/** Prompts and their versions (public-api contract §9). */
export function promptRoutes({ prompts }: PromptDeps): Route[] {
  return [
    createRoute(prompts),
    getRoute(prompts),
    listRoute(prompts),
    labelRoute(prompts),
    deleteRoute(prompts),
    ...promptV1Routes(prompts),
  ]
}

function createRoute(prompts: Prompts): Route {
  return route({
    method: 'POST',
    path: '/api/public/v2/prompts',
    access: 'project',
    errors: 'prompts',
    doc: {
      operationId: 'prompts_create',
      tag: 'Prompts',
      summary: 'Create the first or the next version of a prompt',
      description:
        'The label `latest` and the labels given move to the new version. In a text, and in the messages of a chat, `@@@langfusePrompt:name=N|version=V@@@` and `@@@langfusePrompt:name=N|label=L@@@` stand for another text prompt.',
      body: PromptBody,
      responses: { 201: PromptDto },
    },
    handle: async (request) => {
      const body = PromptBody.parse(await jsonBody(request, PROMPT_EXACT_FIELDS))
      const prompt = await prompts.create(request.caller.projectId, newPromptOf(body))
      return { status: 201, body: toPromptDto(prompt) }
    },
  })
}

function getRoute(prompts: Prompts): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/prompts/:promptName',
    access: 'project',
    errors: 'prompts',
    params: PromptParams,
    query: PromptQuery,
    doc: {
      operationId: 'prompts_get',
      tag: 'Prompts',
      summary: 'Get a version of a prompt',
      description: 'The one with the number or label given; without either, the one with the label `production`.',
      responses: { 200: PromptDto },
      failures: ['conflict'],
    },
    handle: async ({ caller, params, query }) => {
      const choice = chosen(query)
      const name = params.promptName
      const prompt =
        query.resolve === false
          ? await prompts.get(caller.projectId, name, choice)
          : await prompts.getResolved(caller.projectId, name, choice)
      if (!prompt) throw notFound(name, choice)
      return { body: toPromptDto(prompt) }
    },
  })
}

function chosen({ version, label }: PromptChoice): PromptChoice {
  if (version !== undefined && label !== undefined)
    throw new AppError('bad_request', 'Cannot specify both version and label; give one of them')
  return version === undefined ? { label: label ?? PRODUCTION_LABEL } : { version }
}

function notFound(name: string, { version, label }: PromptChoice): AppError {
  const choice = version === undefined ? `label '${label}'` : `version ${version}`
  return new AppError('not_found', `Prompt not found: '${name}' with ${choice}`)
}

function listRoute(prompts: Prompts): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/prompts',
    access: 'project',
    errors: 'prompts',
    query: PromptsQuery,
    doc: {
      operationId: 'prompts_list',
      tag: 'Prompts',
      summary: 'List the names of prompts with their versions and labels',
      responses: { 200: PromptsDto },
    },
    handle: async ({ caller, query }) => {
      const { page, limit } = query
      const found = await prompts.list(caller.projectId, { page, limit, conditions: conditionsOf(query) })
      const meta = pageMeta(query, found.totalItems)
      return { body: { data: found.prompts.map(toPromptSummaryDto), meta, pagination: meta } satisfies PromptsDto }
    },
  })
}

function labelRoute(prompts: Prompts): Route {
  return route({
    method: 'PATCH',
    path: '/api/public/v2/prompts/:name/versions/:version',
    access: 'project',
    errors: 'prompts',
    params: PromptVersionParams,
    doc: {
      operationId: 'promptVersion_update',
      tag: 'Prompts',
      summary: 'Put labels on a version of a prompt',
      description: 'The labels it has stay; other versions lose those that are given.',
      body: PromptLabelsBody,
      responses: { 200: PromptDto },
    },
    handle: async (request) => {
      const { name, version } = request.params
      const { newLabels } = PromptLabelsBody.parse(await jsonBody(request))
      const prompt = await prompts.addLabels(request.caller.projectId, name, { version, labels: newLabels })
      if (!prompt) throw notFound(name, { version })
      return { body: toPromptDto(prompt) }
    },
  })
}

function deleteRoute(prompts: Prompts): Route {
  return route({
    method: 'DELETE',
    path: '/api/public/v2/prompts/:promptName',
    access: 'project',
    errors: 'prompts',
    params: PromptParams,
    query: PromptDeleteQuery,
    doc: {
      operationId: 'prompts_delete',
      tag: 'Prompts',
      summary: 'Delete a version of a prompt, or all of them',
      description:
        'The version with the number and label given; without either, all versions. Refused while other prompts refer to what would go.',
      responses: { 204: undefined },
    },
    handle: async ({ caller, params, query }) => {
      const isDeleted = await prompts.delete(caller.projectId, params.promptName, query)
      if (!isDeleted) throw new AppError('not_found', 'Prompt not found')
      return { status: 204 }
    },
  })
}
