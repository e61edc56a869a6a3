/** What bare base64 is, by the first bytes of what it encodes. */
export interface Base64Content {
  readonly mime: string
  readonly bytes: number
}

/** The first characters that the first bytes of a format are written as; the longest ones first. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['iVBORw0KG', 'image/png'],
  ['R0lGODdh', 'image/gif'],
  ['R0lGODlh', 'image/gif'],
  ['JVBERi0', 'application/pdf'],
  ['PD94bWw', 'application/xml'],
  ['PHN2Z', 'image/svg+xml'],
  ['T2dnU', 'audio/ogg'],
  ['ZkxhQ', 'audio/flac'],
  ['UEsDB', 'application/zip'],
  ['H4sIA', 'application/gzip'],
  ['GkXfo', 'video/webm'],
  ['SUkqA', 'image/tiff'],
  ['SUQz', 'audio/mpeg'],
  ['/9j/', 'image/jpeg'],
  ['//uQ', 'audio/mpeg'],
  ['//vQ', 'audio/mpeg'],
]

const LEAST_CHARS = 1024
const SAMPLE_CHARS = 4096

/**
 * The kind and size of a text that is nothing but base64 of more than 1 KB; undefined for all other
 * text. A start that no known format has is `application/octet-stream`, when the text is too dense to
 * be words; in the alphabet of URLs, which words have too, it is none.
 */
export function base64Content(text: string): Base64Content | undefined {
  if (text.length < LEAST_CHARS) return undefined
  const isPlain = isBase64(text)
  if (!isPlain && !/^[\w-]+={0,2}$/.test(text)) return undefined
  const plain = isPlain ? text : plainBase64(text)
  const padding = plain.endsWith('==') ? 2 : Number(plain.endsWith('='))
  const bytes = Math.floor((plain.length * 3) / 4) - padding
  const mime = mimeOf(plain)
  if (mime) return { mime, bytes }
  return isPlain && isDense(text.slice(0, SAMPLE_CHARS)) ? { mime: 'application/octet-stream', bytes } : undefined
}

/** Base64 in the alphabet of URLs, or without its padding, as browsers read it. */
export function plainBase64(text: string): string {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=')
}

/** The mime type that base64 text begins like; undefined for an unknown start. */
export function mimeOf(text: string): string | undefined {
  const known = MAGIC.find(([start]) => text.startsWith(start))?.[1]
  return known ?? riffOf(text) ?? movieOf(text)
}

/** `RIFF….WAVE`, `RIFF….WEBP`: what it is stands behind the size. */
function riffOf(text: string): string | undefined {
  if (!text.startsWith('UklGR')) return undefined
  const head = bytesOf(text.slice(0, 16))
  return head.endsWith('WEBP') ? 'image/webp' : head.endsWith('WAVE') ? 'audio/wav' : undefined
}

/** `….ftyp`: a family of containers. */
function movieOf(text: string): string | undefined {
  const head = bytesOf(text.slice(0, 16))
  if (head.slice(4, 8) !== 'ftyp') return undefined
  const brand = head.slice(8, 12)
  return brand.startsWith('heic') || brand.startsWith('avif')
    ? `image/${brand}`
    : brand === 'M4A '
      ? 'audio/mp4'
      : 'video/mp4'
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of whole groups of four characters, one character each. */
function bytesOf(base64: string): string {
  const groups = base64.match(/[A-Za-z0-9+/]{4}/g) ?? []
  return groups
    .map((group) => [...group].reduce((bits, letter) => bits * 64 + ALPHABET.indexOf(letter), 0))
    .map((bits) => String.fromCharCode(Math.floor(bits / 65_536), Math.floor(bits / 256) % 256, bits % 256))
    .join('')
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)

/** Both cases and digits, mixed as random bytes mix them. */
const isDense = (text: string): boolean =>
  [/[A-Z]/g, /[a-z]/g, /\d/g].every(
    (letters, index) => (text.match(letters)?.length ?? 0) > text.length * (index === 2 ? 0.05 : 0.2),
  )
