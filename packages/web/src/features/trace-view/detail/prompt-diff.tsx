import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useMemo } from 'react'
import { firstLine } from '#components/conversation/message-facts.ts'
import { useWordDiff } from '#components/text-diff/use-word-diff.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
import { idOf } from '#features/trace-view/model/trace-model.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import type { Chat, Message } from '#lib/chat/chat.ts'
import { present } from '#lib/chat/present.ts'
import {
  type CacheUse,
  cacheUse,
  haveSameTools,
  type MessageChange,
  messageText,
  promptChange,
} from '#lib/chat/prompt-change.ts'
import type { TextPiece } from '#lib/chat/word-diff.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatPercent } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import { at } from '#lib/trace/column.ts'

interface PromptDiffProps {
  readonly node: number
  readonly beforeId: string
  readonly prompt: Prompt
}

export type Prompt = Pick<Chat, 'messages' | 'tools'>

const NO_PROMPT: Prompt = { messages: [], tools: [] }

/** Two prompts of one agent: what both begin with, what came and went, and what the cache made of it. */
export function PromptDiff({ node, beforeId, prompt }: PromptDiffProps) {
  const { project } = useTraceContext()
  const model = useModel()
  const before = useQuery(nodeQuery(project, model, beforeId))
  const own = useQuery(nodeQuery(project, model, idOf(model, node) ?? ''))
  const text = before.data?.payloads.input.text
  const change = useMemo(() => {
    if (text === undefined) return undefined
    const earlier = present(text)
    const { messages, tools } = earlier.kind === 'chat' ? earlier.chat : NO_PROMPT
    const isSameTools = haveSameTools(tools, prompt.tools)
    return { ...promptChange(messages, prompt.messages), isSameTools }
  }, [text, prompt])
  if (!change) return <Skeleton className="mx-3 mb-3 h-16" />
  const { skeleton } = model.tree
  const use = cacheUse(change.isSameTools ? change : { ...change, sharedChars: 0 }, {
    inputTokens: at(skeleton.inputTokens, node) || 0,
    cachedTokens: at(skeleton.cachedTokens, node) || 0,
    prices: own.data?.costSources.promptPrices,
  })
  const share = change.totalChars === 0 ? 0 : change.sharedChars / change.totalChars
  return (
    <div className="flex flex-col gap-2 pb-3">
      <p className="tabular px-3 text-12 text-text-2">
        {change.sharedMessages} messages and {formatPercent(share)} of the text stand as before.{' '}
        {change.isSameTools ? '' : 'The tools, which stand before them, are not the same: no cache holds over that. '}
        <CacheLine use={use} />
      </p>
      <ol className="flex flex-col">
        {change.changes.slice(change.sharedMessages).map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes are their places
          <ChangeLine key={index} change={one} />
        ))}
      </ol>
    </div>
  )
}

function CacheLine({ use }: { readonly use: CacheUse }) {
  if (use.expectedTokens === 0)
    return <>{use.cachedTokens > 0 ? `${formatTokens(use.cachedTokens)} tokens came from the cache.` : ''}</>
  const words = `A cache could have held ${formatTokens(use.expectedTokens)} tokens, ${formatTokens(use.cachedTokens)} came from it`
  return (
    <span className={clsx(use.missedTokens > use.expectedTokens / 2 && 'text-warning')}>
      {words}
      {use.missedCost ? `: ${formatCost(use.missedCost)} more than needed` : ''}.
    </span>
  )
}

const SIGNS = { same: ' ', added: '+', removed: '−', changed: '±' } as const
const GROUNDS = { same: '', added: 'bg-added', removed: 'bg-removed', changed: '' } as const

function ChangeLine({ change }: { readonly change: MessageChange }) {
  const message = change.kind === 'changed' ? change.after : change.message
  return (
    <li className={clsx('flex gap-2 px-3 py-1 text-12', GROUNDS[change.kind])}>
      <span className="mono w-3 shrink-0 text-center" aria-hidden>
        {SIGNS[change.kind]}
      </span>
      <span className="w-16 shrink-0 truncate text-text-3">{message.rawRole || message.role}</span>
      <span className="sr-only">{change.kind}</span>
      {change.kind === 'changed' ? (
        <DiffText before={change.before} after={change.after} />
      ) : (
        <span className={clsx('min-w-0 break-words', change.kind === 'same' && 'truncate text-text-3')}>
          {firstLine(message)}
        </span>
      )}
    </li>
  )
}

const KEPT_CHARS = 80

/** Words that came and went; what stayed in between only at its ends. */
function DiffText({ before, after }: { readonly before: Message; readonly after: Message }) {
  const [earlier, later] = useMemo(() => [messageText(before), messageText(after)] as const, [before, after])
  const pieces = useWordDiff(earlier, later)
  if (!pieces) return <Skeleton className="h-4 flex-1" />
  return (
    <span className="min-w-0 whitespace-pre-wrap break-words">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are their places
        <DiffPiece key={index} piece={piece} />
      ))}
    </span>
  )
}

function DiffPiece({ piece: { text, change } }: { readonly piece: TextPiece }) {
  if (change === 'added') return <ins className="bg-added no-underline">{text}</ins>
  if (change === 'removed') return <del className="bg-removed">{text}</del>
  const isLong = text.length > 2 * KEPT_CHARS
  return (
    <span className="text-text-2">{isLong ? `${text.slice(0, KEPT_CHARS)} … ${text.slice(-KEPT_CHARS)}` : text}</span>
  )
}
