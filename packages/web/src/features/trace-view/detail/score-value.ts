import type { ScoreBody } from '@xtrace/contract'

const WORDS: Readonly<Record<string, number>> = { yes: 1, true: 1, '✓': 1, no: 0, false: 0, '✗': 0 }

/** What was typed as a score: a number, yes or no, or a category. */
export function readScoreValue(typed: string): Pick<ScoreBody, 'value' | 'dataType'> {
  const text = typed.trim()
  const truth = Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()] : undefined
  if (truth !== undefined) return { value: truth, dataType: 'BOOLEAN' }
  const number = Number(text)
  return text !== '' && Number.isFinite(number)
    ? { value: number, dataType: 'NUMERIC' }
    : { value: text, dataType: 'CATEGORICAL' }
}
