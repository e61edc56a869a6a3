import { Download, ExternalLink, File, FileAudio, FileVideo, Image } from 'lucide-react'
import { useState } from 'react'
import type { MediaPart } from '#lib/chat/chat.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { useProject } from '#project/use-project.ts'
import { type MediaPlace, mediaPlace } from './media-place.ts'

const ICONS = { image: Image, audio: FileAudio, video: FileVideo, file: File }

/** A picture, sound or film that the payload or this server holds; of what lies elsewhere only the name and a way there. */
export function MediaView({ part }: { readonly part: MediaPart }) {
  const { project } = useProject()
  const place = mediaPlace(part, project)
  const [isFailed, setFailed] = useState(false)
  const shown = place.url !== undefined && !isFailed ? place.url : undefined
  const fail = () => setFailed(true)
  if (shown !== undefined && place.kind === 'image')
    return (
      <img
        src={shown}
        alt={part.name ?? 'picture of the message'}
        referrerPolicy="no-referrer"
        onError={fail}
        className="max-h-80 max-w-full self-start rounded-4 border object-contain"
      />
    )
  if (shown !== undefined && place.kind === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: what is recorded has no captions
    return <audio controls preload="metadata" src={shown} onError={fail} className="max-w-full" />
  if (shown !== undefined && place.kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: what is recorded has no captions
    return <video controls preload="metadata" src={shown} onError={fail} className="max-h-80 max-w-full rounded-4" />
  return <MediaChip part={part} place={place} isFailed={isFailed} />
}

interface MediaChipProps {
  readonly part: MediaPart
  readonly place: MediaPlace
  readonly isFailed: boolean
}

function MediaChip({ part: { name, source }, place, isFailed }: MediaChipProps) {
  const { kind, mime, elsewhere, isOurs, url } = place
  const Icon = ICONS[kind]
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 self-start rounded-4 bg-sunken px-2 py-1 text-12 text-text-2">
      <Icon size={14} strokeWidth={1.5} aria-hidden className="shrink-0" />
      <span className="truncate">{name ?? kind}</span>
      <span className="text-text-3">
        {mime}
        {source.type === 'base64' && !isOurs ? ` ${formatBytes((source.data.length * 3) / 4)}` : ''}
        {source.type === 'id' ? ` kept by the provider as ${source.id}` : ''}
        {elsewhere ? ` ${elsewhere.host}` : ''}
        {isFailed ? ' could not be loaded' : ''}
      </span>
      {isOurs ? (
        <a href={url} download aria-label={`Download ${name ?? kind}`}>
          <Download size={12} strokeWidth={1.5} />
        </a>
      ) : null}
      {elsewhere ? (
        <a
          href={elsewhere.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          aria-label={`Open ${elsewhere.href}`}
        >
          <ExternalLink size={12} strokeWidth={1.5} />
        </a>
      ) : null}
    </span>
  )
}
