/**
 * The published API description as validators: `components.schemas` of OpenAPI 3.0 turned into
 * JSON Schema, where `nullable` becomes a type and `allOf` beside `properties` stays what it is.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { parse } from 'yaml'

const DESCRIPTION = resolve(import.meta.dirname, '../../../../../shared/contract/langfuse-openapi.yml')

/** The name by which compiled schemas refer to those of the document, which are thus compiled once. */
const SCHEMAS = 'schemas'

export type Tree = { readonly [key: string]: unknown }

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((node, key) => (isTree(node) ? node[key] : undefined), value)

/** A schema of OpenAPI 3.0 as JSON Schema. */
export function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema)
  if (!isTree(schema)) return schema
  const { nullable, $ref, ...rest } = schema
  const plain: Tree = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]))
  const named =
    typeof $ref === 'string' ? { $ref: $ref.replace('#/components/schemas/', `${SCHEMAS}#/definitions/`) } : plain
  return nullable === true && Object.keys(named).length > 0 ? { anyOf: [named, { type: 'null' }] } : named
}

export interface Description {
  /** What the operation's 2xx answer must look like; throws for an operation that isn't described. */
  validator(method: string, path: string): ValidateFunction
  /** The same for a named schema. */
  named(name: string): ValidateFunction
}

/** The published description as it was written. */
export const publishedDocument = (): unknown => parse(readFileSync(DESCRIPTION, 'utf8'), { maxAliasCount: -1 })

/** Reads the published description. Every operation under /api/public can be asked for. */
export const readDescription = (): Description => describeDocument(publishedDocument())

/** Validators from an OpenAPI document, of 3.0 or 3.1. */
export function describeDocument(document: unknown): Description {
  const schemas = at(document, 'components', 'schemas')
  if (!isTree(schemas)) throw new Error('The description has no schemas')
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: SCHEMAS, definitions: toJsonSchema(schemas) })
  return {
    validator(method, path) {
      const responses = at(document, 'paths', path, method.toLowerCase(), 'responses')
      const [, success] =
        Object.entries(isTree(responses) ? responses : {}).find(([status]) => status.startsWith('2')) ?? []
      const schema = at(success, 'content', 'application/json', 'schema')
      if (schema === undefined) throw new Error(`${method} ${path} has no described answer`)
      return ajv.compile({ allOf: [toJsonSchema(schema)] })
    },
    named: (name) => ajv.compile({ $ref: `${SCHEMAS}#/definitions/${name}` }),
  }
}
