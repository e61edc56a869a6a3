import { ExternalLink, ImageOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import { APART } from '#components/find/find-ranges.ts'
import type { MediaPart } from '#lib/chat/chat.ts'
import { useProject } from '#project/use-project.ts'
import { gfmReading } from './gfm-reading.ts'
import { mediaPlace } from './media-place.ts'

const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i

function hostOf(address: string): string {
  try {
    return new URL(address).host
  } catch {
    return ''
  }
}

/** Links leave with no word of where they come from, and say where they lead. */
function SafeLink({ href = '', children }: ComponentProps<'a'>) {
  if (!SAFE_LINK.test(href)) return <span className="underline decoration-dotted">{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href} className="text-accent underline">
      {children}
      <span {...APART} className="ml-1 text-11 text-text-3 no-underline">
        {hostOf(href)}
      </span>
    </a>
  )
}

/** A picture of a host that the project does not list is not loaded: its address could carry out what the conversation holds. */
function SafeImage({ src = '', alt }: ComponentProps<'img'>) {
  const { project } = useProject()
  const address = typeof src === 'string' ? src : ''
  const [isFailed, setFailed] = useState(false)
  const part: MediaPart = { type: 'image', source: { type: 'url', url: address }, mime: undefined, name: alt }
  const { url } = mediaPlace(part, project)
  if (url !== undefined && !isFailed)
    return (
      <img
        src={url}
        alt={alt ?? ''}
        referrerPolicy="no-referrer"
        onError={() => setFailed(true)}
        className="max-h-80 max-w-full rounded-4"
      />
    )
  return (
    <span className="inline-flex items-center gap-1.5 rounded-4 bg-sunken px-2 py-0.5 text-12 text-text-2">
      <ImageOff size={14} strokeWidth={1.5} aria-hidden />
      {alt || 'picture'}{' '}
      <span {...APART} className="text-text-3">
        {hostOf(address)}
      </span>
      {SAFE_LINK.test(address) ? (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow" aria-label={`Open ${address}`}>
          <ExternalLink size={12} strokeWidth={1.5} />
        </a>
      ) : null}
    </span>
  )
}

const COMPONENTS: Components = {
  a: ({ href, children }) => <SafeLink {...(href !== undefined && { href })}>{children}</SafeLink>,
  img: ({ src, alt }) => <SafeImage {...(src !== undefined && { src })} {...(alt !== undefined && { alt })} />,
  h1: ({ children }) => <p className="mt-3 font-semibold text-16 first:mt-0">{children}</p>,
  h2: ({ children }) => <p className="mt-3 font-semibold first:mt-0">{children}</p>,
  h3: ({ children }) => <p className="mt-2 font-semibold first:mt-0">{children}</p>,
  h4: ({ children }) => <p className="mt-2 font-medium first:mt-0">{children}</p>,
  p: ({ children }) => <p className="mt-2 first:mt-0">{children}</p>,
  ul: ({ children }) => <ul className="mt-1 list-disc pl-5 marker:text-text-3">{children}</ul>,
  ol: ({ children, start }) => (
    <ol className="mt-1 list-decimal pl-5 marker:text-text-3" {...(start !== undefined && { start })}>
      {children}
    </ol>
  ),
  li: ({ children }) => <li className="mt-0.5">{children}</li>,
  blockquote: ({ children }) => <blockquote className="mt-2 border-l-2 pl-3 text-text-2">{children}</blockquote>,
  hr: () => <hr className="my-3" />,
  pre: ({ children }) => (
    <pre className="mono mt-2 overflow-x-auto rounded-4 bg-sunken p-2 [&_code]:bg-transparent [&_code]:p-0">
      {children}
    </pre>
  ),
  code: ({ children }) => <code className="mono rounded-2 bg-sunken px-1 py-0.5">{children}</code>,
  table: ({ children }) => (
    <div className="mt-2 overflow-x-auto">
      <table className="border-collapse text-12">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border px-2 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border px-2 py-1 align-top">{children}</td>,
}

/** Markdown without raw HTML and without pictures from elsewhere. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={[gfmReading]} rehypePlugins={[rehypeSanitize]} components={COMPONENTS} skipHtml>
      {text}
    </ReactMarkdown>
  )
}
