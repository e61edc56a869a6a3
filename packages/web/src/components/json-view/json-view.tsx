/**
 * A JSON value as a tree: virtual rows, folded by depth, searched, its paths and values copied. It scrolls inside the
 * box that it is given. A long text is one row, opened in place.
 */
import { useCallback, useMemo, useState } from 'react'
import {
  DEFAULT_FOLDS,
  EVERYTHING,
  findInJson,
  type JsonFolds,
  jsonRows,
  MAX_MATCHES,
  pathId,
  reveal,
  toggleFold,
} from './json-rows.ts'
import { copiedText, shownRow, valueAt } from './json-shown.ts'
import { JsonToolbar } from './json-toolbar.tsx'
import { JsonTree } from './json-tree.tsx'

interface JsonViewProps {
  /** As `parsePayload` gives it. */
  readonly value: unknown
  /** For readers: `Input`. */
  readonly label: string
  /** Down to which depth it is open at first; 2 when absent. */
  readonly depth?: number
}

export function JsonView({ value, label, depth = DEFAULT_FOLDS.depth }: JsonViewProps) {
  const [folds, setFolds] = useState<JsonFolds>({ ...DEFAULT_FOLDS, depth })
  const [{ text, at }, setSearch] = useState({ text: '', at: 0 })
  const matches = useMemo(() => findInJson(value, text), [value, text])
  const rows = useMemo(() => jsonRows(value, folds), [value, folds])
  const rowAt = useCallback((index: number) => (rows[index] ? shownRow(rows[index]) : undefined), [rows])
  const show = (wanted: string, place: number) => {
    setSearch({ text: wanted, at: place })
    const path = (wanted === text ? matches : findInJson(value, wanted))[place]
    if (path) setFolds((earlier) => reveal(earlier, path))
  }
  const current = matches[at]
  const found = current && rows.findIndex(({ id }) => id === pathId(current))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JsonToolbar
        search={{ text, at, count: matches.length, isCut: matches.length === MAX_MATCHES }}
        onSearch={show}
        isAllOpen={folds.depth >= EVERYTHING}
        onOpen={(wanted) => setFolds({ ...DEFAULT_FOLDS, depth: wanted })}
        copied={() => copiedText(value)}
      />
      <JsonTree
        label={label}
        count={rows.length}
        rowAt={rowAt}
        found={found}
        wanted={text}
        onToggle={(row) => setFolds(toggleFold(folds, row))}
        textOf={(path) => copiedText(valueAt(value, path))}
      />
    </div>
  )
}
