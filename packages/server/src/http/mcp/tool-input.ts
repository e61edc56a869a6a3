/**
 * The arguments of a tool: one flat object made of the route's path parameters, query parameters
 * and fields of its body. A model reads their JSON Schema; the route's own schemas check them.
 */
import { FilterConditions, z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { objectIn, pathSchema } from '#http/openapi.ts'
import type { Route } from '#http/route.ts'
import type { Tool } from './tool.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** JSON Schema of an object. */
export interface InputSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, JsonObject>>
  readonly required: readonly string[]
  readonly $defs?: JsonObject
}

/** Where each argument goes. */
export interface ToolInput {
  readonly schema: InputSchema
  readonly path: ReadonlySet<string>
  readonly query: ReadonlySet<string>
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the tool takes. */
export function toolInput({ json, body, preset, filter = FilterConditions }: Tool, route: Route): ToolInput {
  if (json) return { schema: describe(json.schema), path: new Set(), query: new Set() }
  const path = describe(pathSchema(route))
  const query = describe(objectIn(route.query))
  const parts = [path, query, describe(body ?? route.doc.body)]
  const all = Object.fromEntries(parts.flatMap(({ properties }) => Object.entries(properties)))
  const properties = without(all, preset)
  return {
    schema: {
      type: 'object',
      properties: properties['filter'] ? { ...properties, filter: describeAny(filter) } : properties,
      required: [...new Set(parts.flatMap(({ required }) => required))].filter((name) => name in properties),
      $defs: Object.assign({}, ...parts.map(({ $defs }) => $defs)),
    },
    path: new Set(Object.keys(path.properties)),
    query: new Set(Object.keys(query.properties)),
  }
}

/** What a query parameter or a path parameter is given as: text, or a list of texts where it may be repeated. */
export function paramText(value: unknown, schema: JsonObject | undefined): string | string[] {
  if (!Array.isArray(value)) return textOf(value)
  if (value.some((element) => typeof element === 'object')) return JSON.stringify(value)
  const texts = value.map(textOf)
  return schema?.['type'] === 'array' ? texts : texts.join(',')
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** @throws AppError `bad_request` for an argument that the tool does not know, and for one that is missing */
export function checkNames(name: string, { schema }: ToolInput, args: JsonObject): void {
  const known = Object.keys(schema.properties)
  const strange = Object.keys(args).filter((key) => !known.includes(key))
  const missing = schema.required.filter((key) => args[key] === undefined)
  if (strange.length === 0 && missing.length === 0) return
  const fault = strange.length > 0 ? `does not know ${strange.join(', ')}` : `needs ${missing.join(', ')}`
  throw new AppError('bad_request', `The tool ${name} ${fault}; its arguments are ${known.join(', ') || 'none'}`)
}

const NOTHING: InputSchema = { type: 'object', properties: {}, required: [] }

function describe(schema: z.ZodType | undefined): InputSchema {
  const described = schema && describeAny(schema)
  if (!described) return NOTHING
  const { properties, required, $defs } = described
  return {
    type: 'object',
    properties: isObject(properties) ? onlyObjects(properties) : {},
    required: Array.isArray(required) ? required.map(String) : [],
    ...(isObject($defs) && { $defs }),
  }
}

const onlyObjects = (properties: JsonObject): Record<string, JsonObject> =>
  Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => (isObject(value) ? [[name, value]] : [])))

function describeAny(schema: z.ZodType): JsonObject {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: asShown,
  })
  return atRoot(described)
}

/** As the API document shows it: what a parameter's description overrides is only how it travels. */
function asShown({
  zodSchema,
  jsonSchema,
  path,
}: Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0]): void {
  const { override } = z.globalRegistry.get(zodSchema) ?? {}
  delete jsonSchema['override']
  if (typeof override === 'function') override({ jsonSchema, path })
  else Object.assign(jsonSchema, override)
}

/** A schema with a name of its own stands among the definitions; here it stands for itself. */
function atRoot(described: JsonObject): JsonObject {
  const { $ref, $defs } = described
  const named = typeof $ref === 'string' && isObject($defs) ? $defs[$ref.replace('#/$defs/', '')] : undefined
  if (!isObject(named) || !isObject($defs)) return described
  const others = Object.entries($defs).filter(([, definition]) => definition !== named)
  return { ...named, $defs: Object.fromEntries(others) }
}

const without = (properties: Record<string, JsonObject>, preset: JsonObject = {}): Record<string, JsonObject> =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !(name in preset)))
