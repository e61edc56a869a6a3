import { Fragment, useMemo, useState } from 'react'
import { useFold, useWantedText } from '#components/find/find-context.ts'
import { FINDABLE } from '#components/find/find-ranges.ts'
import { FoldedPart } from '#components/find/folded-part.tsx'
import type { Chat, Message } from '#lib/chat/chat.ts'
import { foldHistory } from '#lib/chat/history.ts'
import { holdsParts } from '#lib/chat/holds-text.ts'
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
  const all = useMemo(() => [...chat.messages, ...(chat.choices[choice]?.messages ?? [])], [chat, choice])
  const pairing = useMemo(() => pairCalls(all), [all])
  const from = isKnownShown ? 0 : knownCount
  const seen = useMemo(() => all.slice(from), [all, from])
  const brief = useMemo(() => foldHistory(seen).shown, [seen])
  const [isWhole, setWhole] = useFold(false, useHoldsWanted(useMemo(() => leftOut(seen, brief), [seen, brief])))
  const shown = isWhole ? seen.map((_, index) => ({ index, foldedBefore: 0 })) : brief
  return (
    <div className="flex flex-col divide-y">
      <ToolDefinitions tools={chat.tools} />
      {from > 0 ? (
        <FoldButton onClick={() => setKnownShown(true)}>
          {from} earlier messages, as in the input
          <FoundIn values={all.slice(0, from)} />
        </FoldButton>
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
      {chat.choices.length > 1 ? <ChoiceTabs choices={chat.choices} choice={choice} onChange={setChoice} /> : null}
      {chat.rest.length > 0 ? (
        <FoldedPart
          value={chat.rest.map(({ path, value }) => [path.join('.'), value])}
          className="px-3 py-2"
          summaryClass="pointer-coarse:py-1 text-12 text-text-3"
          summary={`${chat.rest.length} more fields`}
        >
          <dl className="mt-1 flex flex-col gap-1">
            {chat.rest.map(({ path, value }) => (
              <div key={path.join('.')}>
                <dt {...FINDABLE} className="mono text-11 text-text-3">
                  {path.join('.')}
                </dt>
                <dd>
                  <InlineJson value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </FoldedPart>
      ) : null}
    </div>
  )
}

/** The messages that a brief view does not show. */
function leftOut(messages: readonly Message[], shown: readonly { readonly index: number }[]): readonly Message[] {
  const places = new Set(shown.map(({ index }) => index))
  return messages.filter((_, index) => !places.has(index))
}

function useHoldsWanted(messages: readonly Message[]): boolean {
  const wanted = useWantedText()
  return useMemo(() => messages.some(({ parts }) => holdsParts(parts, wanted)), [messages, wanted])
}

/** Says of messages that are not shown how many hold what is looked for. */
function FoundIn({ values }: { readonly values: readonly Message[] }) {
  const wanted = useWantedText()
  const count = values.filter(({ parts }) => holdsParts(parts, wanted)).length
  return count === 0 ? null : (
    <>
      ; <mark>found in {count}</mark>
    </>
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
  readonly choices: Chat['choices']
  readonly choice: number
  onChange(choice: number): void
}

function ChoiceTabs({ choices, choice, onChange }: ChoiceTabsProps) {
  const wanted = useWantedText()
  const found = choices.flatMap(({ messages }, index) =>
    index !== choice && messages.some(({ parts }) => holdsParts(parts, wanted)) ? [index + 1] : [],
  )
  return (
    <div role="group" aria-label="Alternatives" className="flex items-center gap-1 px-3 py-1 text-12">
      <span className="text-text-3">Alternative</span>
      {choices.map((_, index) => (
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
      {found.length > 0 ? <mark>found in {found.join(', ')}</mark> : null}
    </div>
  )
}
