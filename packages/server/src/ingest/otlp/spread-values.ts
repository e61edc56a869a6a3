import type { Attributes, Value } from './otlp-request.ts'
import { SPREAD_PREFIXES } from './payload-keys.ts'
import { type Payload, payloadOf } from './payload-source.ts'

/** Places in all lists of one prefix together; what lies beyond is dropped, so that an index can't ask for memory. */
const MAX_SLOTS = 10_001

/** Deeper keys are dropped, so that recursion can't exhaust the stack. */
const MAX_DEPTH = 64

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const INDEX = /^\d+$/

/** Values that instrumentations spread over dotted keys, `gen_ai.prompt.0.content`, put together again. */
export function spreadValues(attributes: Attributes): Payload | undefined {
  for (const { input, output } of SPREAD_PREFIXES) {
    const payload = payloadOf(rebuild(attributes, input), rebuild(attributes, output))
    if (payload !== undefined) return payload
  }
  return undefined
}

/**
 * The value under the prefix: that of the key itself, or a list (first segments are numbers) or an
 * object of what stands under the dotted keys. Gaps in a list are closed.
 */
function rebuild(attributes: Attributes, prefix: string): unknown {
  const exact = attributes.get(prefix)
  if (exact) return exact
  const builder = new Builder()
  for (const [key, value] of attributes) {
    if (key.startsWith(prefix) && key[prefix.length] === '.')
      builder.add(key.slice(prefix.length + 1).split('.'), value)
  }
  return builder.value()
}

interface Branch {
  readonly isList: boolean
  readonly children: Map<string, Branch | Leaf>
  slots: number
}

interface Leaf {
  readonly leaf: Value
}

class Builder {
  private root: Branch | undefined
  private slots = 0

  add(path: readonly string[], value: Value): void {
    const last = path.at(-1)
    if (last === undefined || path.length > MAX_DEPTH || path.some((segment) => FORBIDDEN.has(segment))) return
    this.root ??= branchFor(path[0])
    let branch = this.root
    for (const [depth, segment] of path.slice(0, -1).entries()) {
      if (!this.reserve(branch, segment)) return
      const child = branch.children.get(segment) ?? branchFor(path[depth + 1])
      if ('leaf' in child) return
      branch.children.set(segment, child)
      branch = child
    }
    if (this.reserve(branch, last) && !branch.children.has(last)) branch.children.set(last, { leaf: value })
  }

  value(): unknown {
    return this.root === undefined || this.root.children.size === 0 ? undefined : assemble(this.root)
  }

  /** True when the branch can take the segment: any in an object, an index within the bound in a list. */
  private reserve(branch: Branch, segment: string): boolean {
    if (!branch.isList) return true
    if (!INDEX.test(segment)) return false
    const added = Math.max(0, Number(segment) + 1 - branch.slots)
    if (this.slots + added > MAX_SLOTS) return false
    this.slots += added
    branch.slots += added
    return true
  }
}

function branchFor(firstSegment: string | undefined): Branch {
  return { isList: INDEX.test(firstSegment ?? ''), children: new Map(), slots: 0 }
}

function assemble(node: Branch | Leaf): unknown {
  if ('leaf' in node) return node.leaf
  if (!node.isList) return Object.fromEntries(Array.from(node.children, ([key, child]) => [key, assemble(child)]))
  return Array.from(node.children)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => assemble(child))
}
