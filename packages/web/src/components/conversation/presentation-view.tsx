import { FINDABLE } from '#components/find/find-ranges.ts'
import { FoldedPart } from '#components/find/folded-part.tsx'
import type { RetrievedDocument } from '#lib/chat/documents.ts'
import type { Embedding } from '#lib/chat/embeddings.ts'
import { isBlank } from '#lib/chat/payload.ts'
import type { Presentation } from '#lib/chat/present.ts'
import { formatBytes, formatCount, formatScore } from '#lib/format/figures.ts'
import { Conversation } from './conversation.tsx'
import { InlineJson } from './inline-json.tsx'
import { LazyMedia } from './lazy-media.tsx'
import { MessageText } from './message-text.tsx'

interface PresentationViewProps {
  readonly presentation: Presentation
  readonly knownCount?: number
}

/** A payload as it reads best. */
export function PresentationView({ presentation, knownCount = 0 }: PresentationViewProps) {
  switch (presentation.kind) {
    case 'nothing':
      return <p className="px-3 py-3 text-12 text-text-3">nothing recorded</p>
    case 'chat':
      return <Conversation chat={presentation.chat} knownCount={knownCount} />
    case 'documents':
      return (
        <>
          <Documents documents={presentation.documents} />
          <Rest value={presentation.rest} />
        </>
      )
    case 'embeddings':
      return (
        <>
          <Embeddings embeddings={presentation.embeddings} />
          <Rest value={presentation.rest} />
        </>
      )
    case 'base64':
      return <Base64 mime={presentation.content.mime} bytes={presentation.content.bytes} text={presentation.text} />
    case 'text':
      return (
        <div className="px-3 py-2">
          <MessageText text={presentation.text} isPlain={!presentation.isMarkdown} />
        </div>
      )
    case 'json':
      return (
        <div className="px-3 py-2">
          <InlineJson value={presentation.value} />
        </div>
      )
  }
}

/** What a list does not show of its payload. */
function Rest({ value }: { readonly value: unknown }) {
  if (isBlank(value)) return null
  return (
    <FoldedPart
      value={value}
      className="border-t px-3 py-2"
      summaryClass="pointer-coarse:py-1 text-12 text-text-3"
      summary="more fields"
    >
      <InlineJson value={value} />
    </FoldedPart>
  )
}

function Documents({ documents }: { readonly documents: readonly RetrievedDocument[] }) {
  const best = Math.max(...documents.map(({ score }) => Math.abs(score ?? 0)), Number.MIN_VALUE)
  return (
    <ol className="flex flex-col divide-y">
      {documents.map(({ text, title, id, score, metadata, path }, index) => (
        <li key={path.join('.')} className="flex flex-col gap-1 px-3 py-2">
          <p className="tabular flex items-center gap-2 text-12">
            <span className="text-text-3">{index + 1}</span>
            <span {...FINDABLE} className="truncate font-medium">
              {title ?? id ?? 'Document'}
            </span>
            {score === undefined ? null : (
              <span className="ml-auto flex shrink-0 items-center gap-2 text-text-2" title={String(score)}>
                <span aria-hidden className="h-1.5 w-16 rounded-2 bg-sunken">
                  <span
                    className="block h-full rounded-2 bg-type-retriever"
                    style={{ width: `${(Math.abs(score) / best) * 100}%` }}
                  />
                </span>
                {formatScore(score)}
              </span>
            )}
          </p>
          <MessageText text={text} />
          {Object.keys(metadata).length > 0 ? (
            <FoldedPart value={metadata} summaryClass="pointer-coarse:py-1 text-11 text-text-3" summary="metadata">
              <InlineJson value={metadata} />
            </FoldedPart>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function Embeddings({ embeddings }: { readonly embeddings: readonly Embedding[] }) {
  return (
    <ol className="flex flex-col divide-y">
      {embeddings.map(({ dimension, norm, strip }, index) => {
        const most = Math.max(...strip.map(Math.abs), Number.MIN_VALUE)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: vectors are their places
          <li key={index} className="tabular flex items-center gap-3 px-3 py-2 text-12">
            <span className="flex h-4" aria-hidden>
              {strip.map((value, cell) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are their places
                  key={cell}
                  className={value < 0 ? 'w-1.5 bg-chart-2' : 'w-1.5 bg-chart-1'}
                  style={{ opacity: Math.abs(value) / most }}
                />
              ))}
            </span>
            {formatCount(dimension)} dimensions, length {formatScore(norm)}
          </li>
        )
      })}
    </ol>
  )
}

function Base64({ mime, bytes, text }: { readonly mime: string; readonly bytes: number; readonly text: string }) {
  const [family] = mime.split('/')
  const type = family === 'image' || family === 'audio' || family === 'video' ? family : 'file'
  return (
    <div className="flex flex-col items-start gap-1 px-3 py-2 text-12 text-text-2">
      <LazyMedia part={{ type, source: { type: 'base64', data: text }, mime, name: undefined }} />
      <span>
        {formatBytes(bytes)} {mime}
      </span>
    </div>
  )
}
