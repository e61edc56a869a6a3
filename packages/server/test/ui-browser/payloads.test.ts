/** Payloads of any size: read as a tree in a thread of their own, or by windows, searched and taken home whole. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openSignedIn } from './browser.ts'

const ROWS = 20_000
/** About two megabytes; the last entry is one that a number would not hold. */
const TREE = {
  rows: Array.from({ length: ROWS }, (_, n) => ({ n, words: `row number ${n} with a few words beside it` })),
}
const TREE_TEXT = `${JSON.stringify(TREE).slice(0, -1)},"exact":9007199254740993}`
/** Five million characters with a word far inside. */
const NEEDLE_AT = 3_000_000
const LONG_TEXT = `${'lorem ipsum '.repeat(NEEDLE_AT / 12)}needle ${'dolor sit '.repeat(200_000)}`

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  await send('tree', `{"text":${JSON.stringify('short')}}`, TREE_TEXT)
  await send('windows', JSON.stringify('question'), JSON.stringify(LONG_TEXT))
  browser = await openSignedIn(server, { acceptDownloads: true })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const timestamp = new Date().toISOString()

/** A trace of one event each; payloads are JSON text, so that numbers arrive as they are written. */
const send = (id: string, input: string, output: string) =>
  sendEvent(
    `{"id":"event-${id}","type":"trace-create","timestamp":"${timestamp}","body":{"id":"${id}","name":"${id}","timestamp":"${timestamp}","input":${input},"output":${output}}}`,
  )

const sendStep = (id: string, output: string) =>
  sendEvent(
    JSON.stringify({
      id: `event-${id}`,
      type: 'span-create',
      timestamp,
      body: { id, traceId: 'steps', name: id, startTime: timestamp, output },
    }),
  )

async function sendEvent(event: string) {
  const response = await fetch(`${server.url}/api/public/ingestion`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: `{"batch":[${event}]}`,
  })
  expect(response.status).toBe(207)
  expect(await response.json()).toMatchObject({ errors: [] })
}

const section = (name: string) => browser.page.getByRole('region', { name, exact: true })

describe('JSON of two megabytes', () => {
  test('is a tree of which only the rows in sight are mounted', async () => {
    const { page } = browser
    await page.goto('/p/default/traces/tree')
    const output = section('Output')
    await output.getByRole('treeitem', { name: new RegExp(`${ROWS} items`) }).waitFor()
    await output.getByRole('treeitem', { name: /exact: 9007199254740993/ }).waitFor()
    await output.getByRole('button', { name: 'Open all' }).click()
    await output.getByRole('treeitem', { name: /row number 3 / }).waitFor()
    expect(await output.getByRole('treeitem').count()).toBeLessThan(150)
  }, 120_000)

  test('is searched to its end', async () => {
    const output = section('Output')
    await output.getByRole('searchbox', { name: 'Find in this value' }).fill(`row number ${ROWS - 1} `)
    await output.getByText('1 of 1').waitFor()
    await output.getByRole('treeitem', { name: new RegExp(`row number ${ROWS - 1} `), selected: true }).waitFor()
  }, 120_000)

  test('is the record, too', async () => {
    const { page } = browser
    await page.goto('/p/default/traces/tree?tab=raw')
    const record = page.getByRole('tree', { name: 'Record' })
    await record.getByRole('treeitem', { name: /projectId/ }).waitFor()
  }, 120_000)
})

describe('a text of five megabytes', () => {
  test('is read by windows', async () => {
    const { page } = browser
    await page.goto('/p/default/traces/windows')
    const output = section('Output')
    await output.getByText(/characters 1 to 65,536 of 5,\d+,\d+/).waitFor()
    await output.getByRole('button', { name: 'Later' }).click()
    await output.getByText(/characters 65,537 to 131,072 of/).waitFor()
    await output.getByRole('button', { name: 'End' }).click()
    await output.getByText(/dolor sit\s*$/).waitFor()
    await output.getByRole('button', { name: 'Beginning' }).click()
    await output.getByText(/characters 1 to/).waitFor()
  }, 120_000)

  test('is searched by the server', async () => {
    const output = section('Output')
    await output.getByRole('searchbox', { name: 'Find in the whole output' }).fill('NEEDLE')
    await output.getByText('1 found').waitFor()
    await output.getByRole('button', { name: 'Next', exact: true }).click()
    await output.locator('mark').getByText('needle').waitFor()
  }, 120_000)

  test('is taken home whole', async () => {
    const { page } = browser
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      section('Output').getByRole('button', { name: 'Download' }).click(),
    ])
    expect((await readFile(await download.path(), 'utf8')).length).toBeGreaterThanOrEqual(LONG_TEXT.length)
  }, 120_000)

  test('is a file as the record', async () => {
    const { page } = browser
    await page.goto('/p/default/traces/windows?tab=raw')
    await page.getByRole('link', { name: 'Download the record' }).waitFor()
  }, 120_000)
})

describe('two texts of 50 kB', () => {
  const words = Array.from({ length: 8000 }, (_, n) => `word${n}`)

  test('are compared in a thread of its own', async () => {
    const { page } = browser
    await sendStep('one', words.join(' '))
    await sendStep('other', words.map((word, n) => (n % 1000 === 999 ? `new${n}` : word)).join(' '))
    const thread = page.waitForEvent('worker', (worker) => worker.url().includes('word-diff'))
    await page.goto('/p/default/compare?a=steps/one&b=steps/other&k=words')
    await thread
    const changes = page.getByRole('tabpanel')
    await changes.getByRole('insertion').filter({ hasText: 'new' }).first().waitFor()
    expect(await changes.getByRole('insertion').count()).toBe(8)
    expect(await changes.getByRole('deletion').count()).toBe(8)
  }, 120_000)
})

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})

// Last, since the browser complains of what was refused.
test('JSON of two megabytes is read by windows where no thread can be started', async () => {
  const { page } = browser
  await page.route('**/json.worker*', (route) => route.abort())
  await page.goto('/p/default/traces/tree')
  const output = section('Output')
  await output.getByText(/characters 1 to 65,536 of/).waitFor()
  await output.getByText('Not shown as a tree: The value could not be read.').waitFor()
}, 120_000)
