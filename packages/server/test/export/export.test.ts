import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#app.ts'
import { runCli } from '#cli/cli.ts'
import { openTestApp, TEST_KEYS, TEST_TOKEN, type TestApp } from '../support/app.ts'
import { asOther, OTHER_PROJECT } from '../support/call.ts'

let app: TestApp
let work: string

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'xtrace-export-'))
  app = await openTestApp({ ...OTHER_PROJECT, dataDir: join(work, 'data') })
  for (const headers of [{}, asOther]) {
    const timestamp = '2026-03-01T10:00:00.123Z'
    const owner = headers === asOther ? 'theirs' : 'ours'
    const event = (type: string, id: string, body: object) => ({
      id: `${owner}-${id}`,
      type,
      timestamp,
      body: { id: `${owner}-${id}`, ...body },
    })
    const batch = [
      event('trace-create', 't1', {
        name: 'chat',
        tags: ['a', 'b'],
        input: { quote: 'say "hi", and\nbye' },
        timestamp,
      }),
      event('trace-create', 't2', { name: 'later', timestamp: '2026-03-02T10:00:00Z' }),
      event('generation-create', 'o1', {
        traceId: `${owner}-t1`,
        model: 'm',
        usage: { input: 3, output: 4 },
        startTime: timestamp,
      }),
      event('score-create', 's1', { traceId: `${owner}-t1`, name: 'good', value: 0.5 }),
    ]
    expect((await app.send('POST', '/api/public/ingestion', { headers, body: { batch } })).status).toBe(207)
  }
  const points = [{ name: 'load', labels: { host: 'a' }, value: 2, timestamp: '2026-03-01T10:00:00Z' }]
  expect((await app.send('POST', '/v1/metrics/batch', { body: { metrics: points } })).status).toBe(200)
})

afterAll(async () => {
  await app?.close()
  await rm(work, { recursive: true, force: true })
})

async function exported(query: string, headers: Record<string, string> = {}) {
  const answer = await app.send('GET', `/api/public/x/export?${query}`, { headers })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}

const records = (body: string): unknown[] =>
  body
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))

