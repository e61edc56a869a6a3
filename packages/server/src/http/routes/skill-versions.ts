import { SkillDeletedDto, SkillLabelsBody, SkillVersionDto, SkillVersionParams } from '@xtrace/contract'
import type { Skills } from '#catalog/skills.ts'
import { toSkillVersionDto } from '#http/dto/skill-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'

export interface SkillVersionDeps {
  readonly skills: Pick<Skills, 'setLabels' | 'deleteVersion'>
}

const one = {
  access: 'project',
  errors: 'unstable',
  path: '/api/public/unstable/skills/:skillName/versions/:skillVersion',
  params: SkillVersionParams,
} as const

/** Single versions of a skill (public-api contract §26.3). */
export function skillVersionRoutes({ skills }: SkillVersionDeps): Route[] {
  return [
    route({
      ...one,
      method: 'PATCH',
      doc: {
        operationId: 'unstable_skills_setLabels',
        tag: 'Skills',
        summary: 'Replace the labels of a version and take them from other versions',
        body: SkillLabelsBody,
        responses: { 200: SkillVersionDto },
      },
      handle: async (request) => {
        const { skillName: name, skillVersion: version } = request.params
        const { labels } = SkillLabelsBody.parse(await jsonBody(request))
        return { body: toSkillVersionDto(await skills.setLabels(request.caller.projectId, { name, version }, labels)) }
      },
    }),
    route({
      ...one,
      method: 'DELETE',
      doc: {
        operationId: 'unstable_skills_deleteVersion',
        tag: 'Skills',
        summary: 'Delete a version; the last one takes the skill with it',
        responses: { 200: SkillDeletedDto },
      },
      handle: async ({ caller, params }) => {
        await skills.deleteVersion(caller.projectId, { name: params.skillName, version: params.skillVersion })
        return { body: { deleted: true } satisfies SkillDeletedDto }
      },
    }),
  ]
}
