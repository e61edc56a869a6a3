/** Terms on metadata and scores, which name a key. */
import type { FilterCondition } from '@xtrace/contract'
import { amountOf, truthOf } from './amount.ts'
import type { Comparison, FieldTerm, Test } from './query.ts'
import {
  conditions,
  invalid,
  numberHint,
  OPPOSITE,
  PARTS,
  type ScoreType,
  unsupported,
  type Verdict,
} from './verdict.ts'

export interface KeyedField {
  readonly column: string
  readonly key: string
  readonly scoreType: ((name: string) => ScoreType | undefined) | undefined
}

export function lowerKeyed({ test, isNegated }: FieldTerm, { column, key, scoreType }: KeyedField): Verdict {
  if (column === 'metadata') return lowerMetadata(test, { key, isNegated })
  const type = scoreType?.(key) ?? typeFrom(test)
  return lowerScore(test, { key, isNegated, type })
}

interface Keyed {
  readonly key: string
  readonly isNegated: boolean
}

/** All but `-metadata.k:*` holds only where the key is there. */
function lowerMetadata(test: Test, { key, isNegated }: Keyed): Verdict {
  const text = (operator: TextOperator, value: string) =>
    conditions({ type: 'stringObject', column: 'metadata', key, operator, value })
  switch (test.kind) {
    case 'set':
      return text(isNegated ? 'is not set' : 'is set', '')
    case 'is':
    case 'exact':
      return isNegated ? categories('metadata', key, { values: [test.value], isNegated }) : text('=', test.value)
    case 'any':
      return categories('metadata', key, { values: test.values, isNegated })
    case 'all':
      if (isNegated) return unsupported('The server cannot leave out what has all of several values.')
      return conditions(
        ...test.values.map(
          (value): FilterCondition => ({
            type: 'categoryOptions',
            column: 'metadata',
            key,
            operator: 'any of',
            value: [value],
          }),
        ),
      )
    case 'compare':
    case 'range':
      return numbers('metadata', key, { test, isNegated })
    default:
      if (!isNegated) return text(PARTS[test.kind], test.value)
      if (test.kind === 'contains') return text('does not contain', test.value)
      return unsupported(`The server cannot leave out what ${PARTS[test.kind]} a text.`)
  }
}

type TextOperator = Extract<FilterCondition, { type: 'stringObject' }>['operator']

function categories(
  column: string,
  key: string,
  { values, isNegated }: { values: readonly string[]; isNegated: boolean },
): Verdict {
  return conditions({
    type: 'categoryOptions',
    column,
    key,
    operator: isNegated ? 'none of' : 'any of',
    value: [...values],
  })
}

function numbers(
  column: string,
  key: string,
  { test, isNegated }: { test: Extract<Test, { kind: 'compare' | 'range' }>; isNegated: boolean },
): Verdict {
  const pairs: [Comparison, string][] =
    test.kind === 'compare'
      ? [[test.operator, test.value]]
      : [
          ['>=', test.from],
          ['<=', test.to],
        ]
  if (isNegated && pairs.length > 1)
    return unsupported('Outside of a range means below or above: the server knows no or.')
  const filters: FilterCondition[] = []
  for (const [operator, written] of pairs) {
    const value = amountOf(written, 'none')
    if (value === undefined) return invalid(numberHint(written, 'none'))
    filters.push({ type: 'numberObject', column, key, operator: isNegated ? OPPOSITE[operator] : operator, value })
  }
  return conditions(...filters)
}

/** What the value looks like, when no config tells. */
function typeFrom(test: Test): ScoreType {
  if (test.kind === 'compare' || test.kind === 'range') return 'numeric'
  const value = test.kind === 'is' || test.kind === 'exact' ? test.value : ''
  if (value === 'true' || value === 'false') return 'boolean'
  return value !== '' && amountOf(value, 'none') !== undefined ? 'numeric' : 'categorical'
}

function lowerScore(test: Test, score: Keyed & { readonly type: ScoreType }): Verdict {
  if (test.kind === 'set') return lowerScored(score.key, score.isNegated, score.type)
  if (score.type === 'categorical') return lowerCategory(test, score)
  return score.type === 'boolean' ? lowerTruth(test, score) : lowerNumber(test, score)
}

/** The one value that a test names. */
const oneValue = (test: Test): string | undefined =>
  test.kind === 'is' || test.kind === 'exact' ? test.value : undefined

function lowerCategory(test: Test, { key, isNegated }: Keyed): Verdict {
  const value = oneValue(test)
  const values = test.kind === 'any' ? test.values : value === undefined ? undefined : [value]
  if (!values) return invalid(`${key} is a category: use a value or a list of them.`)
  return categories('score_categories', key, { values, isNegated })
}

function lowerTruth(test: Test, { key, isNegated }: Keyed): Verdict {
  const truth = truthOf(oneValue(test) ?? '')
  if (truth === undefined) return invalid(`${key} is either true or false.`)
  const operator = isNegated ? '<>' : '='
  return conditions({ type: 'booleanObject', column: 'score_booleans', key, operator, value: truth })
}

function lowerNumber(test: Test, { key, isNegated }: Keyed): Verdict {
  if (test.kind === 'compare' || test.kind === 'range') return numbers('scores_avg', key, { test, isNegated })
  const written = oneValue(test) ?? ''
  const value = amountOf(written, 'none')
  if (value === undefined) return invalid(numberHint(written, 'none'))
  if (isNegated) return unsupported('Other than one number means below or above: the server knows no or.')
  return conditions({ type: 'numberObject', column: 'scores_avg', key, operator: '=', value })
}

/** Whether there is such a score at all, as far as a condition on its value can say so. */
function lowerScored(key: string, isNegated: boolean, type: ScoreType): Verdict {
  if (isNegated) return unsupported('The server cannot look for what has no such score.')
  if (type === 'numeric')
    return conditions({ type: 'numberObject', column: 'scores_avg', key, operator: '>=', value: -Number.MAX_VALUE })
  return unsupported(
    `Only for numbers the server can tell whether there is a score: use score.${key}:(…) with the values.`,
  )
}
