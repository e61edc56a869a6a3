/** What a page must fetch before it can be used, as script, from the manifest of the built page. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const DIST = resolve(import.meta.dirname, '..', '..', '..', 'web', 'dist')

const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).optional(), css: z.array(z.string()).optional() }),
)
const manifest = Manifest.parse(JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8')))

/** The chunks of these entries with all that they import statically. */
function chunksOf(entries: readonly string[]): Set<string> {
  const chunks = new Set<string>()
  const left = [...entries]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const chunk = manifest[next]
    if (!chunk) throw new Error(`The manifest has no ${next}`)
    if (chunks.has(next)) continue
    chunks.add(next)
    left.push(...(chunk.imports ?? []))
  }
  return chunks
}

const gzipped = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length

const scriptBytes = (entries: readonly string[]) =>
  [...chunksOf(entries)].reduce((sum, name) => sum + gzipped(manifest[name]?.file ?? ''), 0)

const styleBytes = (entries: readonly string[]) =>
  [...new Set([...chunksOf(entries)].flatMap((name) => manifest[name]?.css ?? []))]
    .map(gzipped)
    .reduce((sum, bytes) => sum + bytes, 0)

const SHELL = ['index.html', 'src/shell/shell.tsx']
const feature = (page: string) => `src/features/${page}.tsx`

describe('script, gzipped, in kB', () => {
  test.each([
    ['sign-in', ['signin.html'], 125],
    ['the list of traces', [...SHELL, feature('traces/traces-page')], 250],
    ['a trace', [...SHELL, feature('trace-view/trace-page')], 320],
    ['settings', [...SHELL, feature('settings/settings-frame'), feature('settings/members-page')], 260],
  ])('%s', (_, entries, limit) => {
    expect(scriptBytes(entries) / 1000).toBeLessThanOrEqual(limit)
  })
})

test('style, gzipped, is at most 25 kB', () => {
  expect(styleBytes([...SHELL, feature('traces/traces-page')]) / 1000).toBeLessThanOrEqual(25)
})
