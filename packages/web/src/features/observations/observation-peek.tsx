import { useQuery } from '@tanstack/react-query'
import type { ObservationListRowDto } from '@xtrace/contract'
import { observationQuery, versionOfRow } from '#api/observation.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import type { PeekProps } from '#components/explorer/explorer-peek.tsx'
import { PayloadPreview } from '#components/explorer/payload-preview.tsx'
import { Facts, PeekPanel } from '#components/explorer/peek-panel.tsx'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'

interface ObservationPeekProps extends PeekProps<ObservationListRowDto> {
  readonly project: string
  onOpen(traceId: string): void
}

/** What an observation took, cost, got and gave. */
export function ObservationPeek({ project, id, row, onOpen, ...actions }: ObservationPeekProps) {
  const detail = useQuery(observationQuery(project, id, versionOfRow(row)))
  const type = row?.type ?? detail.data?.observation.type ?? ''
  const traceId = row?.traceId ?? detail.data?.observation.traceId ?? undefined
  const name = row?.name ?? detail.data?.observation.name ?? 'Observation'
  return (
    <PeekPanel
      {...actions}
      onOpen={traceId ? () => onOpen(traceId) : undefined}
      label="Observation"
      title={
        <>
          <TypeIcon type={type} />
          <span className="truncate">{name}</span>
          <span className="mono truncate font-normal text-text-3">{id}</span>
          <CopyButton text={id} label="Copy id" />
        </>
      }
    >
      {row ? <RowFacts row={row} /> : null}
      {detail.isPending ? <SkeletonRows count={6} /> : null}
      {detail.error ? (
        <ErrorState error={detail.error} doing="read the observation" onRetry={() => detail.refetch()} />
      ) : null}
      {detail.data ? (
        <>
          <PayloadPreview label="Input" payload={detail.data.payloads.input} />
          <PayloadPreview label="Output" payload={detail.data.payloads.output} />
          <PayloadPreview label="Metadata" payload={detail.data.payloads.metadata} />
        </>
      ) : null}
    </PeekPanel>
  )
}

const MS = 1000
const ms = (seconds: number | null) => (seconds === null ? null : seconds * MS)

function RowFacts({ row }: { readonly row: ObservationListRowDto }) {
  const time = useTimeFormat()
  const { level, totalTokens, inputTokens, outputTokens, promptName, promptVersion } = row
  return (
    <Facts
      facts={{
        Time: time.full(row.time),
        Level: level === 'DEFAULT' ? null : level.toLowerCase(),
        Status: row.status,
        Latency: formatDuration(ms(row.latency)),
        'First token': formatDuration(ms(row.timeToFirstToken)),
        Model: row.model,
        Tokens: totalTokens === 0 ? null : formatTokenPair(inputTokens, outputTokens),
        Cost: formatCost(row.cost),
        Prompt: promptName === null ? null : `${promptName} v${promptVersion ?? '?'}`,
        Environment: row.environment,
        Version: row.version,
        'Tools called': row.tools.join(', '),
        Trace: <span className="mono">{row.traceId}</span>,
      }}
    />
  )
}
