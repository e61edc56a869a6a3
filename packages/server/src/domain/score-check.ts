import type { ScoreChange } from '#domain/change.ts'
import type { ScoreConfig } from '#domain/score-config.ts'

type Checkable = Pick<ScoreChange, 'name' | 'dataType' | 'value' | 'stringValue'>

export type ScoreCheck<Score> =
  | { readonly ok: true; readonly score: Score }
  /** The sentence says what the configuration refuses. */
  | { readonly ok: false; readonly reason: string }

const MAX_TEXT_LENGTH = 500

/**
 * Holds a score to its configuration: of its type, in use, within bounds, a known category,
 * which gives the score its number; the name becomes the configuration's (langfuse-ingestion contract
 * §2.4). Without a configuration every score passes.
 */
export function checkScore<Score extends Checkable>(config: ScoreConfig | undefined, score: Score): ScoreCheck<Score> {
  if (!config) return { ok: true, score }
  const reason = refusal(config, score)
  if (reason !== undefined) return { ok: false, reason: `score config ${config.id} ${reason}` }
  const category = config.categories?.find(({ label }) => label === score.stringValue)
  const value = score.dataType === 'CATEGORICAL' && category ? category.value : score.value
  return { ok: true, score: { ...score, name: config.name, value } }
}

function refusal(config: ScoreConfig, { dataType, value, stringValue }: Checkable): string | undefined {
  if (config.isArchived) return 'is archived'
  if (dataType !== config.dataType) return `is of type ${config.dataType}, the score of type ${dataType}`
  switch (config.dataType) {
    case 'NUMERIC':
      return outOfBounds(config, value)
    case 'CATEGORICAL':
      return config.categories?.some(({ label }) => label === stringValue)
        ? undefined
        : `has no category ${stringValue}`
    case 'BOOLEAN':
      return value === 0 || value === 1 ? undefined : 'allows 0 and 1 only'
    case 'TEXT':
      return (stringValue ?? '').length <= MAX_TEXT_LENGTH ? undefined : `allows ${MAX_TEXT_LENGTH} characters at most`
  }
}

function outOfBounds({ minValue, maxValue }: ScoreConfig, value: number): string | undefined {
  if (minValue !== undefined && value < minValue) return `allows no value below ${minValue}`
  return maxValue !== undefined && value > maxValue ? `allows no value above ${maxValue}` : undefined
}
