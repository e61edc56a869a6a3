/**
 * A right call of every described operation: the description says what is required, needs.ts what has to mean
 * something. Whatever a call needs is made first, by a right call of the operation that makes it.
 */
import { createHash, randomUUID } from 'node:crypto'
import { TEST_KEYS, type TestApp } from '../support/app.ts'
import { isTree } from '../support/openapi.ts'
import type { Document, Operation, Parameter } from './described.ts'
import {
  bodiesOf,
  FROM,
  MADE_BY,
  type Maker,
  OBSERVATION,
  queriesOf,
  RUN,
  SESSION,
  TRACE,
  type Values,
} from './needs.ts'

export const ORGANIZATION_KEYS = { publicKey: 'pk-org', secretKey: 'sk-org' }

export interface Call {
  readonly operation: Operation
  readonly params: Values
  readonly query: Values
  readonly body: unknown
}

export interface Answer {
  readonly status: number
  /** Parsed JSON; undefined when there is nothing. */
  readonly body: unknown
}

export interface Caller {
  /** Makes what calls refer to and do not take away; before anything else. */
  seed(): Promise<void>
  /** A right call, after making what it needs. */
  prepare(operation: Operation): Promise<Call>
  /** A right value of a query parameter, and what has to come along. */
  queryFor(operation: Operation, parameter: Parameter): Promise<Values>
  /** Sends it with the credential that it asks for, or with another header. */
  send(call: Call, authorization?: string): Promise<Answer>
}

export const basic = ({ publicKey, secretKey }: { readonly publicKey: string; readonly secretKey: string }) =>
  `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`

const API = '/api/public/'
const OF_ORGANIZATIONS = /^\/api\/public\/(?:organizations|scim|integrations|projects\/)/

/** Whose key an operation asks for; the description knows but one kind. */
export const isOfOrganization = ({ name, path }: Operation): boolean =>
  OF_ORGANIZATIONS.test(path) || name === 'POST /api/public/projects'

