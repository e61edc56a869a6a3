/** Content blocks and tool calls of OpenAI's Chat Completions, which many others imitate. */
import type { MediaKind, Part } from '#lib/chat/chat.ts'
import { blockByType, idAt, media, mediaById, textUnder, thinking, toolCall } from '#lib/chat/shape.ts'
import type { Slot } from '#lib/chat/slot.ts'

const READERS: Readonly<Record<string, (block: Slot) => Part[] | undefined>> = {
  text: textUnder('text'),
  refusal: textUnder('refusal'),
  thinking: (block) => {
    const content = block.get('thinking').text()
    return content === undefined ? undefined : [thinking(content)]
  },
  image_url: (block) => linked(block, 'image_url', 'image'),
  video_url: (block) => linked(block, 'video_url', 'video'),
  audio_url: (block) => linked(block, 'audio_url', 'audio'),
  input_audio: (block) => {
    const at = block.get('input_audio')
    const content = at.get('data').text()
    if (content === undefined) return undefined
    const format = at.get('format').text()
    return [media(content, { type: 'audio', mime: format && `audio/${format}` })]
  },
  file: (block) => {
    const at = block.get('file')
    const name = at.get('filename').text()
    const content = at.get('file_data').text()
    if (content !== undefined) return [media(content, { name })]
    const id = at.get('file_id').text()
    return id === undefined ? undefined : [mediaById(id, { type: 'file', name })]
  },
}

/** A block of `content`; undefined for one that isn't known. */
export const readOpenAiBlock = blockByType(READERS)

/** `{image_url: {url}}`, and `{image_url: '…'}` as some write it. */
function linked(block: Slot, key: string, type: MediaKind): Part[] | undefined {
  const at = block.get(key)
  const content = at.text() ?? at.get('url').text()
  return content === undefined ? undefined : [media(content, { type })]
}

/** A tool call nested under `function` or flat. */
export function readOpenAiCall(call: Slot): Part {
  const inner = call.first('function', 'custom')
  const at = inner.isObject ? inner : call
  const type = call.get('type')
  if (!type.skip('function') && !type.skip('custom')) type.skip('tool_call')
  return toolCall({
    id: idAt(call.first('id', 'tool_call_id', 'toolCallId')),
    name: at.first('name', 'toolName').text(),
    args: at.first('arguments', 'args', 'parameters', 'input'),
  })
}
