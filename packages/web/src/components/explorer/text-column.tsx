import { TextCell } from './cells.tsx'
import { type ExplorerColumn, field } from './explorer-column.ts'

interface TextColumnOptions<Row> {
  /** Also the field of the filter. */
  readonly id: string
  readonly label: string
  readonly width: number
  readonly isQuiet?: boolean
  readonly isHidden?: boolean
  of(row: Row): string | null
}

/** A column of one text that can be filtered by. */
export const textColumn = <Row,>({
  id,
  of,
  isQuiet = false,
  ...looks
}: TextColumnOptions<Row>): ExplorerColumn<Row> => ({
  id,
  ...looks,
  field: field(id),
  value: (row) => of(row) ?? undefined,
  cell: (row) => <TextCell text={of(row)} isQuiet={isQuiet} />,
})
