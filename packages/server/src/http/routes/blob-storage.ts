import {
  BlobStorageDto,
  BlobStorageParams,
  BlobStorageSettings,
  BlobStorageStatusDto,
  BlobStoragesDto,
  DeletedDto,
  PutBlobStorageBody,
} from '@xtrace/contract'
import type { BlobStorage, BlobStorages } from '#catalog/blob-storages.ts'
import type { Projects } from '#catalog/projects.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { ownedProject } from '#http/owned-project.ts'
import { organizationRoute, type Route } from '#http/route.ts'
import type { Sealer } from '#lib/sealer.ts'

export interface BlobStorageDeps {
  readonly blobStorages: BlobStorages
  readonly projects: Pick<Projects, 'findOwned'>
  readonly sealer: Pick<Sealer, 'seal'>
}

const PATH = '/api/public/integrations/blob-storage'

/** Integrations with blob storage: kept and read, not yet run (public-api contract §19). */
export function blobStorageRoutes(deps: BlobStorageDeps): Route[] {
  return [listRoute(deps), putRoute(deps), statusRoute(deps), deleteRoute(deps)]
}

function listRoute({ blobStorages }: BlobStorageDeps): Route {
  return organizationRoute({
    method: 'GET',
    path: PATH,
    errors: 'organizations',
    doc: {
      operationId: 'blobStorageIntegrations_getBlobStorageIntegrations',
      tag: 'BlobStorageIntegrations',
      summary: 'List the integrations of the organization',
      responses: { 200: BlobStoragesDto },
    },
    handle: async ({ organizationId }) => {
      const data = (await blobStorages.list(organizationId)).map(toDto)
      return { body: { data } satisfies BlobStoragesDto }
    },
  })
}

function putRoute({ blobStorages, projects, sealer }: BlobStorageDeps): Route {
  return organizationRoute({
    method: 'PUT',
    path: PATH,
    errors: 'organizations',
    doc: {
      operationId: 'blobStorageIntegrations_upsertBlobStorageIntegration',
      tag: 'BlobStorageIntegrations',
      summary: 'Make or replace the integration of a project; nothing is exported yet',
      body: PutBlobStorageBody,
      failures: ['not_found'],
      responses: { 200: BlobStorageDto },
    },
    handle: async (request) => {
      const { projectId, secretAccessKey, ...body } = PutBlobStorageBody.parse(await jsonBody(request))
      const project = await ownedProject(projects, request.organizationId, projectId)
      const kept = await blobStorages.ofProject(project.id)
      const settings = settingsOf(body, kept && BlobStorageSettings.parse(kept.settings))
      const sealedSecret = secretAccessKey ? sealer.seal(secretAccessKey, `blob-storage:${project.id}`) : undefined
      return { body: toDto(await blobStorages.put(project.id, { settings, sealedSecret })) }
    },
  })
}

function statusRoute({ blobStorages }: BlobStorageDeps): Route {
  return organizationRoute({
    method: 'GET',
    path: `${PATH}/:id`,
    errors: 'organizations',
    params: BlobStorageParams,
    doc: {
      operationId: 'blobStorageIntegrations_getBlobStorageIntegrationStatus',
      tag: 'BlobStorageIntegrations',
      summary: 'How far an integration has got',
      responses: { 200: BlobStorageStatusDto },
    },
    handle: async ({ organizationId, params }) => {
      const storage = await blobStorages.find(organizationId, params.id)
      if (!storage) throw new AppError('not_found', 'Blob storage integration not found')
      const { enabled } = BlobStorageSettings.parse(storage.settings)
      const syncStatus = enabled ? 'error' : 'disabled'
      const { id, projectId } = storage
      const body: BlobStorageStatusDto = { id, projectId, syncStatus, enabled, ...progressOf(storage, enabled) }
      return { body }
    },
  })
}

function deleteRoute({ blobStorages }: BlobStorageDeps): Route {
  return organizationRoute({
    method: 'DELETE',
    path: `${PATH}/:id`,
    errors: 'organizations',
    params: BlobStorageParams,
    doc: {
      operationId: 'blobStorageIntegrations_deleteBlobStorageIntegration',
      tag: 'BlobStorageIntegrations',
      summary: 'Delete an integration',
      responses: { 200: DeletedDto },
    },
    handle: async ({ organizationId, params }) => {
      const isGone = await blobStorages.delete(organizationId, params.id)
      if (!isGone) throw new AppError('not_found', 'Blob storage integration not found')
      return { body: { message: 'Blob storage integration deleted successfully' } satisfies DeletedDto }
    },
  })
}

type Content = Omit<PutBlobStorageBody, 'projectId' | 'secretAccessKey'>

/** Of an integration that is there, source and field groups stay unless they are given. */
function settingsOf(body: Content, kept: BlobStorageSettings | undefined): BlobStorageSettings {
  return {
    ...body,
    endpoint: body.endpoint ?? null,
    accessKeyId: body.accessKeyId ?? null,
    prefix: body.prefix ?? '',
    exportStartDate: body.exportStartDate ? isoFromMs(Date.parse(body.exportStartDate)) : null,
    compressed: body.compressed ?? true,
    exportSource: body.exportSource ?? kept?.exportSource ?? 'OBSERVATIONS_V2',
    exportFieldGroups: body.exportFieldGroups ?? kept?.exportFieldGroups ?? null,
  }
}

const NOT_RUN = 'This version of xtrace keeps integrations with blob storage but does not export to them yet'

/** Whoever counts on an export must not read that all is well. */
function progressOf({ updatedAt }: BlobStorage, isEnabled: boolean) {
  const error = isEnabled
    ? { lastError: NOT_RUN, lastErrorAt: isoFromMs(updatedAt) }
    : { lastError: null, lastErrorAt: null }
  return { lastSyncAt: null, nextSyncAt: null, ...error }
}

function toDto(storage: BlobStorage): BlobStorageDto {
  const settings = BlobStorageSettings.parse(storage.settings)
  return {
    id: storage.id,
    projectId: storage.projectId,
    ...settings,
    ...progressOf(storage, settings.enabled),
    createdAt: isoFromMs(storage.createdAt),
    updatedAt: isoFromMs(storage.updatedAt),
  }
}
