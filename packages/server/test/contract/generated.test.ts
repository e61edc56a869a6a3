/** Every operation that a client knows, called rightly and wrongly: made from the published description. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, TEST_KEYS, type TestApp } from '../support/app.ts'
import { type Description, describeDocument, publishedDocument } from '../support/openapi.ts'
import { basic, type Call, type Caller, createCaller, isOfOrganization, ORGANIZATION_KEYS } from './calls.ts'
import { type Document, type Operation, operationsOf, type Parameter, readDocument, withNewer } from './described.ts'
import { faultsOf } from './errors.ts'
import { NEWER, nameless } from './newer.ts'
import { wrongBodies, wrongTexts } from './wrong.ts'

const published = publishedDocument()
const publishedNames = (isOne: (operation: Operation) => boolean = () => true) =>
  operationsOf(published)
    .filter(isOne)
    .map(({ name }) => nameless(name))
const describedNames = publishedNames()
const names = [...describedNames, ...NEWER]

/** Statuses of success that differ from the description, as servers have always answered. */
const SUCCESS: Readonly<Record<string, number>> = {
  'DELETE /api/public/scores/{}': 202,
  'POST /api/public/media': 201,
  'PATCH /api/public/media/{}': 200,
  'DELETE /api/public/models/{}': 200,
  'POST /api/public/v2/prompts': 201,
  'POST /api/public/projects': 201,
  'POST /api/public/projects/{}/apiKeys': 201,
  'PUT /api/public/llm-connections': 201,
  'POST /api/public/scim/Users': 201,
  'DELETE /api/public/scim/Users/{}': 204,
}

/** What an organization's key is answered, where a project's is asked for, or the other way round. */
const FORBIDDEN: Readonly<Record<string, number>> = { 'POST /api/public/ingestion': 401 }

/** Where a name that nothing has is no failure: deletions that are only put down, and one that makes what it names. */
const WITHOUT: Readonly<Record<string, number>> = {
  'DELETE /api/public/scores/{}': 202,
  'DELETE /api/public/traces/{}': 200,
  'PUT /api/public/models/{}': 200,
}

/** What is taken though it breaks the schema, and why. */
const TAKEN: Readonly<Record<string, string>> = {
  'POST /api/public/otel/v1/traces no resourceSpans': 'an export may be empty',
  'POST /api/public/projects no retention': 'its description calls it optional',
  'POST /api/public/scim/Users no name': 'identity providers leave it out',
  'POST /api/public/scim/Users emails: "text"': 'the user name is the address',
  'POST /api/public/scim/Users password: {"no":"such type"}': 'never looked at',
  'POST /api/public/unstable/evaluators no type': 'an LLM judges unless it is said otherwise',
  'POST /api/public/scores metadata: "text"': 'newer clients send any JSON',
  'POST /api/public/scores environment: {"no":"such type"}': 'an environment is cleaned, never refused',
}

/** Parameters whose wrong values count as none. */
const LENIENT = new Set(['GET /api/public/scim/Users startIndex', 'GET /api/public/scim/Users count'])

let app: TestApp
let caller: Caller
let document: Document
let description: Description
let byName: ReadonlyMap<string, Operation>
/** What any route answers. */
let served: ReadonlySet<string>
const called = new Set<string>()

beforeAll(async () => {
  app = await openTestApp({ organizationKeys: ORGANIZATION_KEYS, owner: { email: 'owner@example.org', name: 'Owner' } })
  const own = await app.get('/openapi.json')
  const whole = withNewer(published, own, (operation) => NEWER.includes(nameless(operation)))
  served = new Set(operationsOf(own).map(({ name }) => nameless(name)))
  document = readDocument(whole)
  byName = new Map(document.operations.map((operation) => [nameless(operation.name), operation]))
  description = describeDocument(whole)
  caller = createCaller(app, document)
  await caller.seed()
}, 60_000)
afterAll(() => app?.close())

const operationOf = (name: string): Operation => {
  const operation = byName.get(name)
  if (!operation) throw new Error(`Nothing describes ${name}`)
  return operation
}

