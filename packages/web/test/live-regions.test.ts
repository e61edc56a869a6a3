import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Regions that readers are told of beside the one of `components/ui/announcer.tsx`, which paces what it tells: what
 * they say stands still. What may change twice in two seconds goes through `useAnnounced`.
 */
const STILL: ReadonlySet<string> = new Set([
  'components/json-view/large-json-view.tsx',
  'components/ui/announcer.tsx',
  'components/ui/skeleton.tsx',
  'features/compare/compare-payloads.tsx',
  'features/metrics/cut-bar.tsx',
  'features/trace-view/header/lost-node.tsx',
  'features/welcome/first-trace.tsx',
  'shell/health-dot.tsx',
  'shell/offline-bar.tsx',
])

const SOURCE = join(import.meta.dirname, '..', 'src')
const REGION = /role="(?:status|log|timer)"|aria-live/

test('what changes often is told by the one region that paces it', () => {
  const found = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => REGION.test(readFileSync(file, 'utf8')))
  expect(found.map((file) => relative(SOURCE, file)).sort()).toEqual([...STILL])
})
