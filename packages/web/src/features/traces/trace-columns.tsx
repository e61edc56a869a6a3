import type { TraceListRowDto } from '@xtrace/contract'
import { Bookmark } from 'lucide-react'
import { ErrorsCell, PreviewCell, ScoresCell, TextCell, TimeCell, WordsCell } from '#components/explorer/cells.tsx'
import { type ExplorerColumn, field } from '#components/explorer/explorer-column.ts'
import { textColumn } from '#components/explorer/text-column.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'

type Row = TraceListRowDto

const MS = 1000

function latencyText({ latency, isOpen, time }: Row): string {
  if (isOpen) return formatRunning(Date.now() - time)
  return formatDuration(latency === null ? null : latency * MS)
}

/** The columns of the table of traces, in the order in which they are shown first. */
export const TRACE_COLUMNS: readonly ExplorerColumn<Row>[] = [
  { id: 'time', label: 'Time', width: 112, sortKey: 'time', cell: ({ time }) => <TimeCell at={time} /> },
  {
    id: 'name',
    label: 'Name',
    width: 180,
    sortKey: 'name',
    field: field('name'),
    value: ({ name }) => name ?? undefined,
    cell: ({ name, bookmarked }) => (
      <span className="flex items-center gap-1 font-medium">
        <span className="truncate">{name ?? '–'}</span>
        {bookmarked ? <Bookmark size={12} fill="currentColor" aria-label="bookmarked" className="text-accent" /> : null}
      </span>
    ),
  },
  { id: 'input', label: 'Input', width: 240, cell: ({ input }) => <PreviewCell text={input} /> },
  { id: 'output', label: 'Output', width: 240, cell: ({ output }) => <PreviewCell text={output} /> },
  { id: 'latency', label: 'Latency', width: 84, isNumeric: true, sortKey: 'latency', cell: latencyText },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 116,
    isNumeric: true,
    sortKey: 'tokens',
    cell: ({ inputTokens, outputTokens, totalTokens }) =>
      totalTokens === 0 ? '–' : formatTokenPair(inputTokens, outputTokens),
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 80,
    isNumeric: true,
    sortKey: 'cost',
    cell: ({ cost }) => formatCost(cost),
  },
  {
    id: 'errors',
    label: 'Errors',
    width: 64,
    isNumeric: true,
    sortKey: 'errors',
    cell: ({ errors }) => <ErrorsCell count={errors} />,
  },
  {
    id: 'observations',
    label: 'Obs.',
    width: 60,
    isNumeric: true,
    cell: ({ observations }) => formatCount(observations),
  },
  textColumn({ id: 'user', label: 'User', width: 110, of: ({ userId }) => userId }),
  textColumn({ id: 'session', label: 'Session', width: 120, of: ({ sessionId }) => sessionId }),
  textColumn({ id: 'env', label: 'Env', width: 90, isQuiet: true, of: ({ environment }) => environment }),
  {
    id: 'tags',
    label: 'Tags',
    width: 140,
    field: field('tags'),
    value: ({ tags }) => tags[0],
    cell: ({ tags }) => <WordsCell words={tags} />,
  },
  { id: 'models', label: 'Models', width: 160, cell: ({ models }) => <TextCell text={models.join(', ')} /> },
  { id: 'scores', label: 'Scores', width: 200, cell: ({ scores }) => <ScoresCell scores={scores} /> },
  textColumn({ id: 'version', label: 'Version', width: 90, isQuiet: true, of: ({ version }) => version }),
  textColumn({
    id: 'release',
    label: 'Release',
    width: 90,
    isHidden: true,
    isQuiet: true,
    of: ({ release }) => release,
  }),
  {
    id: 'id',
    label: 'Id',
    width: 240,
    isHidden: true,
    field: field('id'),
    value: ({ id }) => id,
    cell: ({ id }) => <span className="mono">{id}</span>,
  },
]
