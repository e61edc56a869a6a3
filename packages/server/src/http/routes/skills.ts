import {
  CreateSkillVersionBody,
  SkillContentsDto,
  SkillContentsQuery,
  SkillParams,
  SkillQuery,
  SkillsDto,
  SkillsQuery,
  SkillTagsBody,
  SkillVersionDto,
} from '@xtrace/contract'
import type { NewSkillFile } from '#catalog/skill-files.ts'
import type { Skills } from '#catalog/skills.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { MANIFEST_PATH } from '#domain/skill.ts'
import { parseManifest } from '#domain/skill-manifest.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { toSkillVersionDto } from '#http/dto/skill-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { skillVersionRoutes } from './skill-versions.ts'

export interface SkillDeps {
  readonly skills: Skills
}

const PATH = '/api/public/unstable/skills'
const common = { access: 'project', errors: 'unstable' } as const
const tag = 'Skills'

/** Skills and their files (public-api contract §26.3). */
export function skillRoutes(deps: SkillDeps): Route[] {
  return [
    listRoute(deps),
    createRoute(deps),
    getRoute(deps),
    tagsRoute(deps),
    contentsRoute(deps),
    ...skillVersionRoutes(deps),
  ]
}

function listRoute({ skills }: SkillDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: PATH,
    query: SkillsQuery,
    doc: { operationId: 'unstable_skills_list', tag, summary: 'List skills', responses: { 200: SkillsDto } },
    handle: async ({ caller, query }) => {
      const { fromUpdatedAt, toUpdatedAt, ...filter } = query
      const request = { ...filter, updatedFrom: msOf(fromUpdatedAt), updatedTo: msOf(toUpdatedAt) }
      const { values, totalItems } = await skills.list(caller.projectId, request)
      const meta = pageMeta(query, totalItems)
      const body: SkillsDto = {
        data: values.map(({ latest, productionVersion = null }) => ({
          name: latest.name,
          description: latest.description,
          tags: [...latest.tags],
          latestVersion: latest.version,
          latestVersionCreatedAt: isoFromMs(latest.createdAt),
          latestVersionLastUpdatedAt: isoFromMs(latest.updatedAt),
          productionVersion,
        })),
        meta: { ...meta, hasNextPage: meta.page < meta.totalPages },
      }
      return { body }
    },
  })
}

const msOf = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : Date.parse(iso))

function createRoute({ skills }: SkillDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    doc: {
      operationId: 'unstable_skills_createVersion',
      tag,
      summary: `Make the next version of the skill that ${MANIFEST_PATH} names`,
      body: CreateSkillVersionBody,
      responses: { 200: SkillVersionDto },
    },
    handle: async (request) => {
      const { projectId } = request.caller
      const body = CreateSkillVersionBody.parse(await jsonBody(request))
      const files = body.files.map(
        (file): NewSkillFile => ('content' in file ? file : { path: file.path, sha256: file.sha256Hash }),
      )
      const manifest = parseManifest(await manifestIn(files, { skills, projectId }))
      const wanted = { manifest, files, commitMessage: body.commitMessage ?? undefined }
      return { body: toSkillVersionDto(await skills.createVersion(projectId, wanted)) }
    },
  })
}

async function manifestIn(
  files: readonly NewSkillFile[],
  { skills, projectId }: SkillDeps & { readonly projectId: ProjectId },
): Promise<string> {
  const file = files.find(({ path }) => path === MANIFEST_PATH)
  if (!file) throw new AppError('bad_request', `A skill needs a file ${MANIFEST_PATH}`, { reason: 'invalid_body' })
  if ('content' in file) return file.content
  const content = (await skills.contents(projectId, [file.sha256])).get(file.sha256)
  if (content !== undefined) return content
  throw new AppError('bad_request', `${file.path}: this project has no content with the hash ${file.sha256}; send it`)
}

function getRoute({ skills }: SkillDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/:skillName`,
    params: SkillParams,
    query: SkillQuery,
    doc: {
      operationId: 'unstable_skills_get',
      tag,
      summary: 'A version of a skill, by its number or label',
      responses: { 200: SkillVersionDto },
    },
    handle: async ({ caller, params, query }) => {
      const { version, label = 'production' } = query
      const choice = version === undefined ? { label } : { version }
      const skill = await skills.find(caller.projectId, params.skillName, choice)
      if (!skill) throw new AppError('not_found', 'Skill not found within authorized project')
      return { body: toSkillVersionDto(skill) }
    },
  })
}

function tagsRoute({ skills }: SkillDeps): Route {
  return route({
    ...common,
    method: 'PATCH',
    path: `${PATH}/:skillName`,
    params: SkillParams,
    doc: {
      operationId: 'unstable_skills_update',
      tag,
      summary: 'Replace the tags that all versions share; gives the latest version',
      body: SkillTagsBody,
      responses: { 200: SkillVersionDto },
    },
    handle: async (request) => {
      const { tags } = SkillTagsBody.parse(await jsonBody(request))
      return { body: toSkillVersionDto(await skills.setTags(request.caller.projectId, request.params.skillName, tags)) }
    },
  })
}

function contentsRoute({ skills }: SkillDeps): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${PATH}/files/content`,
    query: SkillContentsQuery,
    doc: {
      operationId: 'unstable_skills_getFileContents',
      tag,
      summary: 'Contents of files by their hashes',
      failures: ['not_found'],
      responses: { 200: SkillContentsDto },
    },
    handle: async ({ caller, query }) => {
      const hashes = [...new Set(query.sha256Hashes)]
      const contents = await skills.contents(caller.projectId, hashes)
      const data = hashes.map((sha256Hash) => ({
        sha256Hash,
        content: contents.get(sha256Hash) ?? missing(sha256Hash),
      }))
      return { body: { data } satisfies SkillContentsDto }
    },
  })
}

function missing(hash: string): never {
  throw new AppError('not_found', `No file with the hash ${hash} within authorized project`)
}
