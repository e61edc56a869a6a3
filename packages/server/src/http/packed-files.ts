import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RequestHead } from './middleware/session.ts'
import type { Reply } from './route.ts'

const pack = promisify(gzip)

/** Fonts and pictures are packed already. */
const PACKABLE = /^(?:text\/|application\/(?:json|manifest\+json)|image\/svg)/

/** Gives the reply of a file gzipped to those who take it. */
export type PackFile = (path: string, reply: Reply, head: RequestHead) => Promise<Reply>

/** Files are packed when they are first asked for and kept so: their content MUST never change. */
export function createFilePacker(): PackFile {
  const packed = new Map<string, Promise<Buffer>>()
  return async (path, reply, head) => {
    const { body, headers = {} } = reply
    if (!(body instanceof Uint8Array) || !PACKABLE.test(headers['content-type'] ?? '')) return reply
    const varying = { ...reply, headers: { ...headers, vary: 'Accept-Encoding' } }
    if (!takesGzip(head.header('accept-encoding'))) return varying
    const packing = packed.get(path) ?? pack(body, { level: 9 })
    packed.set(path, packing)
    return { ...varying, body: await packing, headers: { ...varying.headers, 'content-encoding': 'gzip' } }
  }
}

/** Named, and not with `q=0`, which says never. */
const takesGzip = (accepted: string | undefined): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(accepted ?? '')
