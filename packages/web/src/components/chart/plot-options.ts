import uPlot from 'uplot'
import type { Interval } from '#search/time-range.ts'
import { type ChartSeries, placesBetweenGaps } from './chart-data.ts'
import { tokenColour } from './use-token-colours.ts'

export type ChartKind = 'line' | 'area' | 'bars'

export interface PlotSetup {
  readonly kind: ChartKind
  readonly series: readonly ChartSeries[]
  readonly isStacked: boolean
  readonly isLog: boolean
  /** What the time axis spans. */
  readonly interval: Interval
  readonly zoneName: string
  /** Charts of one name move their cursors together. */
  readonly cursorGroup: string | undefined
  format(value: number): string
  onZoom(interval: Interval): void
  /** Index of the time under the cursor; null when it has left. */
  onHover(index: number | null): void
  onPick(index: number): void
}

/** A drag shorter than this was a click. */
const MIN_DRAG_PX = 4
const BAR_SHARE = 0.8
const MAX_BAR_PX = 40

/** What uPlot wants to know; colours are those of the theme that is painted now. */
export function plotOptions(setup: PlotSetup, size: { width: number; height: number }): uPlot.Options {
  const { interval, zoneName, isLog, cursorGroup, series } = setup
  return {
    ...size,
    // Room for half a label of time under the right end.
    padding: [8, 18, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zoneName),
    scales: {
      x: { time: true, range: [interval.fromMs / 1000, interval.toMs / 1000] },
      y: isLog ? { distr: 3 } : { range: (_, min, max) => [Math.min(0, min ?? 0), max > 0 ? max * 1.05 : 1] },
    },
    axes: [
      { ...axis(), values: TIME_LABELS },
      { ...axis(), size: 56, values: (_, ticks) => ticks.map((tick) => setup.format(tick)) },
    ],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      ...(cursorGroup !== undefined && { sync: { key: cursorGroup, setSeries: false } }),
    },
    series: [{}, ...series.map((one) => seriesOptions(one, setup))],
    hooks: {
      setSelect: [(plot) => zoom(plot, setup)],
      setCursor: [(plot) => setup.onHover(plot.cursor.idx ?? null)],
      ready: [(plot) => listenForPicks(plot, setup)],
    },
  }
}

/**
 * For each width between ticks, in seconds: the label, and what stands under it where the year, the day or the minute
 * is another than at the tick before. Hours of the day run to 24 in every zone.
 */
const TIME_LABELS: uPlot.Axis.Values = [
  [31_536_000, '{YYYY}', null, null, null, null, null, null, 1],
  [2_419_200, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [86_400, '{MMM} {D}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{MMM} {D}', null, '\n{MMM} {D}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{MMM} {D}', null, '\n{MMM} {D}', null, null, null, 1],
  [0.001, '{ss}.{fff}', '\n{MMM} {D} {HH}:{mm}', null, '\n{MMM} {D} {HH}:{mm}', null, '\n{HH}:{mm}', null, 1],
]

function axis(): uPlot.Axis {
  const line = tokenColour('line')
  return {
    stroke: tokenColour('text-3'),
    font: '11px "Geist Variable", system-ui, sans-serif',
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
    space: 48,
  }
}

function seriesOptions({ label, colour, values, width = 1.5, dash }: ChartSeries, { kind }: PlotSetup): uPlot.Series {
  const stroke = tokenColour(colour)
  const alone = placesBetweenGaps(values)
  return {
    label,
    stroke,
    width: kind === 'bars' ? 0 : width,
    spanGaps: false,
    points: kind === 'bars' ? { show: false } : { size: width + 3, width: 0, fill: stroke, filter: () => alone },
    ...(dash && dash.length > 0 && { dash }),
    ...(kind === 'area' && { fill: faint(stroke) }),
    ...(kind === 'bars' && { fill: stroke, paths: barPaths() }),
  }
}

const faint = (colour: string) => `color-mix(in oklab, ${colour} 20%, transparent)`

function barPaths(): uPlot.Series.PathBuilder {
  const { bars } = uPlot.paths
  if (!bars) throw new Error('uPlot was built without bars')
  return bars({ size: [BAR_SHARE, MAX_BAR_PX], align: 1, gap: 1 })
}

function zoom(plot: uPlot, { onZoom }: PlotSetup): void {
  const { left, width } = plot.select
  if (width < MIN_DRAG_PX) return
  onZoom({ fromMs: plot.posToVal(left, 'x') * 1000, toMs: plot.posToVal(left + width, 'x') * 1000 })
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}

function listenForPicks(plot: uPlot, { onPick }: PlotSetup): void {
  let downX = 0
  plot.over.addEventListener('mousedown', ({ clientX }) => {
    downX = clientX
  })
  plot.over.addEventListener('click', ({ clientX }) => {
    const index = plot.cursor.idx
    if (Math.abs(clientX - downX) < MIN_DRAG_PX && index != null) onPick(index)
  })
}
