import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { PromptCondition, PromptTextOperator } from '#domain/prompt.ts'
import type { CatalogTables } from './database.ts'

type Builder = ExpressionBuilder<CatalogTables, 'prompt_versions' | 'prompts'>
type Bool = Expression<SqlBool>

/** A condition as SQL over `selectVersions`. */
export function conditionSql(eb: Builder, condition: PromptCondition): Bool {
  switch (condition.type) {
    case 'string':
      return textSql(eb, condition)
    case 'stringOptions':
      return oneOf(eb, COLUMNS[condition.column], condition)
    case 'number':
      return eb('prompt_versions.version', condition.operator, condition.value)
    case 'datetime':
      return eb(COLUMNS[condition.column], condition.operator, condition.value)
    case 'arrayOptions':
      return listSql(eb, condition)
    case 'stringObject':
      return configSql(eb, condition)
  }
}

const COLUMNS = {
  id: 'prompt_versions.id',
  name: 'prompts.name',
  type: 'prompts.type',
  createdAt: 'prompt_versions.created_at',
  updatedAt: 'prompt_versions.updated_at',
} as const

type Of<Type> = Extract<PromptCondition, { type: Type }>

function textSql(eb: Builder, { column, operator, value }: Of<'string'>): Bool {
  const name = COLUMNS[column]
  return operator === 'is not empty' ? eb(name, '<>', '') : compareText(sql.ref(name), operator, value)
}

function oneOf(eb: Builder, column: 'prompt_versions.id' | 'prompts.name' | 'prompts.type', condition: Options): Bool {
  const isOne = condition.value.length === 0 ? eb.lit(false) : eb(column, 'in', condition.value)
  return condition.operator === 'any of' ? isOne : eb.not(isOne)
}

type Options = Of<'stringOptions'>

function listSql(eb: Builder, { column, operator, value }: Of<'arrayOptions'>): Bool {
  const has = (words: readonly string[]) => (column === 'labels' ? hasLabel(eb, words) : hasTag(eb, words))
  if (operator === 'all of') return eb.and(value.map((word) => has([word])))
  const hasAny = value.length === 0 ? eb.lit(false) : has(value)
  return operator === 'any of' ? hasAny : eb.not(hasAny)
}

function hasLabel(eb: Builder, labels: readonly string[]): Bool {
  const own = eb.selectFrom('prompt_labels').select('prompt_labels.label')
  return eb.exists(
    own.whereRef('prompt_labels.version_id', '=', 'prompt_versions.id').where('prompt_labels.label', 'in', labels),
  )
}

function hasTag(eb: Builder, tags: readonly string[]): Bool {
  const own = eb.selectFrom('prompt_tags').select('prompt_tags.tag')
  return eb.exists(own.whereRef('prompt_tags.prompt_id', '=', 'prompts.id').where('prompt_tags.tag', 'in', tags))
}

/** All but `is not set` ask for the key to be there. */
function configSql(eb: Builder, { key, operator, value }: Of<'stringObject'>): Bool {
  const own = eb
    .selectFrom('prompt_config_values')
    .select('prompt_config_values.key')
    .whereRef('prompt_config_values.version_id', '=', 'prompt_versions.id')
    .where('prompt_config_values.key', '=', key)
  if (operator === 'is set') return eb.exists(own)
  if (operator === 'is not set') return eb.not(eb.exists(own))
  return eb.exists(own.where(compareText(sql.ref('prompt_config_values.value'), operator, value)))
}

function compareText(column: Expression<unknown>, operator: PromptTextOperator, value: string): Bool {
  switch (operator) {
    case '=':
      return sql<SqlBool>`${column} = ${value}`
    case 'contains':
      return like(column, `%${closed(value)}%`)
    case 'does not contain':
      return sql<SqlBool>`not ${like(column, `%${closed(value)}%`)}`
    case 'starts with':
      return like(column, `${closed(value)}%`)
    case 'ends with':
      return like(column, `%${closed(value)}`)
  }
}

/** The database lowers both sides, so that letters it can't lower still equal themselves. */
function like(column: Expression<unknown>, pattern: string): Bool {
  return sql<SqlBool>`(lower(${column}) like lower(${pattern}) escape '\\')`
}

/** A backslash at the end has nothing to escape and stands for itself. */
function closed(pattern: string): string {
  const backslashes = /\\*$/.exec(pattern)?.[0].length ?? 0
  return backslashes % 2 === 1 ? `${pattern}\\` : pattern
}
