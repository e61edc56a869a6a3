/**
 * JSON without loss: numbers as they were written and keys in the order sent, which plain objects
 * and numbers can't promise. For merging and for the values that `parseJson` may not touch.
 */
import { checkDepth } from './depth.ts'
import { JsonText } from './json-text.ts'
import { endOfScalar, endOfString, skipSpace } from './scan.ts'

/** An object, an array, or a scalar as its JSON text. Of equal keys the last one counts, at the place of the first. */
export type JsonTree = Map<string, JsonTree> | JsonTree[] | JsonText

/** @throws SyntaxError as JSON.parse does, and for nesting deeper than 512 */
export function parseTree(text: string): JsonTree {
  JSON.parse(text)
  return new TreeReader(text).value()
}

/** The tree as compact JSON text. */
export function printTree(tree: JsonTree): string {
  if (tree instanceof JsonText) return tree.text
  if (Array.isArray(tree)) return `[${tree.map(printTree).join(',')}]`
  return `{${Array.from(tree, ([key, value]) => `${JSON.stringify(key)}:${printTree(value)}`).join(',')}}`
}

/**
 * Objects merge key by key, arrays index by index; anything else of the patch, null included, takes
 * the place of the base. The result is built in `base`, which nothing else may hold, and takes over
 * parts of `patch`: many small patches on a large base would cost its copy each.
 */
export function mergeTrees(base: JsonTree, patch: JsonTree): JsonTree {
  if (base instanceof Map && patch instanceof Map) {
    for (const [key, value] of patch) base.set(key, mergeOver(base.get(key), value))
    return base
  }
  if (Array.isArray(base) && Array.isArray(patch)) {
    for (const [index, value] of patch.entries()) base[index] = mergeOver(base[index], value)
    return base
  }
  return patch
}

function mergeOver(base: JsonTree | undefined, patch: JsonTree): JsonTree {
  return base === undefined ? patch : mergeTrees(base, patch)
}

/** Walks text already known to be valid, hence no error cases but depth. */
class TreeReader {
  private readonly text: string
  private index = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  value(): JsonTree {
    this.index = skipSpace(this.text, this.index)
    const first = this.text[this.index]
    if (first === '{') return this.object()
    if (first === '[') return this.array()
    return new JsonText(first === '"' ? this.string() : this.take(endOfScalar(this.text, this.index)))
  }

  private object(): JsonTree {
    const members = new Map<string, JsonTree>()
    this.open()
    while (!this.closes('}')) {
      const key: unknown = JSON.parse(this.string())
      this.index = skipSpace(this.text, this.index) + 1
      members.set(String(key), this.value())
    }
    return members
  }

  private array(): JsonTree {
    const items: JsonTree[] = []
    this.open()
    while (!this.closes(']')) items.push(this.value())
    return items
  }

  private open(): void {
    checkDepth(++this.depth)
    this.index++
  }

  /** Passes white space and a comma; true, past the bracket, when the container ends here. */
  private closes(bracket: '}' | ']'): boolean {
    this.index = skipSpace(this.text, this.index)
    if (this.text[this.index] === ',') this.index = skipSpace(this.text, this.index + 1)
    const closes = this.text[this.index] === bracket
    if (closes) {
      this.depth--
      this.index++
    }
    return closes
  }

  /** The string's text, with no escape that JSON.stringify would not write. */
  private string(): string {
    const text = this.take(endOfString(this.text, this.index))
    return text.includes('\\') ? JSON.stringify(JSON.parse(text)) : text
  }

  private take(end: number): string {
    const text = this.text.slice(this.index, end)
    this.index = end
    return text
  }
}
