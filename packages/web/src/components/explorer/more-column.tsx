import { formatCount, formatScore } from '#lib/format/figures.ts'
import { TextCell } from './cells.tsx'
import { type ExplorerColumn, field } from './explorer-column.ts'
import { type MoreKind, moreIdsOf, partsOfMoreId } from './more-id.ts'

/** A row with the texts of the columns that were added, by their ids. */
interface RowWithMore {
  readonly more?: Readonly<Record<string, string>> | undefined
}

const ABOUT: Readonly<Record<MoreKind, string>> = { metadata: 'metadata', score: 'score', usage: 'tokens' }

/** Columns for all that the viewer added; metadata and scores can be filtered by. */
export const moreColumns = <Row extends RowWithMore>(shown: readonly string[] | undefined): ExplorerColumn<Row>[] =>
  moreIdsOf(shown).flatMap((id) => {
    const parts = partsOfMoreId(id)
    return parts ? [moreColumn<Row>(id, parts)] : []
  })

function moreColumn<Row extends RowWithMore>(
  id: string,
  { kind, key }: { readonly kind: MoreKind; readonly key: string },
): ExplorerColumn<Row> {
  const textOf = (row: Row) => row.more?.[id]
  return {
    id,
    label: key,
    about: ABOUT[kind],
    width: 120,
    isNumeric: kind === 'usage',
    ...(kind !== 'usage' && { field: field(kind, key) }),
    value: textOf,
    cell: (row) => <TextCell text={shownText(kind, textOf(row))} />,
  }
}

function shownText(kind: MoreKind, text: string | undefined): string | null {
  if (text === undefined) return null
  const number = kind === 'metadata' || text === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number)) return text
  return kind === 'score' ? formatScore(number) : formatCount(number)
}
