/** Media of a project for the web interface: its own, from this server, and of which other hosts pictures are loaded. */
import { type UiDoneDto, UiImageHostsBody, z } from '@xtrace/contract'
import type { Sessions } from '#auth/sessions.ts'
import type { Projects } from '#catalog/projects.ts'
import { jsonBody } from '#http/json-body.ts'
import { type SessionDeps, sessionSecret } from '#http/middleware/session.ts'
import type { Route } from '#http/route.ts'
import { mediaReply } from '#http/routes/media-content.ts'
import type { MediaDeps } from '#http/routes/media-deps.ts'
import type { ImageHosts } from '#http/ui-files.ts'
import { uiRoute } from '#http/ui-route.ts'
import type { Logger } from '#telemetry/logger.ts'
import { auditOf } from './audit.ts'

export interface ImageDeps extends Pick<MediaDeps, 'media' | 'store'> {
  readonly projects: Pick<Projects, 'setImageHosts'>
  readonly logger: Logger
}

/** What a browser keeps of media, which never change. */
const KEPT_MS = 24 * 60 * 60 * 1000

export function imageRoutes(deps: ImageDeps): Route[] {
  return [
    uiRoute({
      method: 'GET',
      path: '/media/:mediaId',
      summary: 'The bytes of media',
      params: z.object({ mediaId: z.string() }),
      handle: (request) =>
        mediaReply(
          request,
          { projectId: request.caller.projectId, mediaId: request.params.mediaId, maxAgeMs: KEPT_MS },
          deps,
        ),
    }),
    uiRoute({
      method: 'PUT',
      path: '/image-hosts',
      summary: 'Say of which hosts pictures are loaded',
      minRole: 'ADMIN',
      handle: async (request) => {
        const { hosts } = UiImageHostsBody.parse(await jsonBody(request))
        await deps.projects.setImageHosts(request.caller.projectId, [...new Set(hosts)])
        deps.logger.info({ ...auditOf(request, 'image_hosts_changed'), hosts }, 'Changed the hosts of pictures')
        return { body: { done: true } satisfies UiDoneDto }
      },
    }),
  ]
}

/** Those of all projects that the session may open, between which the page goes without being loaded anew. */
export function imageHostsOf({
  sessions,
  publicUrl,
}: {
  readonly sessions: Pick<Sessions, 'find' | 'projects'>
  readonly publicUrl: SessionDeps['publicUrl']
}): ImageHosts {
  return async (head) => {
    const secret = sessionSecret(head, publicUrl)
    const session = secret === undefined ? undefined : await sessions.find(secret)
    const projects = session ? await sessions.projects(session) : []
    return [...new Set(projects.flatMap(({ project }) => project.imageHosts))]
  }
}
