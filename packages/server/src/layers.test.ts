import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The dependency rule: a folder imports only folders of a strictly lower rank (ARCHITECTURE.md). */
const RANKS: Record<string, number> = {
  lib: 0,
  demo: 1,
  domain: 1,
  telemetry: 1,
  eventlog: 2,
  store: 2,
  catalog: 2,
  media: 2,
  ingest: 3,
  writer: 3,
  query: 3,
  jobs: 3,
  auth: 3,
  config: 3,
  http: 4,
}

/** Packages that only the named folders may import. */
const CONFINED: Record<string, readonly string[]> = {
  hono: ['http'],
  '@modelcontextprotocol/sdk': ['http'],
  '@hono/node-server': ['cli'],
  chdb: ['store'],
  '@clickhouse/client': ['store'],
  kysely: ['catalog'],
  libsql: ['catalog'],
  pg: ['catalog'],
  '@xtrace/contract': ['http', 'ingest'],
  pino: ['telemetry'],
  'prom-client': ['telemetry'],
}

const SOURCE = import.meta.dirname
const TOP = new Set([
  'app.ts',
  'app-options.ts',
  'app-projects.ts',
  'app-server.ts',
  'cli',
  'main.ts',
  'layers.test.ts',
])
const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)))

const importsOf = (text: string) => [...text.matchAll(IMPORT)].flatMap((match) => match[1] ?? [])
const folderOf = (file: string) => file.split('/')[0] ?? file
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

/** What is wrong with one import of one file; undefined when nothing is. */
function violation(file: string, imported: string): string | undefined {
  const from = folderOf(file)
  if (imported.startsWith('#')) {
    const to = folderOf(imported.slice(1))
    if (TOP.has(from)) return undefined
    if (TOP.has(to)) return `${file} imports ${imported}: only main.ts may know the composition root`
    if (to === from) return undefined
    const [rank, target] = [RANKS[from], RANKS[to]]
    if (rank === undefined || target === undefined) return `${file} or ${imported} lies in a folder without a rank`
    return target < rank ? undefined : `${file} (rank ${rank}) imports ${imported} (rank ${target})`
  }
  const allowed = CONFINED[packageOf(imported)]
  if (!allowed || allowed.includes(from) || file.endsWith('.test.ts')) return undefined
  return `${file} imports ${imported}, which belongs to ${allowed.join(', ')}`
}

describe('layers', () => {
  test('the check finds what it is there to find', () => {
    expect(importsOf(`import { a } from '#http/a.ts'\nimport '#lib/b.ts'\nawait import('#store/c.ts')`)).toHaveLength(3)
    expect(violation('domain/x.ts', '#http/route.ts')).toContain('rank 4')
    expect(violation('store/x.ts', '#catalog/y.ts')).toContain('rank 2')
    expect(violation('domain/x.ts', 'hono')).toContain('belongs to http')
    expect(violation('writer/x.ts', '#domain/ids.ts')).toBeUndefined()
  })

  test('no file imports its own rank or a higher one', () => {
    expect(files.length).toBeGreaterThan(50)
    const imports = files
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => importsOf(readFileSync(join(SOURCE, file), 'utf8')).map((name) => [file, name] as const))
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.flatMap(([file, name]) => violation(file, name) ?? [])).toEqual([])
  })
})
