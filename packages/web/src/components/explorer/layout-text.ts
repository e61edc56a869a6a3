/** The columns of a table as the URL and saved views keep them: ids in order, those that are pinned with a mark. */
import type { TableLayout } from '#components/data-table/column.ts'

const PIN = '^'

/** Undefined for a table as it came. */
export function colsOf({ shown, pinned = [] }: TableLayout): string[] | undefined {
  return shown?.map((id) => (pinned.includes(id) ? `${PIN}${id}` : id))
}

export function layoutOf(cols: readonly string[]): Pick<TableLayout, 'shown' | 'pinned'> {
  const plain = (col: string) => (col.startsWith(PIN) ? col.slice(PIN.length) : col)
  return { shown: cols.map(plain), pinned: cols.filter((col) => col.startsWith(PIN)).map(plain) }
}
