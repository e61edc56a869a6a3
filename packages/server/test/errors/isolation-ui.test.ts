/**
 * Every route that a session opens, taken from the program's own table, for somebody of another organization: our
 * project is not there for them, and our ids are not there in theirs. A new route is asked by itself; one with a new
 * name in its path fails until something of ours has that name.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashPassword } from '#auth/password.ts'
import { openCatalog } from '#catalog/catalog.ts'
import { organizationId } from '#domain/ids.ts'
import type { Route } from '#http/route.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { TEST_TOKEN } from '../support/app.ts'
import { type BrowserSession, signIn } from '../support/browser-session.ts'
import { CALLERS, type Ids, type Isolation, MARK, openIsolation } from './isolation-world.ts'

const PASSWORD = 'correct horse'
const EMAIL = 'stranger@example.org'
const PROJECT = '/api/ui/projects/:projectId'
const PUBLIC = `${PROJECT}/public/`

/** Names in a path that choose a part of what is asked for. */
const PARTS: Ids = { view: 'traces', field: 'input' }

const ALWAYS = 'from=2025-01-01T00:00:00.000Z&to=2027-01-01T00:00:00.000Z'

/** Queries without which a route would not look for the thing. */
const QUESTIONS: Readonly<Record<string, string>> = {
  [`GET ${PUBLIC}unstable/skills/:skillName`]: 'version=1',
  [`GET ${PROJECT}/explore/:view/histogram`]: ALWAYS,
  [`GET ${PROJECT}/explore/:view/suggest`]: `${ALWAYS}&field=name`,
  [`GET ${PROJECT}/explore/traces`]: ALWAYS,
  [`GET ${PROJECT}/explore/observations`]: ALWAYS,
  [`GET ${PROJECT}/explore/sessions`]: ALWAYS,
  [`GET ${PROJECT}/explore/users`]: ALWAYS,
  [`GET ${PROJECT}/explore/overview`]: ALWAYS,
  [`GET ${PROJECT}/traces/:traceId/payloads/:field/matches`]: `find=${MARK}`,
  [`GET ${PROJECT}/observations/:observationId/payloads/:field/matches`]: `find=${MARK}`,
}

/** Bodies without which a route would not look for the thing. */
const BODIES: Readonly<Record<string, unknown>> = { [`PUT ${PROJECT}/members/:userId`]: { role: 'VIEWER' } }

/** Answered to whoever is signed in, each with their own, or for those who run the server; settings.test.ts asks for them. */
const OF_NO_PROJECT: ReadonlySet<string> = new Set([
  'GET /api/ui/session',
  'DELETE /api/ui/session',
  'PUT /api/ui/account/password',
  'DELETE /api/ui/account/other-sessions',
  'POST /api/ui/projects',
  'GET /api/ui/system',
])

/** Removals of telemetry are taken without a look whether there is anything, each in its own project. */
const TAKEN_UNSEEN: ReadonlySet<string> = new Set([
  `DELETE ${PUBLIC}traces/:traceId`,
  `DELETE ${PUBLIC}scores/:scoreId`,
])

let world: Isolation
let ids: Ids = {}
let ours: BrowserSession
let theirs: BrowserSession
let routes: readonly Route[] = []

beforeAll(async () => {
  world = await openIsolation()
  await addStranger()
  ours = await signIn(world.app, { token: TEST_TOKEN })
  theirs = await signIn(world.app, { email: EMAIL, password: PASSWORD })
  ids = { ...world.ids, ...PARTS, ...(await makeOurs()) }
  routes = world.app.routes.filter(({ access, path }) => access === 'session' && path.startsWith('/api/ui/'))
}, 120_000)
afterAll(() => world?.app.close())

async function addStranger(): Promise<void> {
  const path = join(world.app.dataDir, 'catalog.db')
  const { users, members, close } = await openCatalog({ path, logger: silentLogger })
  const { id } = await users.ensure({ email: EMAIL, name: 'Stranger' })
  await users.setPassword(id, await hashPassword(PASSWORD))
  await members.set(organizationId('their-organization'), id, 'OWNER')
  await close()
}

