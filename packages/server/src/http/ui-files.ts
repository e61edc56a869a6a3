import { randomBytes } from 'node:crypto'
import { extname, join, normalize, sep } from 'node:path'
import type { RequestHead } from './middleware/session.ts'
import { createFilePacker } from './packed-files.ts'
import type { Reply } from './route.ts'
import { fileReply } from './static-file.ts'

/** Names under assets/ carry a hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'
/** A page goes out with its policy, whatever it is asked for as. */
const PAGE_ENDINGS: ReadonlySet<string> = new Set(['', '.html'])

/** Answers a path of the page; undefined for what is not there. */
export type Pages = (path: string, head: RequestHead) => Promise<Reply | undefined>

/** The hosts whose pictures whoever asks for a page may load in it. */
export type ImageHosts = (head: RequestHead) => Promise<readonly string[]>

/**
 * Serves the built web page: its files, signin.html, and index.html for every other path of a page (the page
 * itself reads the rest of the path). Undefined for a file that is not there.
 */
export function uiFiles(folder: string, imageHosts: ImageHosts = async () => []): Pages {
  const pack = createFilePacker()
  return async (path, head) => {
    const relative = safeRelative(path)
    if (relative === undefined) return undefined
    const isAsset = relative.startsWith(`assets${sep}`)
    // Ids in the page's own paths may hold dots; the files outside assets/ lie at the top.
    if (isAsset) {
      const asset = await fileReply(join(folder, relative), FOREVER)
      return asset && (await pack(relative, asset, head))
    }
    if (!PAGE_ENDINGS.has(extname(relative)) && !relative.includes(sep))
      return await fileReply(join(folder, relative), ASK_AGAIN)
    const page = await fileReply(join(folder, relative === 'signin' ? 'signin.html' : 'index.html'), 'no-store')
    return page ? withPolicy(page, await imageHosts(head)) : NOT_BUILT
  }
}

/** What the built page has in place of the nonce. */
const NONCE_PLACE = '__CSP_NONCE__'

/** The page with a nonce of its own, under which the libraries of our dialogs add a style element. */
function withPolicy(page: Reply, imageHosts: readonly string[]): Reply {
  const nonce = randomBytes(16).toString('base64')
  const body = String(page.body).replaceAll(NONCE_PLACE, nonce)
  return {
    ...page,
    body,
    headers: {
      ...page.headers,
      'content-security-policy': policy(nonce, imageHosts),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  }
}

/**
 * Nothing from another host and no script in the page itself, so that a recorded payload can neither run nor
 * carry anything out; media of payloads may be inline, and pictures of hosts that a project lists.
 */
const policy = (nonce: string, imageHosts: readonly string[]) =>
  [
    "default-src 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    ["img-src 'self' data: blob:", ...imageHosts.map((host) => `https://${host}`)].join(' '),
    "media-src 'self' data: blob:",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

const NOT_BUILT: Reply = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The web page is not built yet: run `npm run build`. The API works without it; its reference is at /docs.\n',
}

/** The path below a folder, undefined when it would lead out of it. */
function safeRelative(path: string): string | undefined {
  const decoded = decode(path)
  if (decoded === undefined || decoded.includes('\0')) return undefined
  const relative = normalize(decoded.replace(/^[/\\]+/, ''))
  return relative.split(/[/\\]/).includes('..') ? undefined : relative
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
