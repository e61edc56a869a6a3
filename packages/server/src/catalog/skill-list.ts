import { type SqlBool, sql } from 'kysely'
import type { ProjectId } from '#domain/ids.ts'
import type { SkillSummary } from '#domain/skill.ts'
import type { CatalogDb } from './database.ts'
import { type Page, type PageRequest, selectPage } from './page.ts'
import { fromSkillRow, selectSkillVersions } from './skill-row.ts'

interface Request extends PageRequest {
  readonly name?: string | undefined
  readonly search?: string | undefined
  readonly tag?: string | undefined
  readonly updatedFrom?: number | undefined
  readonly updatedTo?: number | undefined
}

/** Skills by their latest versions, the newest change first. */
export async function findSkills(db: CatalogDb, project: ProjectId, request: Request): Promise<Page<SkillSummary>> {
  const { values, totalItems } = await selectPage(filtered(db, project, request), request)
  const latest = values.map(fromSkillRow)
  const production = await productionVersions(
    db,
    project,
    latest.map(({ name }) => name),
  )
  return { values: latest.map((one) => ({ latest: one, productionVersion: production.get(one.name) })), totalItems }
}

function filtered(db: CatalogDb, project: ProjectId, request: Request) {
  let rows = selectSkillVersions(db, project)
    .where('skill_versions.labels', 'like', '%"latest"%')
    .orderBy('skill_versions.updated_at', 'desc')
    .orderBy('skill_versions.name')
  const { name, search, tag, updatedFrom, updatedTo } = request
  if (name !== undefined) rows = rows.where('skill_versions.name', '=', name)
  if (tag !== undefined) rows = rows.where(contains(sql.ref('skills.tags'), JSON.stringify(tag)))
  if (updatedFrom !== undefined) rows = rows.where('skill_versions.updated_at', '>=', updatedFrom)
  if (updatedTo !== undefined) rows = rows.where('skill_versions.updated_at', '<', updatedTo)
  if (search === undefined) return rows
  const text = sql`lower(${sql.ref('skill_versions.name')} || ' ' || ${sql.ref('skill_versions.description')})`
  return rows.where(contains(text, search.toLowerCase()))
}

/** True where the text holds these characters, none of which is a wildcard. */
function contains(text: ReturnType<typeof sql>, part: string) {
  const pattern = `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return sql<SqlBool>`(${text} like ${pattern} escape '\\')`
}

async function productionVersions(
  db: CatalogDb,
  project: ProjectId,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map()
  const own = db.selectFrom('skill_versions').select(['name', 'version']).where('project_id', '=', project)
  const rows = await own.where('labels', 'like', '%"production"%').where('name', 'in', names).execute()
  return new Map(rows.map(({ name, version }) => [name, version]))
}