export function createCaller(app: TestApp, document: Document): Caller {
  const byName = new Map(document.operations.map((operation) => [operation.name, operation]))
  const plainCall = (name: string, body?: object): Call => {
    const operation = byName.get(name)
    if (!operation) throw new Error(`The description has no ${name}`)
    return { operation, params: {}, query: {}, body }
  }

  const send: Caller['send'] = async ({ operation, params, query, body }, authorization) => {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const search = new URLSearchParams(query).toString()
    const own = isOfOrganization(operation) ? ORGANIZATION_KEYS : TEST_KEYS
    const headers = { authorization: authorization ?? basic(own) }
    const answer = await app.send(operation.method, path + (search && `?${search}`), { body, headers })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** The answer to a call that must succeed. */
  const succeed = async (call: Call) => {
    const { status, body } = await send(call)
    if (status >= 300) throw new Error(`${call.operation.name}: ${status} ${JSON.stringify(body)}`)
    return isTree(body) ? body : {}
  }

  const perform: Maker['perform'] = async (name, params = {}) =>
    await succeed(await prepareWith(plainCall(name).operation, params))

  const makers = makersOf({ send: (name, body) => succeed(plainCall(name, body)), perform, app })

  const make: Maker['make'] = async (path, params = {}) => {
    const own = makers[path]
    if (own) return await own()
    const [operation, field] = MADE_BY[path] ?? []
    if (operation === undefined || field === undefined) throw new Error(`Nothing makes ${path}`)
    return String((await perform(operation, params))[field])
  }

  const bodies = bodiesOf({ make, perform })
  const queries = queriesOf({ make, perform })

  const queryFor: Caller['queryFor'] = async ({ name: operation }, { name, schema }) => {
    const own = queries[`${operation} ${name}`] ?? queries[name]
    return own ? await own() : { [name]: String(document.example(schema, name)) }
  }

  const prepareWith = async (operation: Operation, given: Values): Promise<Call> => {
    const params: Record<string, string> = { ...given }
    const query: Record<string, string> = {}
    for (const parameter of operation.parameters) {
      const { name, in: where, isRequired } = parameter
      if (where === 'path') params[name] ??= await make(pathOf(operation, name), params)
      else if (isRequired) Object.assign(query, await queryFor(operation, parameter))
    }
    const required = operation.body && document.example(operation.body)
    const body = required && Object.assign(required, await bodies[operation.name]?.(params))
    return { operation, params, query, body }
  }

  return {
    seed: async () => {
      await succeed(plainCall('POST /api/public/ingestion', traceOf(TRACE, OBSERVATION)))
    },
    prepare: (operation) => prepareWith(operation, {}),
    queryFor,
    send,
  }
}

/** The path up to and with a place; a trace that is to go is no common one. */
function pathOf({ name, path }: Operation, place: string): string {
  const whole = path.slice(API.length, path.indexOf(`{${place}}`) + place.length + 2)
  return name === `DELETE ${API}traces/{traceId}` ? `DELETE ${whole}` : whole
}

/** A batch with one trace in a session and one generation. */
function traceOf(id: string, observationId: string) {
  const event = (type: string, body: object) => ({ id: randomUUID(), timestamp: FROM, type, body })
  return {
    batch: [
      event('trace-create', { id, timestamp: FROM, sessionId: SESSION, name: 'named', input: 'in' }),
      event('generation-create', { id: observationId, traceId: id, startTime: FROM, model: 'gpt-4o' }),
    ],
  }
}

interface MakerDeps extends Pick<Maker, 'perform'> {
  readonly app: TestApp
  /** Sends a body of the caller's own. */
  send(operation: string, body: object): Promise<Readonly<Record<string, unknown>>>
}

/** What the answer of no single operation names. */
function makersOf({ app, send, perform }: MakerDeps): Readonly<Record<string, () => Promise<string> | string>> {
  const upload = async () => {
    const bytes = Buffer.from(randomUUID())
    const sha256Hash = createHash('sha256').update(bytes).digest('base64')
    const body = { contentType: 'text/plain', contentLength: bytes.length, sha256Hash, field: 'input', traceId: TRACE }
    const { mediaId, uploadUrl } = await send('POST /api/public/media', body)
    const { pathname, search } = new URL(String(uploadUrl))
    const headers = { authorization: '', 'content-type': 'text/plain' }
    const { status } = await app.send('PUT', pathname + search, { body: bytes, headers })
    if (status !== 200) throw new Error(`Uploading answered ${status}`)
    return String(mediaId)
  }
  const removable = async () => {
    const id = randomUUID()
    await send('POST /api/public/ingestion', traceOf(id, `${id}-observation`))
    return id
  }
  const withRun = async () => {
    const { id, datasetName } = await perform('POST /api/public/dataset-items')
    await send('POST /api/public/dataset-run-items', { runName: RUN, datasetItemId: id, traceId: TRACE })
    return String(datasetName)
  }
  const skill = async () => {
    const { name } = await perform('POST /api/public/unstable/skills')
    const params = { skillName: String(name), skillVersion: '1' }
    await perform('PATCH /api/public/unstable/skills/{skillName}/versions/{skillVersion}', params)
    return params.skillName
  }
  return {
    'media/{mediaId}': upload,
    'unstable/skills/{skillName}': skill,
    'traces/{traceId}': () => TRACE,
    'DELETE traces/{traceId}': removable,
    'observations/{observationId}': () => OBSERVATION,
    'sessions/{sessionId}': () => SESSION,
    'datasets/{datasetName}': withRun,
    'datasets/{datasetName}/runs/{runName}': () => RUN,
    'v2/prompts/{name}/versions/{version}': () => '1',
    'unstable/skills/{skillName}/versions/{skillVersion}': () => '1',
  }
}
