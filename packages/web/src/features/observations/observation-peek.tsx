import { useQuery } from '@tanstack/react-query'
import type { ObservationListRowDto } from '@xtrace/contract'
import { useMemo } from 'react'
import { observationQuery, versionOfRow } from '#api/observation.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import type { PeekProps } from '#components/explorer/explorer-peek.tsx'
import { Facts, PeekPanel } from '#components/explorer/peek-panel.tsx'
import { PeekedTrace, PeekSkeleton, useIsOpenLong } from '#components/explorer/peeked-trace.tsx'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { TraceViewSearch } from '#search/trace-view-search.ts'

interface ObservationPeekProps extends PeekProps<ObservationListRowDto> {
  readonly project: string
  readonly search: TraceViewSearch
  onOpen(traceId: string): void
}

/** What the list knows of an observation, and its trace, in which it is selected until another is. */
export function ObservationPeek({ project, id, row, search, onOpen, ...actions }: ObservationPeekProps) {
  const isReady = useIsOpenLong()
  // Of one that the list does not hold.
  const detail = useQuery({ ...observationQuery(project, id, versionOfRow(row)), enabled: row === undefined })
  const { type = '', name, traceId } = row ?? detail.data?.observation ?? {}
  const view = useMemo(() => ({ ...search, node: search.node ?? id }), [search, id])
  return (
    <PeekPanel
      {...actions}
      id={traceId ?? id}
      onOpen={traceId ? () => onOpen(traceId) : undefined}
      label="Observation"
      title={
        <>
          <TypeIcon type={type} />
          <span className="truncate">{name ?? 'Observation'}</span>
          <span className="mono hidden truncate font-normal text-text-3 sm:inline">{id}</span>
          <CopyButton text={id} label="Copy id" />
        </>
      }
    >
      {row ? <RowFacts row={row} /> : null}
      {detail.isLoading ? <PeekSkeleton /> : null}
      {detail.error ? (
        <ErrorState error={detail.error} doing="read the observation" onRetry={() => detail.refetch()} />
      ) : null}
      {traceId ? <PeekedTrace isReady={isReady} project={project} traceId={traceId} search={view} /> : null}
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
