/**
 * Text without which a pattern can't match. Hundreds of patterns need not be compiled, which takes some
 * tenths of a second, to learn that a name matches none of them.
 */

/** Shorter text says too little. */
const MIN_LENGTH = 2

/**
 * Literals, in lower case, of which every match of the pattern contains at least one whatever the case;
 * undefined when none can be told. Only what is read with certainty counts: literal runs and groups that
 * must be there.
 */
export function literalsOf(pattern: string): readonly string[] | undefined {
  return ofAlternatives(itemsOf(pattern.startsWith('(?i)') ? pattern.slice('(?i)'.length) : pattern))
}

interface Item {
  /** As written, without its quantifier. */
  readonly text: string
  readonly isOptional: boolean
  readonly isRepeated: boolean
}

const QUANTIFIER = /[?*+]\??|\{(\d+)(?:,\d*)?\}\??/y
const LITERAL = /^(?:[\w\-/:@ ,]|\\[^\w\s])$/

function itemsOf(pattern: string): Item[] {
  const items: Item[] = []
  for (let at = 0; at < pattern.length; ) {
    const end = itemEnd(pattern, at)
    const [quantifier = '', least] = quantifierAt(pattern, end)
    const isOptional = /^[?*]/.test(quantifier) || least === '0'
    items.push({ text: pattern.slice(at, end), isOptional, isRepeated: quantifier !== '' })
    at = end + quantifier.length
  }
  return items
}

function quantifierAt(pattern: string, at: number): readonly string[] {
  if (!'?*+{'.includes(pattern[at] ?? '.')) return []
  QUANTIFIER.lastIndex = at
  return QUANTIFIER.exec(pattern) ?? []
}

/** The end of an escape, a class, a group or any other character. */
function itemEnd(pattern: string, start: number): number {
  let depth = 0
  for (let at = start; at < pattern.length; ) {
    const char = pattern[at]
    if (char === '(') depth++
    if (char === ')') depth--
    at = char === '[' ? classEnd(pattern, at) : at + (char === '\\' ? 2 : 1)
    if (depth <= 0) return at
  }
  return pattern.length
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at + 1
  }
  return pattern.length
}

function ofAlternatives(items: readonly Item[]): readonly string[] | undefined {
  const bar = items.findIndex((item) => item.text === '|')
  if (bar < 0) return ofSequence(items)
  const first = ofSequence(items.slice(0, bar))
  const others = first && ofAlternatives(items.slice(bar + 1))
  return others && [...first, ...others]
}

/** Those of the first item that must be there and has some. */
function ofSequence(items: readonly Item[]): readonly string[] | undefined {
  let run = ''
  for (const { text, isOptional, isRepeated } of items) {
    const isLiteral = text.length <= 2 && LITERAL.test(text)
    if (isLiteral && !isRepeated) {
      run += text.at(-1)
      continue
    }
    if (run.length >= MIN_LENGTH) return [run.toLowerCase()]
    run = ''
    const ofGroup = isOptional ? undefined : ofGroupText(text)
    if (ofGroup) return ofGroup
  }
  return run.length >= MIN_LENGTH ? [run.toLowerCase()] : undefined
}

function ofGroupText(text: string): readonly string[] | undefined {
  const isGroup = text.startsWith('(?:') || text.startsWith('(?=')
  return isGroup ? ofAlternatives(itemsOf(text.slice('(?:'.length, -1))) : undefined
}
