import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Reply } from './route.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** A file as a reply, its type by its ending; undefined when there is no such file. The path MUST NOT come from a client unchecked. */
export async function fileReply(path: string, cacheControl: string): Promise<Reply | undefined> {
  const body = await readFile(path).catch(absent)
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  return body && { body, headers: { 'content-type': type, 'cache-control': cacheControl } }
}

function absent(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
  throw error
}
