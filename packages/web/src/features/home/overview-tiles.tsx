import type { OverviewDto } from '@xtrace/contract'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount, formatPercent, formatShortCount } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import { Tile } from './tile.tsx'

interface OverviewTilesProps {
  readonly overview: OverviewDto
  readonly project: string
}

const toMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000)
const shareOf = ({ traces, failed }: OverviewDto['total']) => (traces === 0 ? null : failed / traces)

/** The headline figures of the time range, beside those of the time before. */
export function OverviewTiles({ overview: { total, before }, project }: OverviewTilesProps) {
  const exactly = (value: number | null) => (value === null ? undefined : String(value))
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] overflow-hidden border-b bg-surface">
      <Tile
        label="Traces"
        value={formatShortCount(total.traces)}
        exact={formatCount(total.traces)}
        now={total.traces}
        before={before.traces}
        project={project}
      />
      <Tile
        label="Cost"
        value={formatCost(total.cost)}
        exact={exactly(total.cost)}
        now={total.cost}
        before={before.cost}
        project={project}
        sort="-cost"
      />
      <Tile
        label="Tokens"
        value={formatTokens(total.tokens)}
        exact={formatCount(total.tokens)}
        now={total.tokens}
        before={before.tokens}
        project={project}
        sort="-tokens"
      />
      {(['p50', 'p90', 'p99'] as const).map((quantile) => (
        <Tile
          key={quantile}
          label={`Latency ${quantile}`}
          value={formatDuration(toMs(total[quantile]))}
          exact={exactly(total[quantile])}
          now={total[quantile]}
          before={before[quantile]}
          project={project}
          q={total[quantile] === null ? undefined : `latency:>=${total[quantile]}`}
          sort="-latency"
        />
      ))}
      <Tile
        label="With errors"
        value={formatPercent(shareOf(total))}
        exact={formatCount(total.failed)}
        now={shareOf(total)}
        before={shareOf(before)}
        project={project}
        q="errors:>0"
      />
    </div>
  )
}
