import { useQuery } from '@tanstack/react-query'
import type { SkeletonDto, TraceListRowDto } from '@xtrace/contract'
import { skeletonQuery, tracePayloadsQuery } from '#api/trace.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { ErrorsCell, ScoresCell, WordsCell } from '#components/explorer/cells.tsx'
import type { PeekProps } from '#components/explorer/explorer-peek.tsx'
import { PayloadPreview } from '#components/explorer/payload-preview.tsx'
import { Facts, PeekPanel } from '#components/explorer/peek-panel.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'

interface TracePeekProps extends PeekProps<TraceListRowDto> {
  readonly project: string
  onOpen(): void
}

/** What a trace took, cost, was asked and answered. */
export function TracePeek({ project, id, row, ...actions }: TracePeekProps) {
  const payloads = useQuery(tracePayloadsQuery(project, id))
  // The head of one that the list does not hold.
  const skeleton = useQuery({ ...skeletonQuery(project, id), enabled: row === undefined })
  const title = row?.name ?? skeleton.data?.trace.name ?? 'Trace'
  return (
    <PeekPanel
      {...actions}
      label="Trace"
      title={
        <>
          <span className="truncate">{title}</span>
          <span className="mono truncate font-normal text-text-3">{id}</span>
          <CopyButton text={id} label="Copy id" />
        </>
      }
    >
      {row ? <RowFacts row={row} /> : null}
      {!row && skeleton.data ? <SkeletonFacts trace={skeleton.data.trace} /> : null}
      {payloads.isPending ? <SkeletonRows count={6} /> : null}
      {payloads.error ? (
        <ErrorState error={payloads.error} doing="read the trace" onRetry={() => payloads.refetch()} />
      ) : null}
      {payloads.data ? (
        <>
          <PayloadPreview label="Input" payload={payloads.data.payloads.input} />
          <PayloadPreview label="Output" payload={payloads.data.payloads.output} />
          <PayloadPreview label="Metadata" payload={payloads.data.payloads.metadata} />
        </>
      ) : null}
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
