/** The way of a stranger with the Langfuse SDK for Python: from an empty server to traces that grow while they are looked at. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { environmentOf, runPython } from '../compat/programs.ts'
import { type OpenBrowser, openBrowser, signInWithToken } from './browser.ts'

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  browser = await openBrowser({ baseURL: server.url, permissions: ['clipboard-read', 'clipboard-write'] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Sends one observation of the trace, below the one that it had first. */
const SEND = `
import os
from langfuse import get_client

langfuse = get_client()
context = {"trace_id": langfuse.create_trace_id(seed="live")}
if "PARENT" in os.environ:
    context["parent_span_id"] = os.environ["PARENT"]
with langfuse.start_as_current_observation(name=os.environ["NAME"], as_type="span", trace_context=context) as span:
    span.update(output="done: " + os.environ["NAME"])
langfuse.flush()
print(span.trace_id, span.id)
`

async function send(env: Readonly<Record<string, string>>): Promise<{ readonly trace: string; readonly span: string }> {
  const [trace = '', span = ''] = (await runPython('langfuse-4', SEND, { ...environmentOf(server), ...env }))
    .trim()
    .split(' ')
  return { trace, span }
}

const exported = (lines: string) =>
  Object.fromEntries([...lines.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))

describe('with an SDK', () => {
  test('what the page says to copy sends a first trace, which comes by itself', async () => {
    const { page } = browser
    await signInWithToken(page, server.token)
    await page.getByRole('link', { name: 'Connect a program' }).click()
    await page.getByText('Listening for a trace').waitFor()
    await page.getByRole('button', { name: 'Make a new pair' }).click()
    await page.getByText('shown this once').waitFor()
    const copied = async (label: string) => {
      await page.getByRole('button', { name: label }).click()
      await page.getByRole('button', { name: 'Copied' }).first().waitFor()
      return await page.evaluate<string>('navigator.clipboard.readText()')
    }
    const env = exported(await copied('Copy the lines'))
    const program = await copied('Copy the code')
    expect(program).toContain('first-trace')
    await runPython('langfuse-5', program, env)
    await page.getByRole('main').getByText('It is here: first-trace').waitFor()
    await page.getByRole('link', { name: 'Open' }).click()
    await page.getByRole('treeitem', { name: /^generation, answer/ }).waitFor()
  }, 120_000)

  test('a trace comes into the live table, and what follows into the open trace', async () => {
    const { page } = browser
    await page.goto('/p/default/traces')
    await page.getByRole('row', { name: /first-trace/ }).waitFor()
    const stream = page.waitForResponse(/explore\/traces\/tail/)
    await page.getByRole('button', { name: 'Live' }).click()
    await stream
    const { span } = await send({ NAME: 'live-run' })
    const row = page.getByRole('row', { name: /live-run/ })
    await row.waitFor()
    await row.dblclick()
    const tree = page.getByRole('tree', { name: 'Observations' })
    await tree.getByRole('treeitem', { name: /^span, live-run/ }).waitFor()
    await page.evaluate('window.isThisPage = true')
    await send({ NAME: 'second-step', PARENT: span })
    await tree.getByRole('treeitem', { name: /^span, second-step/ }).click()
    await page.getByRole('complementary', { name: 'Detail' }).getByText('done: second-step').waitFor()
    expect(await page.evaluate('window.isThisPage')).toBe(true)
  }, 120_000)

  test('nobody else is asked, and nothing complains', () => {
    expect(browser.complaints).toEqual([])
    expect(browser.strangers).toEqual([])
  })
})
