/** What an answer left out, in words. Pure. */
import { formatCount } from '#lib/format/figures.ts'
import type { Answer } from './series-lines.ts'

/** Bounds of one answer of the server. */
const MOST_SERIES = 50
const MOST_POINTS = 1000

export interface Cut {
  /** Of the line of text. */
  readonly letter: string
  /** There are more series, or more points of a series, than were given. */
  readonly lacks: readonly ('series' | 'points')[]
}

/** The texts of which the server gave only a part, and of which kind. */
export function cutsOf(answers: readonly Answer[]): Cut[] {
  return answers
    .filter(({ dto }) => dto.meta.truncated)
    .map(({ asked, dto }) => ({
      letter: asked.letter,
      lacks: [
        ...(dto.data.length >= MOST_SERIES ? (['series'] as const) : []),
        ...(dto.data.some(({ values }) => values.length >= MOST_POINTS) ? (['points'] as const) : []),
      ],
    }))
}

export const lacksPoints = (cuts: readonly Cut[]): boolean => cuts.some(({ lacks }) => lacks.includes('points'))

/** `a holds the first 50 series; b the newest 1,000 points of each series.` */
export function sentenceOf(cuts: readonly Cut[]): string {
  const parts = cuts.map(({ letter, lacks }) => {
    const what = [
      ...(lacks.includes('series') ? [`the first ${formatCount(MOST_SERIES)} series by their labels`] : []),
      ...(lacks.includes('points') ? [`the newest ${formatCount(MOST_POINTS)} points of each series`] : []),
    ]
    return `${letter}: ${what.length === 0 ? 'a part' : what.join(', ')}`
  })
  return `Only a part is shown (${parts.join('; ')}).`
}
