import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricSeriesQuery, type SeriesAnswers, type SeriesSpan } from '#api/metrics.ts'
import { useProject } from '#project/use-project.ts'
import type { Interval } from '#search/time-range.ts'
import { type LetteredSpec, type Line, linesOf } from './series-lines.ts'
import { type ParsedSeries, parseSeries } from './series-text.ts'
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
  readonly times: readonly number[]
  readonly lines: readonly Line[]
  /** Letters of texts of which the server gave only a part. */
  readonly truncated: readonly string[]
}

function drawingOf({ interval, step, answers }: SeriesAnswers<LetteredSpec>): MetricDrawing {
  const times = bucketStarts(interval, step.ms)
  const truncated = answers.filter(({ dto }) => dto.meta.truncated).map(({ asked }) => asked.letter)
  return { interval, step, times, lines: linesOf(answers, times, step.ms), truncated }
}
