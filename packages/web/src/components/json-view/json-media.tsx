import { useState } from 'react'
import { MediaView } from '#components/conversation/media-view.tsx'
import type { MediaPart } from '#lib/chat/chat.ts'
import { formatBytes } from '#lib/format/figures.ts'

/** Media within a JSON tree: what it is, and the thing itself once it is asked for. */
export function JsonMedia({ part }: { readonly part: MediaPart }) {
  const [isShown, setShown] = useState(false)
  const { source, mime, type } = part
  const size = source.type === 'base64' ? formatBytes((source.data.length * 3) / 4) : undefined
  return (
    <span className="flex min-w-0 flex-1 flex-col items-start gap-1">
      <button
        type="button"
        aria-expanded={isShown}
        className="rounded-4 bg-sunken px-1.5 text-text-2 hover:text-text"
        onClick={() => setShown(!isShown)}
      >
        {[size, mime ?? type].filter((word) => word !== undefined).join(' ')}
        <span className="ml-2 text-11 text-accent">{isShown ? 'Hide' : 'Show'}</span>
      </button>
      {isShown ? <MediaView part={part} /> : null}
    </span>
  )
}
