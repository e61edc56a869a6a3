import { Brain, CornerDownRight, OctagonX, Wrench } from 'lucide-react'
import { FINDABLE } from '#components/find/find-ranges.ts'
import { FoldedPart } from '#components/find/folded-part.tsx'
import type { Part, ToolCallPart, ToolResultPart } from '#lib/chat/chat.ts'
import type { Pairing } from '#lib/chat/pairing.ts'
import { isBlank } from '#lib/chat/payload.ts'
import { InlineJson } from './inline-json.tsx'
import { LazyMedia } from './lazy-media.tsx'
import { MessageText } from './message-text.tsx'

interface PartViewProps {
  readonly part: Part
  readonly pairing: Pairing
  /** Of the last message, whose calls can have no result yet. */
  readonly isLast: boolean
}

/** One piece of a message. */
export function PartView({ part, pairing, isLast }: PartViewProps) {
  switch (part.type) {
    case 'text':
      return <MessageText text={part.text} />
    case 'thinking':
      return <Thinking text={part.text} isRedacted={part.isRedacted} />
    case 'tool_call':
      return <ToolCall part={part} isOpen={!isLast && pairing.openCalls.has(part)} />
    case 'tool_result':
      return <ToolResult part={part} pairing={pairing} />
    case 'json':
      return <InlineJson value={part.value} />
    default:
      return <LazyMedia part={part} />
  }
}

function Thinking({ text, isRedacted }: { readonly text: string; readonly isRedacted: boolean }) {
  return (
    <FoldedPart
      value={isRedacted ? undefined : text}
      isOpenAtFirst={!isRedacted && text.length < 400}
      className="text-text-2"
      summaryClass="flex pointer-coarse:min-h-6 items-center gap-1.5 text-12 text-text-3"
      summary={
        <>
          <Brain size={14} strokeWidth={1.5} aria-hidden /> {isRedacted ? 'Thinking, not readable' : 'Thinking'}
        </>
      }
    >
      {isRedacted ? null : (
        <div className="mt-1 border-l-2 pl-3 italic">
          <MessageText text={text} />
        </div>
      )}
    </FoldedPart>
  )
}

function ToolCall({ part, isOpen }: { readonly part: ToolCallPart; readonly isOpen: boolean }) {
  return (
    <div className="rounded-4 border">
      <p className="flex items-center gap-1.5 px-2 py-1 text-12">
        <Wrench size={14} strokeWidth={1.5} className="shrink-0 text-type-tool" aria-hidden />
        <span {...FINDABLE} className="truncate font-medium">
          {part.name}
        </span>
        {part.id ? (
          <span {...FINDABLE} className="mono truncate text-11 text-text-3">
            {part.id}
          </span>
        ) : null}
      </p>
      {isBlank(part.args) ? null : (
        <div className="border-t px-2 py-1">
          <InlineJson value={part.args} />
        </div>
      )}
      {part.note ? <p className="border-t px-2 py-1 text-12 text-warning">{part.note}</p> : null}
      {isOpen ? <p className="border-t px-2 py-1 text-12 text-text-3">no result recorded</p> : null}
    </div>
  )
}

function ToolResult({ part, pairing }: { readonly part: ToolResultPart; readonly pairing: Pairing }) {
  const name = part.name ?? pairing.callOf.get(part)?.name
  return (
    <div className={part.isError ? 'rounded-4 border border-error' : 'rounded-4 border'}>
      <p className="flex items-center gap-1.5 px-2 py-1 text-12 text-text-2">
        {part.isError ? (
          <OctagonX size={14} strokeWidth={1.5} className="shrink-0 text-error" aria-label="Failed" />
        ) : (
          <CornerDownRight size={14} strokeWidth={1.5} className="shrink-0 text-text-3" aria-hidden />
        )}
        <span className="truncate">{name ? `Result of ${name}` : 'Result'}</span>
        {part.id ? (
          <span {...FINDABLE} className="mono truncate text-11 text-text-3">
            {part.id}
          </span>
        ) : null}
      </p>
      <div className="flex flex-col gap-2 border-t px-2 py-1">
        {part.content.length === 0 ? <p className="text-12 text-text-3">empty</p> : null}
        {part.content.map((inner, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are their places
          <PartView key={index} part={inner} pairing={pairing} isLast={false} />
        ))}
      </div>
    </div>
  )
}
