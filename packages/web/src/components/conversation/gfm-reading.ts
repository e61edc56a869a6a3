import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** What a plugin of unified leaves for the parser. */
interface ParserData {
  settings?: unknown
  micromarkExtensions?: unknown[]
  fromMarkdownExtensions?: unknown[]
}

/** The reading half of remark-gfm, whose other half prints Markdown: 7 kB that the page has no use for. */
export function gfmReading(this: { data(): ParserData }): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), gfm()]
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), gfmFromMarkdown()]
}
