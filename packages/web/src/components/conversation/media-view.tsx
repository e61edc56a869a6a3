import { ExternalLink, File, FileAudio, FileVideo, Image } from 'lucide-react'
import type { MediaPart } from '#lib/chat/chat.ts'
import { formatBytes } from '#lib/format/figures.ts'
import { mediaUrl } from './media-url.ts'

const ICONS = { image: Image, audio: FileAudio, video: FileVideo, file: File }

/** A picture or sound that the payload itself holds; of what lies on another host only the name and a way there. */
export function MediaView({ part }: { readonly part: MediaPart }) {
  const { type, name, mime, source } = part
  const url = mediaUrl(part)
  if (url !== undefined && type === 'image')
    return <img src={url} alt={name ?? 'picture of the message'} className="max-h-80 max-w-full rounded-4 border" />
  if (url !== undefined && type === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: what is recorded has no captions
    return <audio controls src={url} className="max-w-full" />
  const Icon = ICONS[type]
  const address = source.type === 'url' && /^https?:/i.test(source.url) ? source.url : undefined
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-4 bg-sunken px-2 py-1 text-12 text-text-2">
      <Icon size={14} strokeWidth={1.5} aria-hidden className="shrink-0" />
      <span className="truncate">{name ?? type}</span>
      <span className="text-text-3">
        {mime}
        {source.type === 'base64' ? ` ${formatBytes((source.data.length * 3) / 4)}` : ''}
        {source.type === 'id' ? ` kept by the provider as ${source.id}` : ''}
        {address ? ` ${new URL(address).host}` : ''}
      </span>
      {address ? (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow" aria-label={`Open ${address}`}>
          <ExternalLink size={12} strokeWidth={1.5} />
        </a>
      ) : null}
    </span>
  )
}
