/** How a payload is shown: the one decision that all panels share. */
import { type Base64Content, base64Content } from './base64.ts'
import type { Chat, ChatHints } from './chat.ts'
import { besideDocuments, documentsOf, type RetrievedDocument } from './documents.ts'
import { type Embedding, embeddingsIn } from './embeddings.ts'
import { type JsonObject, parseStructure } from './payload.ts'
import { recogniseChat } from './recognise.ts'
import { textKindOf } from './text-kind.ts'

export type Presentation =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'chat'; readonly chat: Chat }
  /** `rest` is what stands beside the documents. */
  | { readonly kind: 'documents'; readonly documents: readonly RetrievedDocument[]; readonly rest: JsonObject }
  /** `rest` is all but their numbers; undefined when that is nothing. */
  | { readonly kind: 'embeddings'; readonly embeddings: readonly Embedding[]; readonly rest: unknown }
  | { readonly kind: 'base64'; readonly content: Base64Content; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly isMarkdown: boolean }
  | { readonly kind: 'json'; readonly value: unknown }

/** `text` is a payload as it is stored. Documents are looked for where retrieval is likely, before and elsewhere after chats. */
export function present(text: string | undefined, hints: ChatHints = {}): Presentation {
  if (text === undefined || text === '') return { kind: 'nothing' }
  const value = parseStructure(text)
  if (value === undefined) return presentText(text)
  if (typeof value === 'string') return present(value, hints)
  const embeddings = embeddingsIn(value)
  if (embeddings) return { kind: 'embeddings', ...embeddings }
  const isRetrieval = hints.observationType === 'RETRIEVER'
  const chat = recogniseChat(value, hints)
  const documents = isRetrieval || !chat ? documentsOf(value) : undefined
  if (documents) return { kind: 'documents', documents, rest: besideDocuments(value) }
  return chat ? { kind: 'chat', chat } : { kind: 'json', value }
}

function presentText(text: string): Presentation {
  const content = base64Content(text)
  return content
    ? { kind: 'base64', content, text }
    : { kind: 'text', text, isMarkdown: textKindOf(text) === 'markdown' }
}
