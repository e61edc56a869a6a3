import type { ObservationListRowDto } from '@xtrace/contract'
import { PreviewCell, TextCell, TimeCell } from '#components/explorer/cells.tsx'
import { type ExplorerColumn, field } from '#components/explorer/explorer-column.ts'
import { textColumn } from '#components/explorer/text-column.tsx'
import { typeLabel } from '#components/observation-type/observation-type.ts'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'

type Row = ObservationListRowDto

const MS = 1000
const ms = (seconds: number | null) => (seconds === null ? null : seconds * MS)
const TONES: Readonly<Record<string, Tone>> = { ERROR: 'error', WARNING: 'warning' }

const latencyText = ({ latency, type, time }: Row): string =>
  latency === null && type !== 'EVENT' ? formatRunning(Date.now() - time) : formatDuration(ms(latency))

/** The columns of the table of observations, in the order in which they are shown first. */
export const OBSERVATION_COLUMNS: readonly ExplorerColumn<Row>[] = [
  { id: 'time', label: 'Time', width: 112, sortKey: 'time', cell: ({ time }) => <TimeCell at={time} /> },
  {
    id: 'type',
    label: 'Type',
    width: 112,
    field: field('type'),
    value: ({ type }) => type.toLowerCase(),
    cell: ({ type }) => (
      <span className="flex items-center gap-1.5 text-text-2">
        <TypeIcon type={type} />
        {typeLabel(type)}
      </span>
    ),
  },
  {
    id: 'name',
    label: 'Name',
    width: 180,
    sortKey: 'name',
    field: field('name'),
    value: ({ name }) => name ?? undefined,
    cell: ({ name }) => <span className="font-medium">{name ?? '–'}</span>,
  },
  {
    id: 'level',
    label: 'Level',
    width: 84,
    field: field('level'),
    value: ({ level }) => level.toLowerCase(),
    cell: ({ level }) =>
      level === 'DEFAULT' ? (
        <span className="text-text-3">–</span>
      ) : (
        <Badge tone={TONES[level] ?? 'neutral'}>{level.toLowerCase()}</Badge>
      ),
  },
  { id: 'latency', label: 'Latency', width: 84, isNumeric: true, sortKey: 'latency', cell: latencyText },
  {
    id: 'ttft',
    label: 'First token',
    width: 90,
    isNumeric: true,
    sortKey: 'ttft',
    cell: ({ timeToFirstToken }) => formatDuration(ms(timeToFirstToken)),
  },
  textColumn({ id: 'model', label: 'Model', width: 150, of: ({ model }) => model }),
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
    id: 'prompt',
    label: 'Prompt',
    width: 110,
    field: field('prompt'),
    value: ({ promptName }) => promptName ?? undefined,
    cell: ({ promptName, promptVersion }) => (
      <TextCell text={promptName === null ? null : `${promptName} v${promptVersion ?? '?'}`} />
    ),
  },
  textColumn({ id: 'status', label: 'Status', width: 180, isQuiet: true, of: ({ status }) => status }),
  { id: 'input', label: 'Input', width: 240, cell: ({ input }) => <PreviewCell text={input} /> },
  { id: 'output', label: 'Output', width: 240, cell: ({ output }) => <PreviewCell text={output} /> },
  {
    id: 'trace',
    label: 'Trace',
    width: 120,
    field: field('trace'),
    value: ({ traceId }) => traceId,
    cell: ({ traceId }) => (
      <span className="mono text-text-2" title={traceId}>
        {traceId}
      </span>
    ),
  },
  textColumn({ id: 'env', label: 'Env', width: 90, isQuiet: true, of: ({ environment }) => environment }),
  {
    id: 'tools',
    label: 'Tools called',
    width: 140,
    isHidden: true,
    field: field('tool'),
    value: ({ tools }) => tools[0],
    cell: ({ tools }) => <TextCell text={tools.join(', ')} />,
  },
  textColumn({
    id: 'version',
    label: 'Version',
    width: 90,
    isHidden: true,
    isQuiet: true,
    of: ({ version }) => version,
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
