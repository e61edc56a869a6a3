import { lazy, Suspense } from 'react'
import type { MediaPart } from '#lib/chat/chat.ts'
import { type MediaReference, mediaKind } from '#lib/chat/media-reference.ts'

const MediaView = lazy(async () => ({ default: (await import('./media-view.tsx')).MediaView }))

/** As `MediaView`, whose script comes with the first of them. */
export function LazyMedia({ part }: { readonly part: MediaPart }) {
  return (
    <Suspense fallback={<span className="text-12 text-text-3">{part.type}</span>}>
      <MediaView part={part} />
    </Suspense>
  )
}

/** Media that a text refers to, as a part of a message. */
export const referencePart = ({ id, mime }: MediaReference): MediaPart => ({
  type: mediaKind(mime),
  source: { type: 'url', url: `@@@langfuseMedia:type=${mime ?? ''}|id=${id}@@@` },
  mime,
  name: undefined,
})
