import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { stacked } from './chart-data.ts'
import { type PlotSetup, plotOptions } from './plot-options.ts'
import { usePaintedTheme } from './use-token-colours.ts'

interface PlotProps {
  readonly setup: PlotSetup
  /** Seconds since the epoch. */
  readonly times: readonly number[]
  readonly height: number
}

/** uPlot in a box as wide as there is room. Made anew when what is drawn changes; data alone is handed over. */
export function Plot({ setup, times, height }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const theme = usePaintedTheme()
  const latest = useRef(setup)
  useEffect(() => {
    latest.current = setup
  })
  const { kind, series, isStacked, isLog, interval, zoneName, cursorGroup } = setup
  useEffect(() => {
    const element = box.current
    if (!element || theme === '') return undefined
    const followed: PlotSetup = {
      kind,
      isStacked,
      isLog,
      interval,
      zoneName,
      cursorGroup,
      series: drawnFirst(series, isStacked),
      format: (value) => latest.current.format(value),
      onZoom: (zoomed) => latest.current.onZoom(zoomed),
      onHover: (index) => latest.current.onHover(index),
      onPick: (index) => latest.current.onPick(index),
    }
    const values = isStacked ? stacked(series) : series.map((one) => one.values)
    const data: uPlot.AlignedData = [[...times], ...drawnFirst(values, isStacked).map((one) => [...one])]
    const plot = new uPlot(plotOptions(followed, { width: element.clientWidth, height }), data, element)
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [kind, series, isStacked, isLog, interval, zoneName, cursorGroup, times, height, theme])
  return <div ref={box} aria-hidden style={{ height }} />
}

/** The tallest of a stack is drawn first, and those it stands on over it. */
const drawnFirst = <T,>(series: readonly T[], isStacked: boolean): readonly T[] =>
  isStacked ? [...series].reverse() : series
