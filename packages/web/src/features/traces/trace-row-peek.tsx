import { useQuery } from '@tanstack/react-query'
import type { SkeletonDto, TraceListRowDto } from '@xtrace/contract'
import { skeletonQuery } from '#api/trace.ts'
import { ErrorsCell, ScoresCell, WordsCell } from '#components/explorer/cells.tsx'
import type { PeekProps } from '#components/explorer/explorer-peek.tsx'
import { Facts, PeekPanel } from '#components/explorer/peek-panel.tsx'
import { PeekedTrace, useIsOpenLong } from '#components/explorer/peeked-trace.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import type { TraceViewSearch } from '#search/trace-view-search.ts'

interface TraceRowPeekProps extends PeekProps<TraceListRowDto> {
  readonly project: string
  readonly search: TraceViewSearch
  onOpen(): void
}

/** What the list knows of a trace, and the trace itself. */
export function TraceRowPeek({ project, id, row, search, ...actions }: TraceRowPeekProps) {
  const isReady = useIsOpenLong()
  // The head of one that the list does not hold.
  const skeleton = useQuery({ ...skeletonQuery(project, id), enabled: row === undefined })
  const title = row?.name ?? skeleton.data?.trace.name ?? 'Trace'
  return (
    <PeekPanel
      {...actions}
      id={id}
      label="Trace"
      title={
        <>
          <span className="truncate">{title}</span>
          <span className="mono hidden truncate font-normal text-text-3 sm:inline">{id}</span>
          <CopyButton text={id} label="Copy id" />
        </>
      }
    >
      {row ? <RowFacts row={row} /> : null}
      {!row && skeleton.data ? <SkeletonFacts trace={skeleton.data.trace} /> : null}
      <PeekedTrace isReady={isReady} project={project} traceId={id} search={search} />
    </PeekPanel>
  )
}

const MS = 1000

function RowFacts({ row }: { readonly row: TraceListRowDto }) {
  const time = useTimeFormat()
  const { latency, cost, inputTokens, outputTokens, totalTokens, errors, observations, tags, scores } = row
  return (
    <Facts
      facts={{
        Time: time.full(row.time),
        Latency: formatDuration(latency === null ? null : latency * MS),
        Cost: formatCost(cost),
        Tokens: totalTokens === 0 ? null : formatTokenPair(inputTokens, outputTokens),
        Observations: formatCount(observations),
        Errors: errors > 0 ? <ErrorsCell count={errors} /> : null,
        User: row.userId,
        Session: row.sessionId,
        Environment: row.environment,
        Version: row.version,
        Release: row.release,
        Models: row.models.join(', '),
        Tags: tags.length > 0 ? <WordsCell words={tags} /> : null,
        Scores: scores.length > 0 ? <ScoresCell scores={scores} /> : null,
      }}
    />
  )
}

function SkeletonFacts({ trace }: { readonly trace: SkeletonDto['trace'] }) {
  const time = useTimeFormat()
  return (
    <Facts
      facts={{
        Time: time.full(trace.time),
        User: trace.userId,
        Session: trace.sessionId,
        Environment: trace.environment,
        Version: trace.version,
        Release: trace.release,
      }}
    />
  )
}
