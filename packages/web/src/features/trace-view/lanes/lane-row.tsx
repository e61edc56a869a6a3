import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, X } from 'lucide-react'
import { useMemo } from 'react'
import { metricSeriesQuery } from '#api/metrics.ts'
import { coloursOf } from '#components/chart/palette.ts'
import { buttonLook } from '#components/ui/button.tsx'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import type { TreeLayout } from '#features/trace-view/tree/tree-layout.ts'
import type { GapFolding } from '#features/trace-view/waterfall/scale-store.ts'
import { extentOf, heightOf, type LaneSpan } from '#lib/metrics/lane.ts'
import { formatValue } from '#lib/metrics/metric-value.ts'
import { type ParsedSeries, parseSeries, printSeries, type SeriesSpec } from '#lib/metrics/series-text.ts'
import { fixedRange } from '#search/time-range.ts'
import { LANE_PX, LaneCanvas } from './lane-canvas.tsx'
import { LaneLegend } from './lane-legend.tsx'
import { laneLines } from './lane-lines.ts'

interface LaneRowProps {
  /** A series as the URL has it. */
  readonly text: string
  readonly span: LaneSpan
  readonly layout: TreeLayout
  readonly folding: GapFolding
  onRemove(): void
}

/** One metric: what it is called and worth left, its course right. */
export function LaneRow({ text, span, layout, folding, onRemove }: LaneRowProps) {
  const parsed = useMemo(() => parseSeries(text), [text])
  const { lines, state } = useLane(parsed, span)
  const colours = useMemo(() => coloursOf(lines.map(({ label }) => label)), [lines])
  const extent = useMemo(() => extentOf(lines), [lines])
  const height = extent && heightOf(extent)
  const { wordsPx, barLeftPx, barWidthPx } = layout
  const title = parsed.ok ? titleOf(parsed.spec) : text
  const isStacked = wordsPx === undefined
  return (
    <section aria-label={`Metric ${title}`} className="relative flex shrink-0 flex-wrap border-t">
      <div
        className="flex min-w-0 flex-col justify-center gap-0.5 py-1 pr-1 pl-3"
        style={isStacked ? { width: '100%' } : { width: wordsPx, height: LANE_PX }}
      >
        <div className="flex min-w-0 items-center gap-1">
          <span className="mono min-w-0 flex-1 truncate" title={text}>
            {title}
          </span>
          {parsed.ok ? <ExplorerLink spec={parsed.spec} span={span} /> : null}
          <button
            type="button"
            aria-label={`Remove ${title}`}
            title="Remove"
            onClick={onRemove}
            className={`${LANE_BUTTON} text-text-3`}
          >
            <X size={14} strokeWidth={1.5} />
          </button>
        </div>
        {height ? (
          <div className="flex min-w-0 items-center gap-2">
            <div className="min-w-0 flex-1">
              <LaneLegend lines={lines} colours={colours} />
            </div>
            <span className="tabular shrink-0 text-11 text-text-3">
              {formatValue(height.min)} to {formatValue(height.max)}
            </span>
          </div>
        ) : (
          <span className="truncate text-11 text-text-3">{parsed.ok ? state : parsed.reason}</span>
        )}
      </div>
      <div
        className="relative shrink-0"
        style={{ marginLeft: barLeftPx - (wordsPx ?? 0), width: barWidthPx, height: LANE_PX }}
      >
        {height ? (
          <LaneCanvas lines={lines} colours={colours} height={height} widthPx={barWidthPx} folding={folding} />
        ) : null}
      </div>
    </section>
  )
}

const LANE_BUTTON = buttonLook({ kind: 'quiet', isIcon: true }).replace('h-7', 'h-6')

/** The name alone for what is plainly averaged. */
const titleOf = (spec: SeriesSpec): string =>
  spec.aggregation === 'avg' && spec.labels.length === 0 && spec.by.length === 0 ? spec.metric : printSeries(spec)

function ExplorerLink({ spec, span }: { readonly spec: SeriesSpec; readonly span: LaneSpan }) {
  const { project } = useTraceContext()
  return (
    <Link
      to="/p/$project/metrics"
      params={{ project }}
      search={{ s: [printSeries(spec)], t: fixedRange(span) }}
      aria-label={`${spec.metric} in the metrics explorer`}
      title="In the metrics explorer"
      className={LANE_BUTTON}
    >
      <ArrowUpRight size={14} strokeWidth={1.5} />
    </Link>
  )
}

/** The lines of a lane; those that were drawn stay until the next are there. */
function useLane(parsed: ParsedSeries, { fromMs, toMs, step }: LaneSpan) {
  const { project } = useTraceContext()
  const { originMs } = useModel().tree.skeleton
  const answer = useQuery({
    ...metricSeriesQuery(project, parsed.ok ? [parsed.spec] : [], { interval: { fromMs, toMs }, step }),
    enabled: parsed.ok,
    placeholderData: keepPreviousData,
  })
  const { data } = answer
  const lines = useMemo(
    () => (data?.answers ?? []).flatMap(({ dto }) => laneLines(dto, { originMs, stepMs: data?.step.ms ?? 0 })),
    [data, originMs],
  )
  return { lines, state: answer.error?.message ?? (answer.isPending ? 'Reading…' : 'No points in this time') }
}
