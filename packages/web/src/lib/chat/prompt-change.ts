/**
 * What changed in the prompt between two generations: messages side by side, where the shared beginning ends, and what a
 * cache could have saved.
 */
import { diffArrays } from 'diff'
import type { Message, ToolDefinition } from './chat.ts'
import { messageKey, sharedPrefix } from './history.ts'
import { printPayload } from './payload.ts'

export type MessageChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly message: Message }
  | { readonly kind: 'changed'; readonly before: Message; readonly after: Message }

export interface PromptChange {
  readonly changes: readonly MessageChange[]
  /** Messages that both prompts begin with. */
  readonly sharedMessages: number
  /** Characters that both prompts begin with, of those of the later one. */
  readonly sharedChars: number
  readonly totalChars: number
}

export function promptChange(before: readonly Message[], after: readonly Message[]): PromptChange {
  const sharedMessages = sharedPrefix(before, after)
  const texts = after.map(messageText)
  const whole = texts.slice(0, sharedMessages).reduce((sum, text) => sum + text.length, 0)
  const [old, next] = [before[sharedMessages], after[sharedMessages]]
  const partly = old && next && old.role === next.role ? sharedChars(messageText(old), messageText(next)) : 0
  return {
    changes: changesOf(before, after),
    sharedMessages,
    sharedChars: whole + partly,
    totalChars: texts.reduce((sum, text) => sum + text.length, 0),
  }
}

/** Whether two prompts offer the same tools: these stand before all messages, so that no cache holds over other ones. */
export const haveSameTools = (a: readonly ToolDefinition[], b: readonly ToolDefinition[]): boolean =>
  printTools(a) === printTools(b)

const printTools = (tools: readonly ToolDefinition[]): string =>
  printPayload(
    tools.map(({ name, description = null, parameters = null }) => [name, description, parameters]),
    0,
  )

/** The words of a message as one text: what is not text stands there as JSON. */
export const messageText = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' || part.type === 'thinking' ? part.text : printPayload(part))).join('\n')

function sharedChars(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length
}

/** Removed messages that are followed by added ones of the same role are taken for changed ones. */
function changesOf(before: readonly Message[], after: readonly Message[]): MessageChange[] {
  const steps = diffArrays(before.map(messageKey), after.map(messageKey))
  const changes: MessageChange[] = []
  let removed: readonly Message[] = []
  let [old, next] = [0, 0]
  for (const step of steps) {
    const added = step.removed ? [] : after.slice(next, next + step.count)
    changes.push(...pairUp(removed, step.added ? added : []))
    removed = step.removed ? before.slice(old, old + step.count) : []
    if (!step.added) changes.push(...added.map((message): MessageChange => ({ kind: 'same', message })))
    old += step.added ? 0 : step.count
    next += added.length
  }
  return [...changes, ...pairUp(removed, [])]
}

function pairUp(removed: readonly Message[], added: readonly Message[]): MessageChange[] {
  const length = Math.max(removed.length, added.length)
  return Array.from({ length }, (_, index) => [removed[index], added[index]] as const).flatMap(
    ([before, after]): MessageChange[] => {
      if (before && after && before.role === after.role) return [{ kind: 'changed', before, after }]
      return [
        ...(before ? [{ kind: 'removed' as const, message: before }] : []),
        ...(after ? [{ kind: 'added' as const, message: after }] : []),
      ]
    },
  )
}

export interface CacheUse {
  /** Tokens of the shared beginning, by its share of the characters. */
  readonly expectedTokens: number
  /** Tokens that were billed as cached. */
  readonly cachedTokens: number
  /** Expected and not had. */
  readonly missedTokens: number
  /** US dollars that the missed tokens cost more; undefined without prices. */
  readonly missedCost: number | undefined
}

/** Providers cache from about a thousand tokens on. */
const LEAST_CACHED = 1024

/** What a cache should have held of a prompt, and what it cost that it did not. */
export function cacheUse(
  change: Pick<PromptChange, 'sharedChars' | 'totalChars'>,
  usage: {
    readonly inputTokens: number
    readonly cachedTokens: number
    /** US dollars a token, new and from the cache. */
    readonly prices?: { readonly input?: number | undefined; readonly cached?: number | undefined } | undefined
  },
): CacheUse {
  const share = change.totalChars > 0 ? change.sharedChars / change.totalChars : 0
  const shared = Math.floor(share * usage.inputTokens)
  const expectedTokens = shared >= LEAST_CACHED ? shared : 0
  const missedTokens = Math.max(0, expectedTokens - usage.cachedTokens)
  const { input, cached } = usage.prices ?? {}
  const missedCost = input === undefined || cached === undefined ? undefined : missedTokens * (input - cached)
  return { expectedTokens, cachedTokens: usage.cachedTokens, missedTokens, missedCost }
}