describe('GET /api/public/x/export', () => {
  test('gives records as lines of JSON', async () => {
    const { type, body } = await exported('of=traces')
    expect(type).toBe('application/x-ndjson')
    expect(records(body)).toEqual([
      expect.objectContaining({
        id: 'ours-t1',
        name: 'chat',
        tags: ['a', 'b'],
        timestamp: '2026-03-01T10:00:00.123000000Z',
        input: '{"quote":"say \\"hi\\", and\\nbye"}',
      }),
      expect.objectContaining({ id: 'ours-t2' }),
    ])
  })

  test.each([
    [
      'observations',
      '',
      [{ id: 'ours-o1', input_tokens: 3, output_tokens: 4, usage: { input: 3, output: 4, total: 7 } }],
    ],
    ['scores', '', [{ id: 'ours-s1', name: 'good', value: 0.5 }]],
    ['metrics', '', [{ name: 'load', labels: { host: 'a' }, value: 2 }]],
    ['metrics', '&fromTimestamp=2026-03-02T00:00:00Z', []],
    ['traces', '&fromTimestamp=2026-03-02T00:00:00Z', [{ id: 'ours-t2' }]],
    ['traces', '&toTimestamp=2026-03-02T00:00:00Z', [{ id: 'ours-t1' }]],
    [
      'traces',
      `&filter=${encodeURIComponent('[{"type":"string","column":"name","operator":"=","value":"later"}]')}`,
      [{ id: 'ours-t2' }],
    ],
    [
      'observations',
      `&filter=${encodeURIComponent('[{"type":"number","column":"inputTokens","operator":">","value":3}]')}`,
      [],
    ],
  ])('of %s%s', async (of, rest, expected) => {
    expect(records((await exported(`of=${of}${rest}`)).body)).toEqual(
      expected.map((fields) => expect.objectContaining(fields)),
    )
  })

  test('gives CSV with a line of names, also when there is nothing else', async () => {
    const { type, body } = await exported('of=traces&format=csv&toTimestamp=2026-03-02T00:00:00Z')
    expect(type).toBe('text/csv; charset=utf-8')
    expect(body).toMatch(/^id,timestamp,name,user_id,.*\n"ours-t1","2026-03-01T10:00:00.123000000Z","chat"/)
    expect(body).toContain('"[""a"",""b""]"')
    expect((await exported('of=scores&format=csv&fromTimestamp=2099-01-01T00:00:00Z')).body).toMatch(/^id,[a-z_,]+\n$/)
  })

  test('gives a whole Parquet file', async () => {
    const { type, body } = await exported('of=observations&format=parquet')
    expect(type).toBe('application/vnd.apache.parquet')
    expect([body.slice(0, 4), body.slice(-4)]).toEqual(['PAR1', 'PAR1'])
  })

  test('gives nobody the records of another project', async () => {
    for (const of of ['traces', 'observations', 'scores', 'metrics'])
      expect((await exported(`of=${of}`, asOther)).body).not.toContain('ours')
    expect((await exported('of=traces', asOther)).body).toContain('theirs-t1')
  })

  test.each([
    ['an unknown format', 'format=xml'],
    ['an unknown subject', 'of=prompts'],
    ['a filter of metrics', 'of=metrics&filter=[{"type":"string","column":"name","operator":"=","value":"x"}]'],
    ['a filter on no column', 'of=traces&filter=[{"type":"string","column":"nope","operator":"=","value":"x"}]'],
    ['an odd instant', 'fromTimestamp=yesterday'],
  ])('refuses %s', async (_name, query) => {
    expect((await exported(query)).status).toBe(400)
  })

  test('lets go of the store when a client leaves', async () => {
    for (let times = 0; times < 5; times++) {
      const answer = await app.send('GET', '/api/public/x/export?of=traces')
      await answer.body?.cancel()
    }
    expect((await exported('of=traces')).status).toBe(200)
  })

  test('holds nothing of the store for who asks for the head alone', async () => {
    for (let times = 0; times < 5; times++) {
      const answer = await app.send('HEAD', '/api/public/x/export?of=traces')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    }
    expect((await exported('of=traces')).status).toBe(200)
  })
})

describe('xtrace export', () => {
  test('reads the folder when no server runs', async () => {
    const { dataDir } = app
    await app.close()
    const file = join(work, 'traces.jsonl')
    expect(await cli(dataDir, 'traces', `--output=${file}`)).toEqual({ code: 0, err: '' })
    expect(records(await readFile(file, 'utf8'))).toHaveLength(2)
    expect(await cli(dataDir, 'traces', `--output=${file}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/EEXIST/),
    })
  })

  test.each([
    ['nothing', [], /name one of traces/],
    ['two subjects', ['traces', 'scores'], /name one of/],
    ['another format', ['traces', '--format=xml'], /--format must be one of/],
    ['an unknown option', ['traces', '--everything'], /Unknown option/],
  ])('refuses %s', async (_name, args, message) => {
    expect(await cli(work, ...args)).toMatchObject({ code: 1, err: expect.stringMatching(message) })
  })

  test('says where there is nothing', async () => {
    expect(await cli(work, 'traces')).toMatchObject({ code: 1, err: expect.stringMatching(/holds no data/) })
  })
})

async function cli(dataDir: string, ...args: string[]) {
  let err = ''
  const code = await runCli({
    args: ['export', ...args],
    env: {
      XTRACE_DATA_DIR: dataDir,
      XTRACE_LOG_LEVEL: 'silent',
      XTRACE_PUBLIC_KEY: TEST_KEYS.publicKey,
      XTRACE_SECRET_KEY: TEST_KEYS.secretKey,
      XTRACE_TOKEN: TEST_TOKEN,
    },
    platform: process.platform,
    home: work,
    version: '0.0.0-test',
    webDir: join(work, 'no-page'),
    out: () => {},
    err: (text) => {
      err += text
    },
    onSignal: () => {},
    stopWithinMs: 9000,
    exit: () => {},
    createApp,
  })
  return { code, err }
}
