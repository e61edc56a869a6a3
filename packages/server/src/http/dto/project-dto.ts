import type { ApiKeyDto, ProjectDto } from '@xtrace/contract'
import type { ApiKey } from '#catalog/keys.ts'
import type { OrganizationKey } from '#catalog/organization-keys.ts'
import type { Project } from '#catalog/projects.ts'
import { isoFromMs } from './page-dto.ts'

/** A project as its own key and its organization's see it (public-api contract §18). */
export function toProjectDto({ id, name, organization, metadata, retentionDays }: Project): ProjectDto {
  return { id, name, organization, metadata, ...(retentionDays ? { retentionDays } : {}) }
}

/** A key of a project or of an organization, without its secret. */
export function toApiKeyDto(key: ApiKey | OrganizationKey): ApiKeyDto {
  const isoOrNull = (ms: number | undefined) => (ms === undefined ? null : isoFromMs(ms))
  const name = key.note ?? null
  return {
    id: key.id,
    createdAt: isoFromMs(key.createdAt),
    expiresAt: isoOrNull('expiresAt' in key ? key.expiresAt : undefined),
    lastUsedAt: isoOrNull(key.lastUsedAt),
    name,
    note: name,
    publicKey: key.publicKey,
    displaySecretKey: key.displaySecret,
  }
}
