import { randomUUID } from 'node:crypto'
import { type ApiKeysDto, type NewApiKeyDto, type UiDoneDto, UiKeyParams, UiNewKeyBody } from '@xtrace/contract'
import type { Keys } from '#catalog/keys.ts'
import { AppError } from '#domain/errors.ts'
import { toApiKeyDto } from '#http/dto/project-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import type { Logger } from '#telemetry/logger.ts'
import { auditOf } from './audit.ts'

export interface UiKeyDeps {
  readonly keys: Pick<Keys, 'list' | 'create' | 'revoke'>
  readonly logger: Logger
}

const PATH = '/api-keys'

/** The key pairs of a project; a secret is in the answer that makes it and nowhere else. */
export function uiKeyRoutes(deps: UiKeyDeps): Route[] {
  return [listRoute(deps), createRoute(deps), revokeRoute(deps)]
}

function listRoute({ keys }: UiKeyDeps): Route {
  return uiRoute({
    method: 'GET',
    path: PATH,
    summary: 'The key pairs of the project',
    handle: async ({ caller }) => {
      const all = await keys.list(caller.projectId)
      return { body: { apiKeys: all.map(toApiKeyDto) } satisfies ApiKeysDto }
    },
  })
}

function createRoute({ keys, logger }: UiKeyDeps): Route {
  return uiRoute({
    method: 'POST',
    path: PATH,
    summary: 'Make a key pair',
    minRole: 'ADMIN',
    handle: async (request) => {
      const { name } = UiNewKeyBody.parse(await jsonBody(request))
      const pair = { publicKey: `pk-lf-${randomUUID()}`, secretKey: `sk-lf-${randomUUID()}` }
      const key = await keys.create(request.caller.projectId, { ...pair, note: name || undefined })
      logger.info({ ...auditOf(request, 'key_created'), publicKey: key.publicKey }, 'Made a key pair')
      const { lastUsedAt: _, ...row } = toApiKeyDto(key)
      return { status: 201, body: { ...row, secretKey: pair.secretKey } satisfies NewApiKeyDto }
    },
  })
}

function revokeRoute({ keys, logger }: UiKeyDeps): Route {
  return uiRoute({
    method: 'DELETE',
    path: `${PATH}/:keyId`,
    summary: 'Revoke a key pair; it stops working at once',
    minRole: 'ADMIN',
    params: UiKeyParams,
    handle: async (request) => {
      const { keyId } = request.params
      if (!(await keys.revoke(request.caller.projectId, keyId))) throw new AppError('not_found', 'There is no such key')
      logger.info({ ...auditOf(request, 'key_revoked'), keyId }, 'Revoked a key pair')
      return { body: { done: true } satisfies UiDoneDto }
    },
  })
}