/** What is wrong with the answer to a right call. */
function faultsOfSuccess(name: string, status: number, body: unknown): unknown[] {
  const { method, path, hasAnswer, status: described } = operationOf(name)
  if (status !== (SUCCESS[name] ?? described)) return [status, body]
  if (status === 204 || !hasAnswer) return []
  const validate = description.validator(method, path)
  validate(body)
  return validate.errors ?? []
}

/** A call that is refused before anyone looks at what it says. */
const bareCall = (operation: Operation): Call => ({
  operation,
  params: Object.fromEntries(operation.parameters.map(({ name }) => [name, 'x'])),
  query: {},
  body: undefined,
})

describe('a right call', () => {
  test.each(names)('%s', async (name) => {
    const { status, body } = await caller.send(await caller.prepare(operationOf(name)))
    expect(faultsOfSuccess(name, status, body)).toEqual([])
    called.add(name)
  })

  test('is made of all of them', () => {
    expect(describedNames).toHaveLength(114)
    expect(called).toEqual(new Set(names))
    expect(called.size).toBe(133)
  })
})

describe('without the right credential', () => {
  const WRONG: readonly (readonly [what: string, authorization: string])[] = [
    ['none', ''],
    ['an unknown secret', basic({ publicKey: TEST_KEYS.publicKey, secretKey: 'sk-unknown' })],
    ['an unknown public key alone', 'Bearer pk-unknown'],
    ['another scheme', 'Digest x'],
  ]

  test.each(names.filter((name) => name !== 'GET /api/public/health'))('%s', async (name) => {
    const operation = operationOf(name)
    const other = basic(isOfOrganization(operation) ? TEST_KEYS : ORGANIZATION_KEYS)
    const cases = [
      ...WRONG.map((wrong) => [...wrong, 401] as const),
      ['another kind of key', other, FORBIDDEN[name] ?? 403] as const,
    ]
    for (const [what, authorization, expected] of cases) {
      const { status, body } = await caller.send(bareCall(operation), authorization)
      expect([what, status, ...faultsOf(operation.path, status, body)]).toEqual([what, expected])
    }
  })
})

describe('another method', () => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

  test.each([...new Set(names.map((name) => name.replace(/^\w+ /, '')))])('%s', async (path) => {
    const operation = operationOf(names.find((name) => name.endsWith(` ${path}`)) ?? path)
    const others = METHODS.filter((method) => !served.has(`${method} ${path}`))
    expect(others).not.toEqual([])
    for (const method of others) {
      const { status, body } = await caller.send({ ...bareCall(operation), operation: { ...operation, method } }, '')
      expect([method, status, ...faultsOf(operation.path, status, body)]).toEqual([method, 405])
    }
  })
})

describe('a name that nothing has', () => {
  test.each(names.filter((name) => name.includes('{}')))('%s', async (name) => {
    const operation = operationOf(name)
    const call = await caller.prepare(operation)
    for (const { name: place, schema } of operation.parameters.filter((parameter) => parameter.in === 'path')) {
      const none = document.plain(schema)['type'] === 'integer' ? '999' : 'no-such-thing'
      const { status, body } = await caller.send({ ...call, params: { ...call.params, [place]: none } })
      const faults = status < 300 ? [] : faultsOf(operation.path, status, body)
      expect([place, status, ...faults]).toEqual([place, WITHOUT[name] ?? 404])
    }
  })
})

describe('a body that breaks the schema', () => {
  const taken = new Set<string>()
  let refused = 0
  const isWithBody = ({ body }: Operation) => body !== undefined
  const sending = NEWER.filter((name) => /^(?:POST|PUT|PATCH) /.test(name))

  test.each([...publishedNames(isWithBody), ...sending])('%s', async (name) => {
    const operation = operationOf(name)
    const call = await caller.prepare(operation)
    const wrong = wrongBodies(document, operation, call.body)
    expect(wrong).not.toEqual([])
    for (const [fault, body] of wrong) {
      if (TAKEN[`${name} ${fault}`]) {
        taken.add(`${name} ${fault}`)
        const { body: right } = await caller.prepare(operation)
        const [, same] = wrongBodies(document, operation, right).find(([other]) => other === fault) ?? []
        const answer = await caller.send({ ...call, body: same })
        expect([fault, answer.status]).toEqual([fault, SUCCESS[name] ?? operation.status])
        continue
      }
      const answer = await caller.send({ ...call, body })
      expect([fault, answer.status, ...faultsOf(operation.path, answer.status, answer.body)]).toEqual([fault, 400])
      refused++
    }
  })

  test('is refused, but for the known', () => {
    expect(taken).toEqual(new Set(Object.keys(TAKEN)))
    expect(refused).toBeGreaterThan(200)
  })
})

