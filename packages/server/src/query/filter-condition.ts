/**
 * One condition of the filter language over one SQL expression, and what it says of a value that
 * isn't there. Values are always bound; the operators are words of ours.
 */
import type { ArrayFilter, Filter, NumberFilter, NumberOperator, OptionsFilter, TextFilter } from '#domain/filter.ts'
import { f64, instant, join, type Sql, sql, str, strs } from '#store/sql.ts'
import { isAmong } from './reader.ts'

/** The conditions that fit a plain column; those with a key are for metadata and scores. */
export type PlainFilter = Extract<
  Filter,
  { type: 'datetime' | 'string' | 'stringOptions' | 'arrayOptions' | 'number' | 'boolean' | 'null' }
>

/** The condition over `expression`; `isEmpty` is what `is null` means for it. */
export function testSql(expression: Sql, filter: PlainFilter, isEmpty: Sql): Sql {
  switch (filter.type) {
    case 'datetime':
      return compare(expression, filter.operator, sql`${instant(filter.value)}`)
    case 'number':
      return compare(expression, filter.operator, sql`${f64(filter.value)}`)
    case 'string':
      return testText(expression, filter.operator, filter.value)
    case 'stringOptions':
      return filter.operator === 'any of'
        ? isAmong(expression, filter.value)
        : sql`NOT (${isAmong(expression, filter.value)})`
    case 'arrayOptions':
      return testArray(expression, filter)
    case 'boolean':
      return (filter.operator === '=') === filter.value ? expression : sql`NOT (${expression})`
    case 'null':
      return filter.operator === 'is null' ? isEmpty : sql`NOT (${isEmpty})`
  }
}

/** `matches` ignores case; every other operator looks at the characters as they are. */
export function testText(expression: Sql, operator: TextFilter['operator'], value: string): Sql {
  switch (operator) {
    case '=':
      return sql`${expression} = ${str(value)}`
    case 'contains':
      return sql`position(${expression}, ${str(value)}) > 0`
    case 'does not contain':
      return sql`position(${expression}, ${str(value)}) = 0`
    case 'starts with':
      return sql`startsWith(${expression}, ${str(value)})`
    case 'ends with':
      return sql`endsWith(${expression}, ${str(value)})`
    case 'matches':
      return sql`positionCaseInsensitiveUTF8(${expression}, ${str(value)}) > 0`
    case 'does not match':
      return sql`NOT (${testText(expression, 'matches', value)})`
  }
}

/**
 * Whether every word stands in the text as a whole word, whatever the case and the order: what the indices
 * `words_of_…` can tell of. Writing that does not part words with blanks is looked for as it stands.
 */
export function wordsSql(expression: Sql, value: string): Sql {
  const words = wordsOf(value)
  if (!words) return testText(expression, 'matches', value)
  return join(
    words.map((word) => wordSql(expression, word)),
    ' AND ',
  )
}

/** The words that can be looked for as such; undefined where there are none, or none that blanks part. */
export function wordsOf(value: string): readonly string[] | undefined {
  const words = value.toLowerCase().match(/[a-z0-9]+/g)
  const isAscii = Buffer.byteLength(value) === value.length
  return words && isAscii ? [...new Set(words)] : undefined
}

/** In JSON a new line and a tab are written as `\n` and `\t`, whose letter sticks to the word behind it. */
function wordSql(expression: Sql, word: string): Sql {
  const text = sql`lower(${expression})`
  const behind = (letter: 'n' | 't') =>
    sql`(hasToken(${text}, ${str(letter + word)}) AND position(${text}, ${str(`\\${letter}${word}`)}) > 0)`
  return sql`(hasToken(${text}, ${str(word)}) OR ${behind('n')} OR ${behind('t')})`
}

export function compare(expression: Sql, operator: NumberOperator, value: Sql): Sql {
  switch (operator) {
    case '=':
      return sql`${expression} = ${value}`
    case '>':
      return sql`${expression} > ${value}`
    case '<':
      return sql`${expression} < ${value}`
    case '>=':
      return sql`${expression} >= ${value}`
    case '<=':
      return sql`${expression} <= ${value}`
  }
}

function testArray(expression: Sql, filter: ArrayFilter): Sql {
  switch (filter.operator) {
    case 'any of':
      return sql`hasAny(${expression}, ${strs(filter.value)})`
    case 'none of':
      return sql`NOT hasAny(${expression}, ${strs(filter.value)})`
    case 'all of':
      return sql`hasAll(${expression}, ${strs(filter.value)})`
  }
}

/** Whether the condition holds for a value that isn't there: '' for text, 0 for numbers, no elements, false. */
export function holdsForAbsent(filter: PlainFilter): boolean {
  switch (filter.type) {
    case 'datetime':
      return false
    case 'number':
      return holdsForZero(filter)
    case 'string':
      return holdsForNoText(filter)
    case 'stringOptions':
      return filter.value.includes('') === (filter.operator === 'any of')
    case 'arrayOptions':
      return filter.operator === 'none of' || (filter.operator === 'all of' && filter.value.length === 0)
    case 'boolean':
      return (filter.operator === '=') !== filter.value
    case 'null':
      return filter.operator === 'is null'
  }
}

function holdsForZero({ operator, value }: NumberFilter): boolean {
  switch (operator) {
    case '=':
      return value === 0
    case '>':
      return value < 0
    case '<':
      return value > 0
    case '>=':
      return value <= 0
    case '<=':
      return value >= 0
  }
}

function holdsForNoText({ operator, value }: TextFilter): boolean {
  return operator === 'does not contain' ? value !== '' : value === ''
}

/** The same condition as an `arrayOptions` one, for columns that hold several texts. */
export const overArray = ({ column, operator, value }: OptionsFilter): ArrayFilter => ({
  type: 'arrayOptions',
  column,
  operator,
  value,
})
