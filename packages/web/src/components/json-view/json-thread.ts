/** What the page asks the thread that holds a large JSON value, and what comes back. */
import type { JsonDocument, JsonMatches } from './json-document.ts'
import type { JsonPath } from './json-rows.ts'
import type { ShownRow } from './json-shown.ts'

/** Places of rows; the end is not among them. */
export interface RowSpan {
  readonly from: number
  readonly to: number
}

export type JsonAsk =
  /** One more piece of the text; the last one is followed by `open`. */
  | { readonly kind: 'piece'; readonly text: string }
  | { readonly kind: 'open' | 'rows' }
  | { readonly kind: 'toggle'; readonly row: Pick<ShownRow, 'id' | 'isOpen'> }
  | { readonly kind: 'depth'; readonly depth: number }
  | { readonly kind: 'search'; readonly text: string; readonly at: number }
  | { readonly kind: 'copy'; readonly path: JsonPath }

export interface JsonRequest {
  readonly id: number
  readonly ask: JsonAsk
  /** Rows that come with the answer, whatever is asked. */
  readonly span: RowSpan
}

export interface JsonAnswer {
  readonly id: number
  readonly isJson: boolean
  /** Open rows. */
  readonly count: number
  /** The place of the first of `rows`. */
  readonly from: number
  readonly rows: readonly ShownRow[]
  readonly matches?: JsonMatches
  /** Where the match is that was gone to. */
  readonly found?: number | undefined
  readonly text?: string
}

/** Does what is asked of a document; undefined stands for text that is no JSON. */
export function answerTo(document: JsonDocument | undefined, { id, ask, span }: JsonRequest): JsonAnswer {
  if (!document) return { id, isJson: false, count: 0, from: 0, rows: [] }
  const extra = done(document, ask)
  const rows = document.rows(span.from, span.to)
  return { id, isJson: true, count: document.count(), from: span.from, rows, ...extra }
}

function done(document: JsonDocument, ask: JsonAsk): Pick<JsonAnswer, 'matches' | 'found' | 'text'> {
  switch (ask.kind) {
    case 'toggle':
      document.toggle(ask.row)
      return {}
    case 'depth':
      document.open(ask.depth)
      return {}
    case 'search':
      return { matches: document.find(ask.text), found: document.reveal(ask.at) }
    case 'copy':
      return { text: document.copy(ask.path) }
    default:
      return {}
  }
}
