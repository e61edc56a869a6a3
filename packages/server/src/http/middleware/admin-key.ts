import { createHash, timingSafeEqual } from 'node:crypto'
import type { Caller } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'

export interface AdminDeps {
  /** The key of ADMIN_API_KEY; undefined where there is none. */
  readonly key: string | undefined
  hasProject(id: ProjectId): Promise<boolean>
}

const KEY_HEADER = 'x-langfuse-admin-api-key'
const PROJECT_HEADER = 'x-langfuse-project-id'

/**
 * The caller of a request that brings the admin key, twice, and names a project (public-api contract §1.3);
 * undefined for one that does not try to.
 * @throws AppError `unauthorized`, `bad_request` without a project, `not_found`, `not_implemented` where there is no key
 */
export async function adminCaller(
  header: (name: string) => string | undefined,
  { key, hasProject }: AdminDeps,
): Promise<Caller | undefined> {
  const sent = header(KEY_HEADER)
  if (sent === undefined) return undefined
  if (key === undefined) {
    throw new AppError('not_implemented', 'Admin API key is not configured on this instance; set ADMIN_API_KEY')
  }
  const [, bearer = ''] = /^Bearer (.+)$/i.exec(header('authorization') ?? '') ?? []
  if (!isSame(sent, key) || !isSame(bearer, key)) throw new AppError('unauthorized', 'Invalid admin API key')
  const named = header(PROJECT_HEADER)
  if (!named) throw new AppError('bad_request', `The header ${PROJECT_HEADER} must name the project`)
  const id = projectId(named)
  if (!(await hasProject(id))) throw new AppError('not_found', 'Project not found')
  return { projectId: id, scope: 'project', isToken: false, publicKey: 'admin' }
}

/** Digests are compared, as they have one length whatever was sent. */
function isSame(text: string, expected: string): boolean {
  return timingSafeEqual(digest(text), digest(expected))
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()
