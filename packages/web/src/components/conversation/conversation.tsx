import { Fragment, useMemo, useState } from 'react'
import type { Chat } from '#lib/chat/chat.ts'
import { foldHistory } from '#lib/chat/history.ts'
import { pairCalls } from '#lib/chat/pairing.ts'
import { InlineJson } from './inline-json.tsx'
import { MessageCard } from './message-card.tsx'
import { ToolDefinitions } from './tool-definitions.tsx'

interface ConversationProps {
  readonly chat: Chat
  /** Messages at the beginning that are already known from elsewhere, such as the input. */
  readonly knownCount?: number
}

/** A conversation as one reads it; whatever is in no message stands under it. */
export function Conversation({ chat, knownCount = 0 }: ConversationProps) {
  const [choice, setChoice] = useState(0)
  const [isKnownShown, setKnownShown] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const all = useMemo(() => [...chat.messages, ...(chat.choices[choice]?.messages ?? [])], [chat, choice])
  const pairing = useMemo(() => pairCalls(all), [all])
  const from = isKnownShown ? 0 : knownCount
  const shown = useMemo(() => {
    const seen = all.slice(from)
    return isWhole ? seen.map((_, index) => ({ index, foldedBefore: 0 })) : foldHistory(seen).shown
  }, [all, from, isWhole])
  return (
    <div className="flex flex-col divide-y">
      <ToolDefinitions tools={chat.tools} />
      {from > 0 ? (
        <FoldButton onClick={() => setKnownShown(true)}>{from} earlier messages, as in the input</FoldButton>
      ) : null}
      {shown.map(({ index, foldedBefore }) => {
        const message = all[from + index]
        return message ? (
          <Fragment key={from + index}>
            {foldedBefore > 0 ? (
              <FoldButton onClick={() => setWhole(true)}>{foldedBefore} messages in between</FoldButton>
            ) : null}
            <MessageCard
              message={message}
              pairing={pairing}
              isLast={from + index === all.length - 1}
              isFolded={message.role === 'system'}
            />
          </Fragment>
        ) : null
      })}
      {chat.choices.length > 1 ? <ChoiceTabs count={chat.choices.length} choice={choice} onChange={setChoice} /> : null}
      {chat.rest.length > 0 ? (
        <details className="px-3 py-2">
          <summary className="pointer-coarse:py-1 text-12 text-text-3">{chat.rest.length} more fields</summary>
          <dl className="mt-1 flex flex-col gap-1">
            {chat.rest.map(({ path, value }) => (
              <div key={path.join('.')}>
                <dt className="mono text-11 text-text-3">{path.join('.')}</dt>
                <dd>
                  <InlineJson value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </div>
  )
}

function FoldButton({ children, onClick }: { readonly children: React.ReactNode; onClick(): void }) {
  return (
    <button
      type="button"
      className="bg-sunken px-3 py-1 text-left text-12 text-text-2 hover:bg-hover"
      onClick={onClick}
    >
      {children}
    </button>
  )
}

interface ChoiceTabsProps {
  readonly count: number
  readonly choice: number
  onChange(choice: number): void
}

function ChoiceTabs({ count, choice, onChange }: ChoiceTabsProps) {
  return (
    <div role="group" aria-label="Alternatives" className="flex items-center gap-1 px-3 py-1 text-12">
      <span className="text-text-3">Alternative</span>
      {Array.from({ length: count }, (_, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: alternatives are their places
          key={index}
          type="button"
          aria-pressed={index === choice}
          className="tabular h-6 min-w-6 rounded-4 px-1 aria-pressed:bg-selected aria-pressed:text-accent"
          onClick={() => onChange(index)}
        >
          {index + 1}
        </button>
      ))}
    </div>
  )
}
