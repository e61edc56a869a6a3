import type { MediaPart } from '#lib/chat/chat.ts'

const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)|audio\/[\w.+-]+)$/
const DEFAULT_MIME = { image: 'image/png', audio: 'audio/wav', video: undefined, file: undefined }

/** First characters of base64 by which a format is known. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['SUQz', 'audio/mpeg'],
  ['T2dnUw', 'audio/ogg'],
]

/** An address within the page (`data:`) for a picture or sound that the payload holds; undefined for all else. */
export function mediaUrl({ type, source, mime }: MediaPart): string | undefined {
  if (source.type === 'url') return /^data:(?:image|audio)\//i.test(source.url) ? source.url : undefined
  if (source.type !== 'base64') return undefined
  const known = mime ?? MAGIC.find(([start]) => source.data.startsWith(start))?.[1] ?? DEFAULT_MIME[type]
  return known && SHOWN.test(known) ? `data:${known};base64,${source.data}` : undefined
}
