/** The programs in README.md and docs/: each Python and JavaScript block says in a comment before it what it is and what runs it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..', '..', '..')
const BLOCK =
  /(?:<!-- program: (?<name>[\w-]+); runs with: (?<runners>[\w -]+) -->\n)?```(?<language>python|js)\n(?<source>[\s\S]*?)\n```/g

export interface Snippet {
  readonly file: string
  /** Undefined when the block lacks its comment, which the docs test refuses. */
  readonly name: string | undefined
  readonly runners: readonly string[]
  readonly source: string
}

/** All runnable blocks of one page (a path from the repository's folder), in order. */
export function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(BLOCK)].map(({ groups = {} }) => ({
    file,
    name: groups['name'],
    runners: groups['runners']?.split(' ') ?? [],
    source: groups['source'] ?? '',
  }))
}

/** All runnable blocks of README.md and docs/. */
export function allSnippets(): Snippet[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'))
  return ['README.md', ...pages.map((file) => `docs/${file}`)].flatMap(snippetsOf)
}
