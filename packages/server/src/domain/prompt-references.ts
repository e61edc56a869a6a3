/**
 * How prompts are composed: `@@@langfusePrompt:name=N|version=V@@@` or `…|label=L@@@` in a text or a
 * message stands for another text prompt (public-api contract §9.1).
 */
import { isPlaceholder, type PromptContent, type PromptMessage } from '#domain/prompt.ts'

export type PromptReference =
  | { readonly name: string; readonly version: number }
  | { readonly name: string; readonly label: string }

const TAG = /@@@langfusePrompt:(.*?)@@@/g
const BODY = /^name=([^|]+)\|(?:version=(\d{1,15})|label=([^|]+))$/

/** The references in a prompt, each once, in order. A tag that can't be read is given as its text. */
export function findReferences(content: PromptContent): (PromptReference | string)[] {
  const tags = new Set(textsOf(content).flatMap((text) => text.match(TAG) ?? []))
  return [...tags].map((tag) => parseTag(tag) ?? tag)
}

/** The tag for a reference, as `fillReferences` looks it up. */
export function tagOf(reference: PromptReference): string {
  const choice = 'version' in reference ? `version=${reference.version}` : `label=${reference.label}`
  return `@@@langfusePrompt:name=${reference.name}|${choice}@@@`
}

/** The prompt with every tag that `texts` knows replaced by its text. */
export function fillReferences(content: PromptContent, texts: ReadonlyMap<string, string>): PromptContent {
  const fill = (text: string) => text.replace(TAG, (tag) => texts.get(canonical(tag)) ?? tag)
  if (typeof content === 'string') return fill(content)
  return content.map((message) => (isPlaceholder(message) ? message : { ...message, content: fill(message.content) }))
}

/** Characters that `fillReferences` would give. */
export function filledLength(content: PromptContent, texts: ReadonlyMap<string, string>): number {
  let length = 0
  for (const text of textsOf(content)) {
    length += text.length
    for (const tag of text.match(TAG) ?? []) length += (texts.get(canonical(tag))?.length ?? tag.length) - tag.length
  }
  return length
}

const VARIABLE = /\{\{\s*([^{}\s]+)\s*\}\}/g

/** A name that serves as a `{{variable}}` and as a placeholder in one chat; undefined when there is none. */
export function findNameClash(content: PromptContent): string | undefined {
  const messages = typeof content === 'string' ? [] : content
  const placeholders = new Set(messages.filter(isPlaceholder).map(({ name }) => name))
  if (placeholders.size === 0) return undefined
  const variables = textsOf(content).flatMap((text) => Array.from(text.matchAll(VARIABLE), ([, name = '']) => name))
  return variables.find((name) => placeholders.has(name))
}

function textsOf(content: PromptContent): string[] {
  if (typeof content === 'string') return [content]
  return content.flatMap((message: PromptMessage) => (isPlaceholder(message) ? [] : [message.content]))
}

function parseTag(tag: string): PromptReference | undefined {
  const match = BODY.exec(tag.slice('@@@langfusePrompt:'.length, -'@@@'.length))
  if (!match) return undefined
  const [, name = '', version, label = ''] = match
  return version === undefined ? { name, label } : { name, version: Number(version) }
}

/** `version=007` and `version=7` are one reference. */
function canonical(tag: string): string {
  const reference = parseTag(tag)
  return reference ? tagOf(reference) : tag
}
