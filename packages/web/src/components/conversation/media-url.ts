import { mimeOf } from '#lib/chat/base64.ts'
import type { MediaPart } from '#lib/chat/chat.ts'

const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)|audio\/[\w.+-]+)$/
const DEFAULT_MIME = { image: 'image/png', audio: 'audio/wav', video: undefined, file: undefined }

/** An address within the page (`data:`) for a picture or sound that the payload holds; undefined for all else. */
export function mediaUrl({ type, source, mime }: MediaPart): string | undefined {
  if (source.type === 'url') return /^data:(?:image|audio)\//i.test(source.url) ? source.url : undefined
  if (source.type !== 'base64') return undefined
  const known = mime ?? mimeOf(source.data) ?? DEFAULT_MIME[type]
  return known && SHOWN.test(known) ? `data:${known};base64,${source.data}` : undefined
}
