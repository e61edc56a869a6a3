import { projectPath } from '#api/paths.ts'
import { mimeOf, plainBase64 } from '#lib/chat/base64.ts'
import type { MediaPart } from '#lib/chat/chat.ts'
import { mediaKind, referenceOf } from '#lib/chat/media-reference.ts'

/** Where a part's bytes are, and what may be done with them. */
export interface MediaPlace {
  /** An address that the page may load by itself: the payload's own bytes, our server, a host that the project lists. */
  readonly url: string | undefined
  readonly kind: MediaPart['type']
  readonly mime: string | undefined
  /** An address on another host, to open on purpose. */
  readonly elsewhere: URL | undefined
  /** Kept by this server: may be downloaded. */
  readonly isOurs: boolean
}

/** What tells the kind of bytes. */
const START_CHARS = 64
const DEFAULT_MIME = { image: 'image/png', audio: 'audio/wav', video: undefined, file: undefined }
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)|(?:audio|video)\/[\w.+-]+)$/
const DATA = /^data:((?:image|audio|video)\/[\w.+-]+)[;,]/i

/** Of whatever lies on another host, only its address: loading it could carry out what the conversation holds. */
export function mediaPlace(
  { type, source, mime }: MediaPart,
  project: { readonly id: string; readonly imageHosts: readonly string[] },
): MediaPlace {
  const place = { url: undefined, kind: type, mime, elsewhere: undefined, isOurs: false }
  if (source.type === 'id') return place
  const text = source.type === 'url' ? source.url : source.data
  const reference = referenceOf(text)
  if (reference) {
    const known = reference.mime ?? mime
    const kind = known === undefined ? type : mediaKind(known)
    return { ...place, kind, mime: known, url: projectPath(project.id, 'media', reference.id), isOurs: true }
  }
  if (source.type === 'base64')
    return {
      ...place,
      ...dataPlace(text, mime ?? mimeOf(plainBase64(text.slice(0, START_CHARS))) ?? DEFAULT_MIME[type]),
    }
  const data = DATA.exec(text)?.[1]
  if (data) return { ...place, url: text, kind: mediaKind(data), mime: data.toLowerCase() }
  const elsewhere = /^https?:/i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  const isListed = elsewhere?.protocol === 'https:' && project.imageHosts.includes(elsewhere.host)
  return { ...place, elsewhere, url: isListed && type === 'image' ? elsewhere?.href : undefined }
}

function dataPlace(data: string, mime: string | undefined): Partial<MediaPlace> {
  const bare = plainBase64(data.replace(/^data:[^,]*,/, ''))
  return mime && SHOWN.test(mime) ? { url: `data:${mime};base64,${bare}`, mime, kind: mediaKind(mime) } : { mime }
}
