/**
 * JSON Schema over values that users send. Schema and value are both theirs, and a schema can ask for
 * more work than there is time (patterns that backtrack, references that double at every step), so
 * every compilation and every check runs under a clock that stops it.
 */
import { createContext, runInContext } from 'node:vm'
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { LRUCache } from 'lru-cache'

/** What a schema says of one value: sentences that name the place; none when it fits. */
export type SchemaCheck = (value: unknown) => string[]

export interface JsonSchemas {
  /**
   * The check of a schema: draft 2020-12 unless `$schema` names a draft-0x, which is read as draft-07.
   * @throws SchemaError for what is no schema, refers to other documents, or takes too long
   */
  compile(schema: unknown): SchemaCheck
}

/** The sentence says what is wrong with the schema. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

export interface JsonSchemaOptions {
  /** Milliseconds that one compilation or one check may take. */
  readonly maxMs?: number
  /** Characters of the largest schema. */
  readonly maxLength?: number
}

const KEPT_CHECKS = 100
const SHOWN_FAULTS = 5

export function createJsonSchemas({ maxMs = 250, maxLength = 200_000 }: JsonSchemaOptions = {}): JsonSchemas {
  const compiled = new LRUCache<string, ValidateFunction>({ max: KEPT_CHECKS })
  const timed = createTimer(maxMs)
  const build = createBuilder(timed)
  return {
    compile(schema) {
      const text = JSON.stringify(schema)
      if (text.length > maxLength) throw new SchemaError(`a schema may have ${maxLength} characters at most`)
      const validate = compiled.get(text) ?? build(schema)
      compiled.set(text, validate)
      return (value) => faultsOf(validate, value, timed)
    },
  }
}

type Timed = <T>(work: () => T) => T

/** Runs work under a clock: the engine of JavaScript stops even a regular expression that does not end. */
function createTimer(maxMs: number): Timed {
  const slot: { work: () => void } = { work: () => undefined }
  const context = createContext({ slot })
  return (work) => {
    const results: ReturnType<typeof work>[] = []
    slot.work = () => {
      results.push(work())
    }
    try {
      runInContext('slot.work()', context, { timeout: maxMs })
    } catch (error) {
      throw hasTimedOut(error) ? new SchemaError(`the schema takes longer than ${maxMs} ms`) : error
    }
    const [result] = results
    if (result === undefined) throw new SchemaError('the schema was not evaluated')
    return result
  }
}

/** The error is of another realm: no `instanceof`. */
function hasTimedOut(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

const OPTIONS: Options = { strict: false, allErrors: true, logger: false }

/**
 * Compiles with one Ajv a draft, for making one takes long; a schema is taken out again at once, so
 * that no other schema can refer to it or clash with its `$id`.
 */
function createBuilder(timed: Timed): (schema: unknown) => ValidateFunction {
  const drafts = new Map<typeof Ajv | typeof Ajv2020, Ajv | Ajv2020>()
  const instanceOf = (draft: typeof Ajv | typeof Ajv2020) => {
    const ajv = drafts.get(draft) ?? new draft(OPTIONS)
    if (drafts.has(draft)) return ajv
    drafts.set(draft, ajv)
    addFormats.default(ajv)
    ajv.validateSchema({})
    return ajv
  }
  return (schema) => {
    const { $schema, ...own } = fieldsOf(schema)
    const draft = typeof $schema === 'string' && $schema.includes('draft-0') ? Ajv : Ajv2020
    const ajv = instanceOf(draft)
    try {
      const validate = timed(() => ajv.compile(own))
      ajv.removeSchema(own)
      return validate
    } catch (error) {
      // What was stopped in the middle can't be used again.
      drafts.delete(draft)
      throw new SchemaError(error instanceof Error ? error.message : String(error))
    }
  }
}

/** @throws SchemaError for what is no object, and for a schema whose check would not answer at once */
function fieldsOf(schema: unknown): Readonly<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new SchemaError('a schema is an object')
  if ('$async' in schema) throw new SchemaError('$async is not supported')
  return { ...schema }
}

function faultsOf(validate: ValidateFunction, value: unknown, timed: Timed): string[] {
  try {
    if (timed(() => validate(value)) === true) return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
  const faults = (validate.errors ?? []).map(sentenceOf)
  return faults.length > SHOWN_FAULTS
    ? [...faults.slice(0, SHOWN_FAULTS), `and ${faults.length - SHOWN_FAULTS} more`]
    : faults
}

const sentenceOf = ({ instancePath, message = 'does not fit' }: ErrorObject): string =>
  `${instancePath === '' ? 'the value' : instancePath} ${message}`
