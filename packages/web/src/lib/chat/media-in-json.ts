import { base64Content } from './base64.ts'
import type { MediaPart } from './chat.ts'
import { mediaKind, referenceOf } from './media-reference.ts'
import { isDeeperThan, isList, isObject } from './payload.ts'

const DATA = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w=.+-]+)*;base64,/i

/** The picture, sound or file that a text of JSON is: a reference, a `data:` address, bare base64 of more than 1 KB. */
export function mediaOfText(text: string): MediaPart | undefined {
  const reference = referenceOf(text)
  if (reference) return mediaPart(reference.mime, { type: 'url', url: text })
  const data = DATA.exec(text)
  if (data) return mediaPart(data[1]?.toLowerCase(), { type: 'base64', data: text.slice(data[0].length) })
  const content = base64Content(text)
  return content && mediaPart(content.mime, { type: 'base64', data: text })
}

const mediaPart = (mime: string | undefined, source: MediaPart['source']): MediaPart => ({
  type: mediaKind(mime),
  source,
  mime,
  name: undefined,
})

/** A value whose media stand beside it: in their places stand words. */
export interface ValueAndMedia {
  readonly value: unknown
  readonly media: readonly MediaPart[]
}

/** Deeper values stay as they are. */
const MOST_LEVELS = 200

/** Takes media out of a value; it is the same value when it holds none. */
export function takeMedia(value: unknown): ValueAndMedia {
  if (isDeeperThan(value, MOST_LEVELS)) return { value, media: [] }
  const media: MediaPart[] = []
  const taken = taking(value, media)
  return { value: media.length > 0 ? taken : value, media }
}

function taking(value: unknown, media: MediaPart[]): unknown {
  if (typeof value === 'string') {
    const part = mediaOfText(value)
    if (!part) return value
    media.push(part)
    return `(${[part.mime ?? part.type, `no. ${media.length} below`].join(', ')})`
  }
  if (isList(value)) return value.map((item) => taking(item, media))
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, taking(item, media)]))
  return value
}
