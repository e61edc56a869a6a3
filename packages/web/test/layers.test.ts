import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The dependency rule of the interface: a folder imports only folders of a lower rank (ARCHITECTURE.md). */
const RANKS: Record<string, number> = {
  lib: 0,
  store: 0,
  search: 0,
  preferences: 1,
  api: 2,
  project: 2,
  keys: 2,
  components: 3,
  features: 4,
  shell: 4,
  routes: 5,
}

/** The documents' own scripts, which put everything together. */
const ENTRIES: ReadonlySet<string> = new Set(['early.ts', 'main.tsx', 'signin.tsx'])

const SOURCE = join(import.meta.dirname, '..', 'src')
const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(?:test|d)\.ts$/.test(entry.name))
  .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)))

const importsOf = (text: string) => [...text.matchAll(IMPORT)].flatMap((match) => match[1] ?? [])

/** The folder that has a rank; of features each is its own. */
const folderOf = (file: string) => {
  const [top = '', sub = ''] = file.split('/')
  return top === 'features' ? `features/${sub}` : top
}
const rankOf = (folder: string) => RANKS[folder.split('/')[0] ?? '']

/** What is wrong with one import of one file; undefined when nothing is. */
function violation(file: string, imported: string): string | undefined {
  if (ENTRIES.has(file)) return undefined
  const from = folderOf(file)
  if (!imported.startsWith('#')) {
    const isReact = /^(?:react(?:-dom)?|@tanstack\/react-.*|radix-ui|lucide-react)(?:\/|$)/.test(imported)
    return from === 'lib' && isReact ? `${file} imports ${imported}: lib is without React` : undefined
  }
  const to = folderOf(imported.slice(1))
  if (to === from) return undefined
  const [rank, target] = [rankOf(from), rankOf(to)]
  if (rank === undefined || target === undefined) return `${file} or ${imported} lies in a folder without a rank`
  return target < rank ? undefined : `${file} (rank ${rank}) imports ${imported} (rank ${target})`
}

describe('layers of the interface', () => {
  test('the check finds what it is there to find', () => {
    expect(violation('features/traces/x.tsx', '#features/users/y.tsx')).toContain('rank 4')
    expect(violation('components/ui/x.tsx', '#features/users/y.tsx')).toContain('rank 4')
    expect(violation('lib/trace/x.ts', 'react')).toContain('without React')
    expect(violation('features/traces/x.tsx', '#features/traces/y.tsx')).toBeUndefined()
    expect(violation('features/traces/x.tsx', '#components/ui/button.tsx')).toBeUndefined()
  })

  test('no file imports its own rank or a higher one', () => {
    expect(files.length).toBeGreaterThan(80)
    const imports = files.flatMap((file) =>
      importsOf(readFileSync(join(SOURCE, file), 'utf8')).map((name) => [file, name] as const),
    )
    expect(imports.length).toBeGreaterThan(200)
    expect(imports.flatMap(([file, name]) => violation(file, name) ?? [])).toEqual([])
  })

  test('colours are named in one file', () => {
    const raw = /#[0-9a-f]{3,8}\b(?![-/\w])|\b(?:rgba?|hsla?|oklch)\(/i
    const offenders = files.filter((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8').replaceAll(/(['"])#[\w-]+\/[^'"]*\1/g, '')
      return /className|style=|stroke|fill/.test(text) && raw.test(text)
    })
    expect(offenders).toEqual([])
  })
})
