import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

declare const brand: unique symbol
/** Text that only the holder of the key can read, so that a plain secret can't be kept by mistake. */
export type Sealed = string & { readonly [brand]: 'Sealed' }

/**
 * Encrypts what must be kept and read again, such as keys of other services: AES-256-GCM with a random nonce.
 * A text can be opened only with the `context` it was sealed with: moved to another row, it is of no use.
 */
export interface Sealer {
  seal(text: string, context: string): Sealed
  /** @throws Error when the text was sealed under another key or context, or was changed */
  open(sealed: Sealed, context: string): string
}

const VERSION = 'v1:'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `key` is 32 bytes. Sealed: `v1:` and base64 of nonce (12 bytes), tag (16), cipher text. */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal: (text, context) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const secret = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return sealedText(VERSION + Buffer.concat([nonce, cipher.getAuthTag(), secret]).toString('base64'))
    },
    open: (sealed, context) => {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64')
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
      const secret = bytes.subarray(NONCE_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(secret), decipher.final()]).toString('utf8')
    },
  }
}

/** Of text that comes back from where sealed texts are kept. */
export function sealedText(text: string): Sealed {
  // biome-ignore lint/plugin: the one place where text becomes a sealed text
  return text as Sealed
}
