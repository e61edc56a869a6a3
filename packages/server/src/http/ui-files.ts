import { extname, join, normalize, sep } from 'node:path'
import type { Reply } from './route.ts'
import { fileReply } from './static-file.ts'

/** Names under assets/ carry a hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'

/**
 * Serves the built web page: its files, and index.html for every path of a page (the page itself
 * reads the rest of the path). Undefined for a file that is not there.
 */
export function uiFiles(folder: string): (path: string) => Promise<Reply | undefined> {
  return async (path) => {
    const relative = safeRelative(path)
    if (relative === undefined) return undefined
    if (extname(relative) !== '') {
      return await fileReply(join(folder, relative), relative.startsWith(`assets${sep}`) ? FOREVER : ASK_AGAIN)
    }
    const page = await fileReply(join(folder, 'index.html'), ASK_AGAIN)
    return page ? { ...page, headers: { ...page.headers, ...POLICY } } : NOT_BUILT
  }
}

/** Nothing from another host, no script or style in the page itself, no frame around it. */
const POLICY = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

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
