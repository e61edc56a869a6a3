import { type PromptFilterCondition, PromptFilterConditions, type PromptsQuery } from '@xtrace/contract'
import type { PromptCondition } from '#domain/prompt.ts'
import { msFromNanos } from '#domain/time.ts'
import { nanosOf, parseJsonParam } from './filter-params.ts'

/**
 * What a list of prompts is restricted to: the conditions of `filter`, which take the place of the
 * simple parameters, or else those (public-api contract §9.3, §26.3).
 * @throws AppError `bad_request` for a filter that is not JSON, ZodError for one of another shape
 */
export function conditionsOf(query: PromptsQuery): PromptCondition[] {
  if (query.filter === undefined) return simpleConditions(query)
  return PromptFilterConditions.parse(parseJsonParam(query.filter)).map(toCondition)
}

function toCondition(condition: PromptFilterCondition): PromptCondition {
  return condition.type === 'datetime' ? { ...condition, value: msOf(condition.value) } : condition
}

const msOf = (instant: string) => msFromNanos(nanosOf(instant))

function simpleConditions(query: PromptsQuery): PromptCondition[] {
  const { name, version, label, tag, fromUpdatedAt, toUpdatedAt } = query
  const updatedAt = { type: 'datetime', column: 'updatedAt' } as const
  const conditions: PromptCondition[] = []
  if (name !== undefined) conditions.push({ type: 'string', column: 'name', operator: '=', value: name })
  if (version !== undefined) conditions.push({ type: 'number', column: 'version', operator: '=', value: version })
  if (label !== undefined) conditions.push(holds('labels', label))
  if (tag !== undefined) conditions.push(holds('tags', tag))
  if (fromUpdatedAt !== undefined) conditions.push({ ...updatedAt, operator: '>=', value: msOf(fromUpdatedAt) })
  if (toUpdatedAt !== undefined) conditions.push({ ...updatedAt, operator: '<', value: msOf(toUpdatedAt) })
  return conditions
}

function holds(column: 'labels' | 'tags', word: string): PromptCondition {
  return { type: 'arrayOptions', column, operator: 'any of', value: [word] }
}
