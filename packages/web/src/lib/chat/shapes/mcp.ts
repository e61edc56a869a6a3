/** What an MCP server answers to a tool call. */
import type { Part } from '#lib/chat/chat.ts'
import {
  anyAt,
  contentAt,
  kindOfMime,
  media,
  message,
  type Shape,
  setOf,
  text,
  textAt,
  toolResult,
} from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const TYPES = setOf('text image audio resource resource_link')

export const mcpResult: Shape = {
  format: 'mcp',
  claims: (root, { observationType }) => {
    const items = root.get('content').items()
    if (root.has('role') || !items.every((item) => item.get('type').isOneOf(TYPES))) return false
    return (
      root.has('structuredContent') || root.get('isError').isThere || (items.length > 0 && observationType === 'TOOL')
    )
  },
  read: (root) => {
    const content = [...contentAt(root.get('content'), readBlock), ...anyAt(root.get('structuredContent'))]
    return {
      messages: [message('tool', [toolResult({ id: undefined, content, isError: root.get('isError').flag() })], root)],
    }
  },
}

function readBlock(block: Slot): Part[] | undefined {
  const type = block.get('type')
  const read = readKnown(block, type.peek)
  if (read) type.take()
  return read
}

function readKnown(block: Slot, type: string | undefined): Part[] | undefined {
  if (type === 'text') return block.get('text').peek === undefined ? undefined : textAt(block.get('text'))
  if (type === 'resource') return readResource(block.get('resource'))
  if (type === 'resource_link') return readResource(block)
  const content = type === 'image' || type === 'audio' ? block.get('data').text() : undefined
  if (content === undefined) return undefined
  return [media(content, { type: type === 'audio' ? 'audio' : 'image', mime: block.get('mimeType').text() })]
}

function readResource(at: Slot): Part[] | undefined {
  const uri = at.get('uri').text()
  const mime = at.get('mimeType').text()
  const name = at.get('name').text()
  const content = at.get('text').text()
  const data = at.get('blob').text()
  const file = data ?? uri
  const parts: Part[] =
    file === undefined
      ? []
      : [media(file, { type: kindOfMime(mime), mime, name: name ?? (data === undefined ? undefined : uri) })]
  if (content !== undefined) parts.push(...text(content))
  return parts.length > 0 ? parts : undefined
}
