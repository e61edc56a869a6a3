/** Finds references to media in JSON: `@@@langfuseMedia:type=<mime>|id=<mediaId>|source=<source>@@@` (public-api contract §10.2). */
import { JsonText } from '#lib/json/json-text.ts'
import { type JsonTree, parseTree } from '#lib/json/tree.ts'

export interface MediaReference {
  readonly mediaId: string
  /** The reference as it stands in the text. */
  readonly text: string
  /** Where: `$['gallery'][0]`, `$` for the value itself. */
  readonly jsonPath: string
}

const MARK = '@@@langfuseMedia:'
const REFERENCE = /@@@langfuseMedia:([^@]+)@@@/g

/** The references within a JSON text, in its order. */
export function mediaReferences(json: string | undefined): MediaReference[] {
  return json?.includes(MARK) ? inTree(parseTree(json), '$') : []
}

function inTree(tree: JsonTree, jsonPath: string): MediaReference[] {
  if (tree instanceof JsonText) return tree.text.includes(MARK) ? inText(String(JSON.parse(tree.text)), jsonPath) : []
  if (Array.isArray(tree)) return tree.flatMap((value, index) => inTree(value, `${jsonPath}[${index}]`))
  return [...tree].flatMap(([key, value]) => inTree(value, `${jsonPath}['${escaped(key)}']`))
}

const escaped = (key: string) => key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")

function inText(value: string, jsonPath: string): MediaReference[] {
  return [...value.matchAll(REFERENCE)].flatMap(([text, fields = '']) => {
    const mediaId = fields
      .split('|')
      .find((field) => field.startsWith('id='))
      ?.slice('id='.length)
    return mediaId ? [{ mediaId, text, jsonPath }] : []
  })
}
