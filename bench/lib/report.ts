/** What a bench gives back: tables, which go to standard output and, where asked, into RESULTS.md. */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Sentences under the table: what was done, what it can't show. */
  readonly notes?: readonly string[]
}

const RESULTS = resolve(import.meta.dirname, '..', 'RESULTS.md')

export function toMarkdown({ title, columns, rows, notes = [] }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)]
  return [`### ${title}`, '', ...table, ...notes.flatMap((note) => ['', note]), ''].join('\n')
}

/** Puts a run before the older ones of RESULTS.md. */
export async function saveRun(heading: string, tables: readonly Table[]): Promise<void> {
  const text = await readFile(RESULTS, 'utf8')
  const first = text.indexOf('\n## ')
  const [intro, older] = first < 0 ? [text, ''] : [text.slice(0, first), text.slice(first)]
  const run = [heading, '', ...tables.map(toMarkdown)].join('\n').trimEnd()
  await writeFile(RESULTS, `${intro.trimEnd()}\n\n${run}\n${older}`)
}
