/** A conversation as Markdown, to paste where no trace view is. */
import type { Message, Part } from './chat.ts'
import { textPieces } from './media-reference.ts'
import { isBlank, printPayload } from './payload.ts'
import type { Presentation } from './present.ts'

/** A section a message, its parts below one another; '' for none. */
export const messagesMarkdown = (messages: readonly Message[]): string => messages.map(messageMarkdown).join('\n\n')

function messageMarkdown({ role, rawRole, name, parts }: Message): string {
  const title = name ? `${rawRole || role} (${name})` : rawRole || role
  return [`### ${title}`, ...parts.map(partMarkdown).filter((text) => text !== '')].join('\n\n')
}

function partMarkdown(part: Part): string {
  switch (part.type) {
    case 'text':
      return withoutReferences(part.text).trim()
    case 'thinking':
      return part.isRedacted ? '> *thinking, not readable*' : quoted(part.text)
    case 'tool_call':
      return [`**calls \`${part.name}\`**`, ...(isBlank(part.args) ? [] : [valueMarkdown(part.args)])].join('\n\n')
    case 'tool_result':
      return [`**${resultTitle(part)}**`, ...part.content.map(partMarkdown)].join('\n\n')
    case 'json':
      return valueMarkdown(part.value)
    default:
      return `*[${[part.type, part.name, part.mime, part.source.type === 'url' ? hostOf(part.source.url) : undefined]
        .filter((word) => word !== undefined && word !== '')
        .join(', ')}]*`
  }
}

/** What a reference means outside of this page: nothing but the kind of media. */
const withoutReferences = (text: string): string =>
  textPieces(text)
    .map((piece) => (typeof piece === 'string' ? piece : `*[${piece.mime ?? 'media'}]*`))
    .join('')

function resultTitle({ name, isError }: Extract<Part, { type: 'tool_result' }>): string {
  return `${isError ? 'failure' : 'result'}${name ? ` of \`${name}\`` : ''}`
}

const quoted = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')

/** A fence that is longer than any within. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const valueMarkdown = (value: unknown): string =>
  typeof value === 'string' ? fenced(value) : fenced(printPayload(value), 'json')

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')

/** A payload as it reads best, of whatever kind it is; '' for nothing. */
export function presentationMarkdown(presentation: Presentation): string {
  switch (presentation.kind) {
    case 'nothing':
      return ''
    case 'chat': {
      const { messages, choices } = presentation.chat
      return messagesMarkdown([...messages, ...choices.flatMap((choice) => choice.messages)])
    }
    case 'text':
      return presentation.isMarkdown ? presentation.text.trim() : fenced(presentation.text)
    case 'json':
      return valueMarkdown(presentation.value)
    case 'documents':
      return withRest(
        presentation.documents.map(
          ({ title, id, text }, index) => `${index + 1}. **${title ?? id ?? 'document'}**\n\n${fenced(text)}`,
        ),
        presentation.rest,
      )
    case 'embeddings':
      return withRest(
        presentation.embeddings.map(({ dimension }) => `*[vector of ${dimension} dimensions]*`),
        presentation.rest,
      )
    case 'base64':
      return `*[${presentation.content.mime}, ${presentation.content.bytes} bytes]*`
  }
}

const withRest = (pieces: readonly string[], rest: unknown): string =>
  [...pieces, ...(isBlank(rest) ? [] : [valueMarkdown(rest)])].join('\n\n')
