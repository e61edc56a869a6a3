/** The OpenAPI 3.1 document of the routes that are really served: it is made from the same list. */
import { z } from '@xtrace/contract'
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { failureResponses } from './openapi-failures.ts'
import type { Access, ContentTypes, Route } from './route.ts'

export type OpenApiDocument = ReturnType<typeof createDocument>

/** @throws Error when a schema can't be written as JSON Schema */
export function buildOpenApi(routes: readonly Route[], version: string): OpenApiDocument {
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'xtrace',
        version,
        description:
          'Records and reads LLM traces, scores and metrics: the Langfuse API, OpenTelemetry, and xtrace’s own routes.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      // Relative to where the document is served, so that it holds behind any proxy.
      servers: [{ url: '/' }],
      tags: [...new Set(routes.filter(isPublished).map(({ doc }) => doc.tag))].map((name) => ({ name })),
      paths: buildPaths(routes),
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    OPTIONS,
  )
}

const SECURITY_SCHEMES = {
  keyPair: { type: 'http', scheme: 'basic', description: 'Public key as user name, secret key as password' },
  organizationKeyPair: { type: 'http', scheme: 'basic', description: 'The key pair of an organization' },
  token: { type: 'http', scheme: 'bearer', description: 'The bearer token of the process' },
  publicKey: { type: 'http', scheme: 'bearer', description: 'A public key alone, which may write scores only' },
} as const

const SECURITY: Record<Exclude<Access, 'session'>, Record<string, string[]>[]> = {
  none: [],
  project: [{ keyPair: [] }, { token: [] }],
  scores: [{ keyPair: [] }, { token: [] }, { publicKey: [] }],
  token: [{ token: [] }],
  organization: [{ organizationKeyPair: [] }],
}

/** What has no form in JSON Schema, such as the result of a transform, is documented as any value. */
const OPTIONS: CreateDocumentOptions = {
  allowEmptySchema: { custom: true, transform: true, bigint: true, date: true, undefined: true, map: true, set: true },
}

function buildPaths(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes.filter(isPublished)) {
    const path = route.path.replace(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: buildOperation(route) }
  }
  return paths
}

/** What outsiders may rely on. */
const isPublished = ({ access, isInternal }: Route) => access !== 'session' && !isInternal

function buildOperation(route: Route): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, body, bodyType = JSON_TYPE } = route.doc
  const query = objectIn(route.query)
  const path = pathSchema(route)
  return {
    operationId,
    tags: [tag],
    summary,
    security: route.access === 'session' ? [] : SECURITY[route.access],
    responses: { ...failureResponses(route), ...buildResponses(route) },
    ...(description === undefined ? {} : { description }),
    requestParams: { ...(query && { query }), ...(path && { path }) },
    ...(body || route.doc.bodyType
      ? { requestBody: { required: true, content: buildContent(bodyType, body ?? BINARY) } }
      : {}),
  }
}

const JSON_TYPE = 'application/json'
const BINARY = z.string().meta({ format: 'binary' })

function buildContent(types: ContentTypes, schema: z.ZodType) {
  if (typeof types === 'string') return { [types]: { schema } }
  return Object.fromEntries(types.map((type) => [type, { schema: type === JSON_TYPE ? schema : BINARY }]))
}

function buildResponses({ doc }: Route): ZodOpenApiResponsesObject {
  const type = doc.responseType ?? JSON_TYPE
  const responses = Object.entries(doc.responses).map(([status, schema]) => [
    status,
    {
      description: status.startsWith('2') ? 'Success' : 'Failure',
      ...(schema && { content: buildContent(type, schema) }),
    },
  ])
  return Object.fromEntries(responses)
}

/** The object that a schema reads, beneath its transforms. */
export function objectIn(schema: unknown): z.ZodObject | undefined {
  if (schema instanceof z.ZodObject) return schema
  return schema instanceof z.ZodPipe ? objectIn(schema.in) : undefined
}

/** What a route's path holds; undefined when that is nothing. */
export const pathSchema = ({ params, path }: Route): z.ZodObject | undefined => objectIn(params) ?? pathParams(path)

/** Parameters of a path whose route has no schema for them. */
function pathParams(path: string): z.ZodObject | undefined {
  const names = Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => [name, z.string()] as const)
  return names.length === 0 ? undefined : z.object(Object.fromEntries(names))
}
