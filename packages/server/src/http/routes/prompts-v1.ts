import { PromptDto, PromptV1Body, PromptV1Query } from '@xtrace/contract'
import type { Prompts } from '#catalog/prompts.ts'
import { AppError } from '#domain/errors.ts'
import { PRODUCTION_LABEL } from '#domain/prompt.ts'
import { toPromptDto } from '#http/dto/prompt-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { newPromptOf, PROMPT_EXACT_FIELDS } from '#http/new-prompt.ts'
import { type Route, route } from '#http/route.ts'

/** The two operations of the first prompt API, in which one version was the active one (public-api contract §9.6). */
export function promptV1Routes(prompts: Prompts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/public/prompts',
      access: 'project',
      errors: 'prompts',
      doc: {
        operationId: 'legacy_promptsV1_create',
        tag: 'Prompts',
        summary: 'Create a version of a prompt and perhaps make it the active one',
        body: PromptV1Body,
        responses: { 201: PromptDto },
      },
      handle: async (request) => {
        const body = PromptV1Body.parse(await jsonBody(request, PROMPT_EXACT_FIELDS))
        const wanted = newPromptOf(body)
        const labels = body.isActive ? [...new Set([...wanted.labels, PRODUCTION_LABEL])] : wanted.labels
        const prompt = await prompts.create(request.caller.projectId, { ...wanted, labels })
        return { status: 201, body: toPromptDto(prompt) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/public/prompts',
      access: 'project',
      errors: 'prompts',
      query: PromptV1Query,
      doc: {
        operationId: 'legacy_promptsV1_get',
        tag: 'Prompts',
        summary: 'Get a version of a prompt, or the active one',
        responses: { 200: PromptDto },
        failures: ['not_found', 'conflict'],
      },
      handle: async ({ caller, query }) => {
        const { name, version } = query
        const choice = version === undefined ? { label: PRODUCTION_LABEL } : { version }
        const prompt = await prompts.getResolved(caller.projectId, name, choice)
        if (!prompt) throw new AppError('not_found', 'Prompt not found')
        return { body: toPromptDto(prompt) }
      },
    }),
  ]
}
