import type { Model, TokenCounter } from '#domain/model.ts'
import { parseJson } from '#lib/json/parse.ts'
import { chatMessagesOf, countChat } from './chat.ts'
import { effortOf } from './effort.ts'
import { type CountTokens, type EncodingName, encodingOf, isChatModel, loadEncoding } from './encodings.ts'

/** Longer texts are not counted: no model takes as much, and counting holds up the writer. */
const MAX_LENGTH = 2_000_000
const MAX_EFFORT = 2 * 10 ** 8

/**
 * Counts tokens for models with the tokenizer `openai` (langfuse-ingestion contract §4.2). Gives undefined
 * rather than a guess: for other tokenizers (the published one for Claude is of its second generation and
 * wrong since), for a model without a known encoding, and for texts that would take too long.
 */
export function createTokenCounter(): TokenCounter {
  const loaded = new Map<EncodingName, CountTokens>()
  const load = (name: EncodingName): CountTokens => {
    const count = loaded.get(name) ?? loadEncoding(name)
    loaded.set(name, count)
    return count
  }
  return {
    count(model, payload) {
      const tokenizerModel = model.tokenizerConfig?.tokenizerModel
      if (model.tokenizerId !== 'openai' || tokenizerModel === undefined || payload === undefined) return undefined
      const encoding = encodingOf(tokenizerModel)
      if (encoding === undefined || payload.length > MAX_LENGTH || effortOf(payload) > MAX_EFFORT) return undefined
      return countPayload(payload, model.tokenizerConfig ?? {}, () => load(encoding))
    },
  }
}

type Config = NonNullable<Model['tokenizerConfig']>

function countPayload(payload: string, config: Config, load: () => CountTokens): number | undefined {
  const value = readPayload(payload)
  if (isNothing(value)) return undefined
  const messages = isChatModel(config.tokenizerModel ?? '') ? chatMessagesOf(value) : undefined
  const count = load()
  return messages
    ? countChat(messages, config, count)
    : count(typeof value === 'string' ? value : JSON.stringify(value))
}

/** What a payload says: JSON text is read, any other text, and what nests too deep, stands for itself. */
function readPayload(payload: string): unknown {
  try {
    return parseJson(payload)
  } catch {
    return payload
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