describe('a query', () => {
  const isQuery = ({ in: where }: Parameter) => where === 'query'
  const isAsking = ({ parameters }: Operation) => parameters.some(isQuery)
  const asking = [
    ...publishedNames(isAsking),
    ...NEWER.filter((name) => /^GET .*(?:s|\/skills\/\{\}|content)$/.test(name)),
  ]

  test.each(asking)('that breaks the schema of %s', async (name) => {
    const operation = operationOf(name)
    const call = await caller.prepare(operation)
    const cases = operation.parameters.filter(isQuery).flatMap((parameter) =>
      wrongTexts(document, parameter)
        .filter(() => !LENIENT.has(`${name} ${parameter.name}`))
        .map((value) => [parameter.name, value] as const),
    )
    for (const [parameter, value] of cases) {
      const { [parameter]: _, ...others } = call.query
      const query = value === undefined ? others : { ...others, [parameter]: value }
      const { status, body } = await caller.send({ ...call, query })
      expect([parameter, value, status, ...faultsOf(operation.path, status, body)]).toEqual([parameter, value, 400])
    }
  })

  test.each(asking)('of each parameter of %s', async (name) => {
    const operation = operationOf(name)
    const parameters = operation.parameters.filter((parameter) => isQuery(parameter) && parameter.name !== 'cursor')
    expect(parameters).not.toEqual([])
    const shared = await caller.prepare(operation)
    const ask = async (parameter: Parameter) => {
      const call = operation.method === 'GET' ? shared : await caller.prepare(operation)
      const query = { ...call.query, ...(await caller.queryFor(operation, parameter)) }
      const { status, body } = await caller.send({ ...call, query })
      return [parameter.name, ...faultsOfSuccess(name, status, body)]
    }
    const found = await Promise.all(parameters.map(ask))
    expect(found).toEqual(parameters.map((parameter) => [parameter.name]))
  })
})

describe('a body that names what is not there', () => {
  test.each([
    ['POST /api/public/annotation-queues', { scoreConfigIds: ['none'] }, 400],
    ['POST /api/public/annotation-queues/{}/items', { objectId: 'none' }, 404],
    ['POST /api/public/annotation-queues/{}/assignments', { userId: 'none' }, 404],
    ['DELETE /api/public/annotation-queues/{}/assignments', { userId: 'none' }, 404],
    ['PUT /api/public/integrations/blob-storage', { projectId: 'none' }, 404],
    ['POST /api/public/comments', { objectId: 'none' }, 404],
    ['POST /api/public/comments', { authorUserId: 'none' }, 400],
    ['POST /api/public/dataset-items', { datasetName: 'none' }, 404],
    ['POST /api/public/dataset-run-items', { datasetItemId: 'none' }, 404],
    ['PUT /api/public/organizations/memberships', { userId: 'none' }, 404],
    ['DELETE /api/public/organizations/memberships', { userId: 'none' }, 404],
    ['PUT /api/public/projects/{}/memberships', { userId: 'none' }, 404],
    ['DELETE /api/public/projects/{}/memberships', { userId: 'none' }, 404],
    ['POST /api/public/unstable/dashboards/{}/placements', { widgetId: 'none' }, 404],
    ['POST /api/public/unstable/evaluation-rules', { evaluator: { name: 'none', type: 'code' } }, 404],
    ['POST /api/public/v2/evaluation-rules', { evaluatorAssignments: [{ evaluatorId: 'none' }] }, 404],
  ])('%s %j', async (name, fields, expected) => {
    const operation = operationOf(name)
    const call = await caller.prepare(operation)
    const { status, body } = await caller.send({ ...call, body: { ...Object(call.body), ...fields } })
    expect([status, ...faultsOf(operation.path, status, body)]).toEqual([expected])
  })
})
