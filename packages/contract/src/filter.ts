/** The filter language: a JSON array of conditions, all of which must hold (public-api contract §1.7). */
import { z } from 'zod'
import { Instant } from './fields.ts'

const comparison = z.enum(['=', '>', '<', '>=', '<='])
const textOperator = z.enum(['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'])
const equality = z.enum(['=', '<>'])
const column = z.string()
const key = z.string()

export const FilterCondition = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('datetime'),
    column,
    operator: z.enum(['>', '<', '>=', '<=']),
    value: Instant,
  }),
  z.object({
    type: z.literal('string'),
    column,
    /** The last one is of full text alone. */
    operator: z.enum([...textOperator.options, 'does not match']),
    value: z.string(),
  }),
  z.object({
    type: z.literal('stringOptions'),
    column,
    operator: z.enum(['any of', 'none of']),
    value: z.array(z.string()).min(1),
  }),
  z.object({
    type: z.literal('arrayOptions'),
    column,
    operator: z.enum(['any of', 'none of', 'all of']),
    value: z.array(z.string()),
  }),
  z.object({
    type: z.literal('categoryOptions'),
    column,
    key,
    operator: z.enum(['any of', 'none of']),
    value: z.array(z.string()),
  }),
  z.object({ type: z.literal('number'), column, operator: comparison, value: z.number() }),
  z.object({
    type: z.literal('stringObject'),
    column,
    key,
    operator: z.enum([...textOperator.options, 'is set', 'is not set']),
    value: z.string().optional().default(''),
  }),
  z.object({ type: z.literal('numberObject'), column, key, operator: comparison, value: z.number() }),
  z.object({ type: z.literal('booleanObject'), column, key, operator: equality, value: z.boolean() }),
  z.object({ type: z.literal('boolean'), column, operator: equality, value: z.boolean() }),
  z.object({
    type: z.literal('null'),
    column,
    operator: z.enum(['is null', 'is not null']),
    value: z.unknown().optional(),
  }),
  z.object({
    type: z.literal('positionInTrace'),
    column,
    operator: z.unknown().optional(),
    value: z.unknown().optional(),
    key: z.string().optional(),
  }),
])
export type FilterCondition = z.infer<typeof FilterCondition>

export const FilterConditions = z.array(FilterCondition)
export type FilterConditions = z.infer<typeof FilterConditions>
