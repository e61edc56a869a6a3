import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricSeriesQuery, type SeriesAnswers, type SeriesSpan } from '#api/metrics.ts'
import { type ParsedSeries, parseSeries } from '#lib/metrics/series-text.ts'
import { useProject } from '#project/use-project.ts'
import type { Interval } from '#search/time-range.ts'
import { type Cut, cutsOf } from './cuts.ts'
import { type LetteredSpec, type Line, linesOf } from './series-lines.ts'
import { bucketStarts, type Step } from './steps.ts'

export interface SeriesText {
  /** `a`, `b`, …: by place. */
  readonly letter: string
  readonly text: string
  readonly parsed: ParsedSeries
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export const readSeries = (texts: readonly string[]): SeriesText[] =>
  texts.map((text, place) => ({ letter: LETTERS[place] ?? String(place + 1), text, parsed: parseSeries(text) }))

/** Asks for every text that can be read. What was drawn stays until the next answer is there. */
export function useMetricLines(series: readonly SeriesText[], interval: Interval, step: Step) {
  const { project } = useProject()
  const asked = series.flatMap(({ letter, parsed }) => (parsed.ok ? [{ letter, ...parsed.spec }] : []))
  const answer = useQuery({
    ...metricSeriesQuery(project.id, asked, { interval, step }),
    placeholderData: keepPreviousData,
  })
  const { data } = answer
  const drawing = useMemo(() => (data ? drawingOf(data) : undefined), [data])
  return { answer, drawing }
}

export interface MetricDrawing extends SeriesSpan {
  readonly readAtMs: number
  readonly times: readonly number[]
  readonly lines: readonly Line[]
  /** What the server left out. */
  readonly cuts: readonly Cut[]
}

function drawingOf({ interval, step, readAtMs, answers }: SeriesAnswers<LetteredSpec>): MetricDrawing {
  const times = bucketStarts(interval, step.ms)
  return { interval, step, readAtMs, times, lines: linesOf(answers, times), cuts: cutsOf(answers) }
}
