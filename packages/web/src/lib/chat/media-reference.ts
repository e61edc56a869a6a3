/** References to media that the server keeps: `@@@langfuseMedia:type=<mime>|id=<id>|source=<how it was sent>@@@`. */
export interface MediaReference {
  readonly id: string
  readonly mime: string | undefined
}

const MARK = '@@@langfuseMedia:'
const REFERENCE = /@@@langfuseMedia:([^@]+)@@@/g

/** What a text consists of: words, and media where their references stand. */
export type TextPiece = string | MediaReference

/** The pieces of a text in their order; the text alone when it refers to nothing. */
export function textPieces(text: string): readonly TextPiece[] {
  if (!text.includes(MARK)) return [text]
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(REFERENCE)) {
    const reference = parseFields(match[1] ?? '')
    if (!reference) continue
    pieces.push(text.slice(from, match.index), reference)
    from = match.index + match[0].length
  }
  return [...pieces, text.slice(from)].filter((piece) => typeof piece !== 'string' || piece.trim() !== '')
}

/** The media of a text that is nothing but a reference, alone or as the data of a `data:` address; undefined for all else. */
export function referenceOf(text: string): MediaReference | undefined {
  if (!text.includes(MARK)) return undefined
  const [piece, ...rest] = textPieces(text.replace(/^data:[\w/+.-]*;base64,/, ''))
  return typeof piece === 'object' && rest.length === 0 ? piece : undefined
}

function parseFields(fields: string): MediaReference | undefined {
  const named = new Map(fields.split('|').map((field) => splitOnce(field)))
  const id = named.get('id')
  return id ? { id, mime: named.get('type') || undefined } : undefined
}

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=')
  return [field.slice(0, at), field.slice(at + 1)]
}

/** What a browser shows media of a type in. */
export function mediaKind(mime: string | undefined): 'image' | 'audio' | 'video' | 'file' {
  const family = mime?.split('/')[0]
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file'
}
