/** What a page must fetch before it can be used, from the manifest of the built page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'

const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).optional(), css: z.array(z.string()).optional() }),
)

export interface PageSizes {
  /** Bytes of script, gzipped, of these entries with all that they import statically; less what `without` bring. */
  script(entries: readonly string[], without?: readonly string[]): number
  /** Bytes of style, gzipped. */
  style(entries: readonly string[]): number
}

const SHELL = ['index.html', 'src/shell/shell.tsx']

/** Entries of a page of the app: the shell with one file of `features`. */
export const pageOf = (...features: readonly string[]): string[] => [
  ...SHELL,
  ...features.map((feature) => `src/features/${feature}.tsx`),
]

/** `dist` is the folder of the built page. @throws Error for an entry that the manifest does not have */
export function pageSizes(dist: string): PageSizes {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')))
  const chunk = (name: string) => {
    const found = manifest[name]
    if (!found) throw new Error(`The manifest has no ${name}`)
    return found
  }
  const chunksOf = (entries: readonly string[]): Set<string> => {
    const chunks = new Set<string>()
    const left = [...entries]
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (chunks.has(next)) continue
      chunks.add(next)
      left.push(...(chunk(next).imports ?? []))
    }
    return chunks
  }
  const gzipped = (files: Iterable<string>) =>
    [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)
  return {
    script: (entries, without = []) => {
      const there = chunksOf(without)
      return gzipped([...chunksOf(entries)].filter((name) => !there.has(name)).map((name) => chunk(name).file))
    },
    style: (entries) => gzipped([...chunksOf(entries)].flatMap((name) => chunk(name).css ?? [])),
  }
}
