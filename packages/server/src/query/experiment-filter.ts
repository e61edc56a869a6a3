import type { Filter, OptionsFilter, TextFilter } from '#domain/filter.ts'
import { findColumn, type View } from './filter-sql.ts'

/**
 * Whether all filters hold for texts by column, as their SQL would say; the filters MUST be ones that
 * `filterSql` takes for the view, whose columns are all text.
 */
export function holdsFor(
  view: Extract<View, 'experiments' | 'experimentItems'>,
  filters: readonly Filter[],
  texts: Readonly<Record<string, string>>,
): boolean {
  return filters.every((filter) => {
    const column = findColumn(view, filter.column)?.names[0] ?? ''
    return holds(filter, texts[column] ?? '')
  })
}

function holds(filter: Filter, text: string): boolean {
  switch (filter.type) {
    case 'string':
      return testText(filter, text)
    case 'stringOptions':
      return filter.value.includes(text) === (filter.operator === 'any of')
    case 'null':
      return (text === '') === (filter.operator === 'is null')
    default:
      return true
  }
}

function testText({ operator, value }: TextFilter, text: string): boolean {
  switch (operator) {
    case '=':
      return text === value
    case 'contains':
      return text.includes(value)
    case 'does not contain':
      return !text.includes(value)
    case 'starts with':
      return text.startsWith(value)
    case 'ends with':
      return text.endsWith(value)
    case 'matches':
      return text.toLowerCase().includes(value.toLowerCase())
    case 'does not match':
      return !text.toLowerCase().includes(value.toLowerCase())
  }
}

/** The values that the filters leave for a column; undefined when none of them lists any. */
export function valuesAsked(filters: readonly Filter[], column: string): readonly string[] | undefined {
  const lists = (filter: Filter): filter is OptionsFilter =>
    filter.type === 'stringOptions' && filter.operator === 'any of' && filter.column === column
  return filters.find(lists)?.value
}
