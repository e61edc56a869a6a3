import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openClickHouse } from './clickhouse.ts'
import type { Engine } from './engine.ts'
import { f64s, instant, sql, str, strs } from './sql.ts'

/** A server that keeps what it was asked and answers what the test says. */
const asked: { params: URLSearchParams; body: string }[] = []
let abandoned = 0
let answer: { status: number; body: string } | 'nothing'
const server = createServer(async (request, response) => {
  asked.push({ params: new URL(request.url ?? '', 'http://host').searchParams, body: await bodyOf(request) })
  if (answer === 'nothing') return void response.once('close', () => abandoned++)
  response.writeHead(answer.status).end(answer.body)
})

const bodyOf = (request: IncomingMessage) =>
  text(request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request)

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0
}

let engine: Engine
beforeAll(async () => {
  await once(server.listen(0), 'listening')
  const url = `http://user:secret@127.0.0.1:${portOf(server.address())}/traces_db`
  engine = await openClickHouse({ url, maxQuerySeconds: 7, maxQueryMemoryBytes: 1000 })
})
afterAll(async () => {
  await engine.close()
  server.close()
})
beforeEach(() => {
  asked.length = 0
  answer = { status: 200, body: '' }
})

test('values travel as parameters, limits as settings', async () => {
  answer = { status: 200, body: '{"a":"1"}\n{"a":"2"}\n' }
  const values = sql`${str("it's")}, ${strs(['a', "'"])}, ${f64s([1.5])}, ${instant(1n)}`
  expect(await engine.query(sql`SELECT ${values}`)).toEqual([{ a: '1' }, { a: '2' }])
  const [{ params, body } = { params: new URLSearchParams(), body: '' }] = asked
  expect(body).toBe(
    "SELECT {p0: String}, {p1: Array(String)}, {p2: Array(Float64)}, {p3: DateTime64(9, 'UTC')} \nFORMAT JSONEachRow",
  )
  expect(Object.fromEntries(params)).toMatchObject({
    // As the server unescapes it.
    param_p0: "it\\'s",
    param_p1: "['a','\\'']",
    param_p2: '[1.5]',
    param_p3: '1970-01-01 00:00:00.000000001',
    database: 'traces_db',
    max_execution_time: '7',
    max_memory_usage: '1000',
    session_timezone: 'UTC',
    wait_end_of_query: '1',
  })
})

test('rows travel as one block with its token', async () => {
  await engine.insert(
    'scores',
    [
      { id: 'a', is_deleted: 1 },
      { is_deleted: 2, id: 'b\ud800' },
    ],
    'token',
  )
  const [{ params, body } = { params: new URLSearchParams(), body: '' }] = asked
  expect(params.get('query')).toBe('INSERT INTO scores (id, is_deleted) FORMAT RowBinary')
  expect(body).toBe('\u0001a\u0001\u0004b\u{fffd}\u0002')
  expect(Object.fromEntries(params)).toMatchObject({ insert_deduplication_token: 'token', async_insert: '0' })
})

test.each([
  [
    'Code: 159. DB::Exception: Timeout exceeded: elapsed 7 seconds. (TIMEOUT_EXCEEDED) (version 26.7)',
    'query_too_heavy',
  ],
  ['Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR) (version 26.7)', 'internal'],
  ['Bad gateway', 'unavailable'],
])('a server that says %o is %s', async (body, code) => {
  answer = { status: 500, body }
  await expect(engine.query(sql`SELECT 1`)).rejects.toMatchObject({ code })
})

test('an abort ends the request', async () => {
  answer = 'nothing'
  const controller = new AbortController()
  const query = engine.query(sql`SELECT 1`, { signal: controller.signal })
  await expect.poll(() => asked.length).toBe(1)
  controller.abort()
  await expect(query).rejects.toMatchObject({ name: 'AbortError' })
  await expect.poll(() => abandoned).toBe(1)
})
