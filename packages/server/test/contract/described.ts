/** An OpenAPI document as a list of operations, with example values made from its schemas. */
import { at, isTree, type Tree } from '../support/openapi.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly isRequired: boolean
  readonly schema: unknown
}

export interface Operation {
  /** `GET /api/public/traces/{traceId}` */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** Schema of the JSON body; undefined for an operation that takes none. */
  readonly body: Tree | undefined
  /** The 2xx status that the document tells of. */
  readonly status: number
  /** Whether that answer has a body that is described. */
  readonly hasAnswer: boolean
}

export interface Document {
  readonly operations: readonly Operation[]
  /** The schema that a value must fit once references are followed and alternatives and sums are made one object. */
  plain(schema: unknown): Tree
  /** A value with what the schema requires and no more; each text in it is new. */
  example(schema: unknown, name?: string): unknown
}

/** The published document and, out of our own, the operations that it does not have. */
export function withNewer(published: unknown, served: unknown, isNewer: (operation: string) => boolean): Tree {
  const own: Tree = Object(renamed(served))
  const paths = entries(own['paths']).map(([path, item]) => {
    const newer = entries(item).filter(([method]) => isNewer(`${method.toUpperCase()} ${path}`))
    return [path, { ...Object(at(published, 'paths', path)), ...Object.fromEntries(newer) }]
  })
  const isEmpty = ([, item]: readonly unknown[]) => entries(item).length === 0
  const schemas = entries(at(own, 'components', 'schemas')).map(([name, schema]) => [OURS + name, schema])
  return {
    paths: { ...Object(at(published, 'paths')), ...Object.fromEntries(paths.filter((path) => !isEmpty(path))) },
    components: {
      schemas: { ...Object(at(published, 'components', 'schemas')), ...Object.fromEntries(schemas) },
    },
  }
}

const OURS = 'ours.'
const SCHEMAS = '#/components/schemas/'

/** The same with schemas under names that the published document does not have. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  if (!isTree(value)) return typeof value === 'string' ? value.replace(SCHEMAS, SCHEMAS + OURS) : value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]))
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])

/** Reads a document of OpenAPI 3.0 or 3.1. */
export function readDocument(document: unknown): Document {
  const plain = plainOver(document)
  let texts = 0
  const example = (schema: unknown, name = 'text'): unknown => {
    const { type, enum: values, properties, required, items, format, minimum, const: only } = plain(schema)
    if (only !== undefined) return only
    if (Array.isArray(values)) return values[0]
    switch (type) {
      case 'object': {
        const names = Array.isArray(required) ? required.map(String) : []
        return Object.fromEntries(names.map((key) => [key, example(at(properties, key), key)]))
      }
      case 'array':
        return [example(items, name)]
      case 'integer':
      case 'number':
        return typeof minimum === 'number' ? minimum : 1
      case 'boolean':
        return true
      default:
        return format === 'date-time' ? '2026-01-02T03:04:05.678Z' : `${name}-${++texts}`
    }
  }
  return { operations: listOf(document, plain), plain, example }
}

export const operationsOf = (document: unknown): readonly Operation[] => readDocument(document).operations

function plainOver(document: unknown): (schema: unknown) => Tree {
  const plain = (schema: unknown): Tree => {
    if (!isTree(schema)) return {}
    const { $ref, allOf, oneOf, anyOf, ...own } = schema
    if (typeof $ref === 'string') return plain(at(document, ...$ref.slice(2).split('/')))
    const [first] = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : []))
    const parts = [...(Array.isArray(allOf) ? allOf : []), ...(first === undefined ? [] : [first])]
    return parts.map(plain).reduce(joined, own)
  }
  return plain
}

function joined(one: Tree, other: Tree): Tree {
  const both = (key: string) => [one, other].map((schema) => schema[key])
  const required = both('required').flatMap((names) => (Array.isArray(names) ? names : []))
  const properties = Object.assign({}, ...both('properties'))
  return { ...one, ...other, ...(Object.keys(properties).length > 0 && { properties }), required }
}

function listOf(document: unknown, plain: Document['plain']): Operation[] {
  return entries(at(document, 'paths')).flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => {
        const [status, success] = entries(at(operation, 'responses')).find(([code]) => code.startsWith('2')) ?? []
        const body = at(operation, 'requestBody', 'content', 'application/json', 'schema')
        return {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: parametersOf(operation),
          body: body === undefined ? undefined : plain(body),
          status: Number(status),
          hasAnswer: at(success, 'content', 'application/json', 'schema') !== undefined,
        }
      }),
  )
}

function parametersOf(operation: unknown): Parameter[] {
  const list = at(operation, 'parameters')
  return (Array.isArray(list) ? list : []).flatMap((parameter) => {
    const where = at(parameter, 'in')
    if (where !== 'path' && where !== 'query') return []
    const isRequired = at(parameter, 'required') === true
    return [{ name: String(at(parameter, 'name')), in: where, isRequired, schema: at(parameter, 'schema') }]
  })
}

const entries = (value: unknown) => Object.entries(isTree(value) ? value : {})
