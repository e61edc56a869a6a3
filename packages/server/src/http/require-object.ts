import type { Presence } from '#catalog/presence.ts'
import { AppError } from '#domain/errors.ts'
import { hasObject, type StoredObjectType } from '#query/has-object.ts'
import type { Engine } from '#store/engine.ts'
import { readerOf } from './read-deps.ts'
import type { RouteRequest } from './route.ts'

export interface ObjectDeps {
  readonly engine: Engine
  readonly presence: Presence
}

export interface NamedObject {
  readonly objectType: StoredObjectType | 'PROMPT'
  readonly objectId: string
}

/** @throws AppError `not_found` when the project has no such object */
export async function requireObject(
  request: Pick<RouteRequest<unknown, unknown>, 'caller' | 'signal'>,
  { objectType, objectId }: NamedObject,
  { engine, presence }: ObjectDeps,
): Promise<void> {
  const isThere =
    objectType === 'PROMPT'
      ? await presence.hasPrompt(request.caller.projectId, objectId)
      : await hasObject(readerOf(request, engine), objectType, objectId)
  if (!isThere) throw new AppError('not_found', `Reference object, ${objectType}: ${objectId} not found`)
}
