import { randomUUID } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { SkillSummary, SkillVersion } from '#domain/skill.ts'
import type { SkillManifest } from '#domain/skill-manifest.ts'
import type { CatalogDb } from './database.ts'
import { changeInProject } from './locked-change.ts'
import type { Page, PageRequest } from './page.ts'
import { type NewSkillFile, storeFiles } from './skill-files.ts'
import { findSkills } from './skill-list.ts'
import { fromSkillRow, selectSkillVersions } from './skill-row.ts'

export interface NewSkillVersion {
  readonly manifest: SkillManifest
  readonly files: readonly NewSkillFile[]
  readonly commitMessage: string | undefined
}

export interface SkillFilter {
  readonly name?: string | undefined
  /** In names and the latest descriptions, in any case. */
  readonly search?: string | undefined
  readonly tag?: string | undefined
  /** Of the latest version; milliseconds since the epoch, the end not included. */
  readonly updatedFrom?: number | undefined
  readonly updatedTo?: number | undefined
}

/** Which version of a skill is meant. */
export type SkillChoice = { readonly version: number } | { readonly label: string }

export interface Skills {
  /** The next version of the skill that the manifest names. @throws AppError `bad_request` for a content that is not here */
  createVersion(projectId: ProjectId, wanted: NewSkillVersion): Promise<SkillVersion>
  find(projectId: ProjectId, name: string, choice: SkillChoice): Promise<SkillVersion | undefined>
  /** The newest change first. */
  list(projectId: ProjectId, request: PageRequest & SkillFilter): Promise<Page<SkillSummary>>
  /** Gives the latest version. @throws AppError `not_found` */
  setTags(projectId: ProjectId, name: string, tags: readonly string[]): Promise<SkillVersion>
  /** Replaces the version's labels and takes them from other versions; `latest` stays where it is. @throws AppError `not_found` */
  setLabels(projectId: ProjectId, place: VersionPlace, labels: readonly string[]): Promise<SkillVersion>
  /** The last one takes the skill with it. @throws AppError `not_found` */
  deleteVersion(projectId: ProjectId, place: VersionPlace): Promise<void>
  /** The contents that the project has, by their hashes. */
  contents(projectId: ProjectId, sha256s: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface VersionPlace {
  readonly name: string
  readonly version: number
}

const LATEST = 'latest'

export function createSkills(db: CatalogDb, now: () => number): Skills {
  return {
    createVersion: (project, wanted) =>
      changeInProject(db, project, (transaction) => insertVersion(transaction, { project, at: now(), ...wanted })),
    find: async (project, name, choice) => {
      const versions = await versionsOf(db, project, name)
      return versions.find(({ version, labels }) =>
        'version' in choice ? version === choice.version : labels.includes(choice.label),
      )
    },
    list: (project, request) => findSkills(db, project, request),
    setTags: (project, name, tags) =>
      changeInProject(db, project, async (transaction) => {
        const [latest] = await versionsOf(transaction, project, name)
        if (!latest) throw notFound()
        const own = transaction.updateTable('skills').set({ tags: JSON.stringify([...new Set(tags)]) })
        await own.where('project_id', '=', project).where('name', '=', name).execute()
        await updateVersion(transaction, latest, { updated_at: now() })
        return await getVersion(transaction, project, latest)
      }),
    setLabels: (project, place, labels) =>
      changeInProject(db, project, async (transaction) => {
        const versions = await versionsOf(transaction, project, place.name)
        if (!versions.some(({ version }) => version === place.version)) throw notFound()
        await moveLabels(transaction, versions, { ...place, labels, at: now() })
        return await getVersion(transaction, project, place)
      }),
    deleteVersion: (project, place) =>
      changeInProject(db, project, (transaction) => deleteVersion(transaction, project, place)),
    contents: async (project, sha256s) => {
      const own = db.selectFrom('skill_files').select(['sha256', 'content']).where('project_id', '=', project)
      const rows = await own.where('sha256', 'in', sha256s).execute()
      return new Map(rows.map(({ sha256, content }) => [sha256, content]))
    },
  }
}

const notFound = () => new AppError('not_found', 'Skill not found within authorized project')

/** Newest first. */
async function versionsOf(db: CatalogDb, project: ProjectId, name: string): Promise<SkillVersion[]> {
  const own = selectSkillVersions(db, project).where('skill_versions.name', '=', name)
  return (await own.orderBy('skill_versions.version', 'desc').execute()).map(fromSkillRow)
}

async function getVersion(db: CatalogDb, project: ProjectId, place: VersionPlace): Promise<SkillVersion> {
  const own = selectSkillVersions(db, project).where('skill_versions.name', '=', place.name)
  const row = await own.where('skill_versions.version', '=', place.version).executeTakeFirst()
  if (!row) throw notFound()
  return fromSkillRow(row)
}

async function insertVersion(
  db: CatalogDb,
  { project, at, manifest, files, commitMessage }: NewSkillVersion & { project: ProjectId; at: number },
): Promise<SkillVersion> {
  const { name, description, frontmatter } = manifest
  const versions = await versionsOf(db, project, name)
  const version = (versions[0]?.version ?? 0) + 1
  const skill = db.insertInto('skills').values({ project_id: project, name, tags: '[]' })
  await skill.onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing()).execute()
  const [previous] = versions
  if (previous)
    await updateVersion(db, previous, { labels: labelsText(previous.labels.filter((label) => label !== LATEST)) })
  const row = { id: randomUUID(), project_id: project, name, version, description }
  await db
    .insertInto('skill_versions')
    .values({
      ...row,
      frontmatter: JSON.stringify(frontmatter),
      labels: labelsText([LATEST]),
      commit_message: commitMessage ?? null,
      files: JSON.stringify(await storeFiles(db, { project, files, at })),
      created_at: at,
      updated_at: at,
    })
    .execute()
  return await getVersion(db, project, { name, version })
}

const labelsText = (labels: readonly string[]): string => JSON.stringify([...new Set(labels)])

async function updateVersion(
  db: CatalogDb,
  { id, projectId }: Pick<SkillVersion, 'id' | 'projectId'>,
  columns: { readonly labels?: string; readonly updated_at?: number },
): Promise<void> {
  const own = db.updateTable('skill_versions').set(columns).where('project_id', '=', projectId)
  await own.where('id', '=', id).execute()
}

async function moveLabels(
  db: CatalogDb,
  versions: readonly SkillVersion[],
  { version, labels, at }: VersionPlace & { readonly labels: readonly string[]; readonly at: number },
): Promise<void> {
  for (const one of versions) {
    const kept = one.version === version ? labels : one.labels.filter((label) => !labels.includes(label))
    const wanted = new Set(kept.filter((label) => label !== LATEST))
    if (one.labels.includes(LATEST)) wanted.add(LATEST)
    if (labelsText(one.labels) !== labelsText([...wanted]))
      await updateVersion(db, one, { labels: labelsText([...wanted]), updated_at: at })
  }
}

async function deleteVersion(db: CatalogDb, project: ProjectId, { name, version }: VersionPlace): Promise<void> {
  const versions = await versionsOf(db, project, name)
  const gone = versions.find((one) => one.version === version)
  if (!gone) throw notFound()
  await db.deleteFrom('skill_versions').where('project_id', '=', project).where('id', '=', gone.id).execute()
  const [newest] = versions.filter((one) => one !== gone)
  if (!newest) await db.deleteFrom('skills').where('project_id', '=', project).where('name', '=', name).execute()
  else if (!newest.labels.includes(LATEST))
    await updateVersion(db, newest, { labels: labelsText([...newest.labels, LATEST]) })
}