/** What only the web interface makes. */
async function makeOurs(): Promise<Ids> {
  const make = async (path: string, body: unknown): Promise<string> => {
    const answer = await ours.send('POST', `/api/ui/projects/default${path}`, { body })
    const text = await answer.text()
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${text}`)
    return String(Object(JSON.parse(text)).id)
  }
  const selection = { ids: ['ours-1'] }
  const jobId = await make('/bulk-jobs', { action: { type: 'tag', tags: [MARK] }, selection })
  const job = () => ours.get(`/api/ui/projects/default/bulk-jobs/${jobId}`)
  await vi.waitFor(async () => expect(await job()).toMatchObject({ state: 'done' }), { timeout: 30_000 })
  return {
    jobId,
    viewId: await make('/views', { table: 'traces', name: MARK, state: { q: MARK } }),
    keyId: await make('/api-keys', { name: MARK }),
  }
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
const inProjects = () => routes.filter(({ path }) => path.startsWith(`${PROJECT}/`))
/** Lists that only the web interface asks for; isolation-routes.test.ts asks for those of the public API. */
const ownLists = () =>
  inProjects().filter(({ method, path }) => method === 'GET' && namesIn(path).length === 1 && !path.startsWith(PUBLIC))
const withIds = () => inProjects().filter(({ path }) => namesIn(path).some((name) => name !== 'projectId'))

/** The route with our ids in its path, in that project, and the query that makes it answer. */
function operationIn(project: string, route: Route): string {
  const publicPath = route.path.replace(PUBLIC, '/api/public/').replaceAll(/:(\w+)/g, '{$1}')
  const idOf = (name: string) => (name === 'projectId' ? project : (ids[publicPath] ?? ids[name] ?? 'UNKNOWN'))
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(idOf(name)))
  const query = QUESTIONS[nameOf(route)]
  return `${route.method} ${path}${query === undefined ? '' : `?${query}`}`
}

interface Answer {
  readonly status: number
  readonly text: string
}

/** A stream of events goes on for ever: what it is worth is below. */
async function ask(session: BrowserSession, operation: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ')
  const answer = await session.send(method, path, { body })
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream'))
    return { status: answer.status, text: await answer.text() }
  await answer.body?.cancel()
  return { status: answer.status, text: '' }
}

/** As an answer repeats them that tells what there is not. */
const ECHOES = /(prompt|dataset)-MARKOURS|Run MARKOURS/g
const shows = ({ text }: Answer) => text.replaceAll(ECHOES, '').includes(MARK)

const bodyOf = (route: Route) => (route.method === 'GET' ? undefined : (BODIES[nameOf(route)] ?? {}))

/** Every one thing of ours, as we see it; links to media are signed anew for every answer. */
async function lookAtOurs(): Promise<unknown[]> {
  const reads = withIds().filter(({ method }) => method === 'GET')
  const seen: unknown[] = []
  for (const route of reads) {
    const { status, text } = await ask(ours, operationIn('default', route))
    seen.push([nameOf(route), status, text.replaceAll(/"url":"[^"]*"|"urlExpiry":"[^"]*"/g, '')])
  }
  return seen
}

test('there are routes, and something of ours for every name in their paths', () => {
  expect(inProjects().length).toBeGreaterThan(100)
  expect(inProjects().filter((route) => operationIn('default', route).includes('UNKNOWN'))).toEqual([])
})

test('what is of no project has been thought of', () => {
  const others = routes.filter(({ path }) => !path.startsWith(`${PROJECT}/`)).map(nameOf)
  expect(others.filter((name) => !OF_NO_PROJECT.has(name))).toEqual([])
})

test('what we ask for is there', async () => {
  const seen = await lookAtOurs()
  for (const route of ownLists()) {
    const { status, text } = await ask(ours, operationIn('default', route))
    seen.push([nameOf(route), status, text])
  }
  expect(seen.filter((each) => Array.isArray(each) && each[1] !== 200)).toEqual([])
})

describe('another organization', () => {
  test('does not find our project, whatever the route', async () => {
    const before = await lookAtOurs()
    const faults: string[] = []
    for (const route of inProjects()) {
      const answer = await ask(theirs, operationIn('default', route), bodyOf(route))
      if (answer.status !== 404 || shows(answer)) faults.push(`${nameOf(route)}: ${answer.status} ${answer.text}`)
    }
    expect(faults).toEqual([])
    expect(await lookAtOurs()).toEqual(before)
  })

  test('does not find our things in its own', async () => {
    const before = await lookAtOurs()
    const faults: string[] = []
    for (const route of withIds()) {
      const answer = await ask(theirs, operationIn('theirs', route), bodyOf(route))
      const isHidden = route.method === 'GET' ? answer.status < 500 : answer.status >= 400 && answer.status < 500
      if (shows(answer) || !(isHidden || TAKEN_UNSEEN.has(nameOf(route))))
        faults.push(`${nameOf(route)}: ${answer.status} ${answer.text}`)
    }
    expect(faults).toEqual([])
    expect(await lookAtOurs()).toEqual(before)
  })

  test('has lists of its own alone', async () => {
    const faults: string[] = []
    for (const route of inProjects().filter(({ method, path }) => method === 'GET' && namesIn(path).length === 1)) {
      const answer = await ask(theirs, operationIn('theirs', route))
      if (shows(answer) || answer.status >= 500) faults.push(`${nameOf(route)}: ${answer.status} ${answer.text}`)
    }
    expect(faults).toEqual([])
  })

  test('is told of nothing of ours by what everybody may ask', async () => {
    expect((await ask(theirs, 'GET /api/ui/system')).status).toBe(403)
    const session = await ask(theirs, 'GET /api/ui/session')
    expect([session.status, session.text.includes('"default"'), shows(session)]).toEqual([200, false, false])
  })

  test.each(['traces', 'observations'])('sees its own %s come, and not ours', async (view) => {
    const answer = await theirs.send('GET', `/api/ui/projects/theirs/explore/${view}/tail`)
    await record(CALLERS.ours, MARK)
    await record(CALLERS.theirs, 'theirs-own')
    const told = await readUntil(answer, 'theirs-own')
    expect(told).not.toContain(MARK)
  })
})

/** A new trace with a span, both of that name. */
async function record(as: string, name: string): Promise<void> {
  const timestamp = new Date().toISOString()
  const event = (type: string, body: object) => ({ id: `${type}-${name}`, type, timestamp, body })
  const { status } = await world.ask('POST /api/public/ingestion', as, {
    body: {
      batch: [
        event('trace-create', { id: `live-${name}`, timestamp, name }),
        event('span-create', { id: `live-${name}`, traceId: `live-${name}`, startTime: timestamp, name }),
      ],
    },
  })
  expect(status).toBe(207)
}

/** What a stream says, up to that text. */
async function readUntil(answer: Response, text: string): Promise<string> {
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    said += decoder.decode(chunk, { stream: true })
    if (said.includes(text)) return said
  }
  throw new Error(`The stream ended with ${answer.status} ${said}`)
}
