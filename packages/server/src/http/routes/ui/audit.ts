import type { UiRequest } from '#http/ui-route.ts'

/** What every line of the log about a change of access says: what, who, where, in which request. */
export function auditOf<Query, Params>(
  { session, caller, requestId }: Pick<UiRequest<Query, Params>, 'session' | 'caller' | 'requestId'>,
  audit: string,
) {
  return { audit, userId: session.user?.id, projectId: caller.projectId || undefined, requestId }
}
