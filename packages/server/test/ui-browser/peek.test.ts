/** What is peeked at: a trace beside its list, by keys alone, and where the page of the trace begins. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf } from './accessibility.ts'
import { type OpenBrowser, openSignedIn, PATIENCE_MS } from './browser.ts'
import { type DemoServer, startDemoServer } from './demo-server.ts'
import { hiddenFocus } from './focus.ts'

let server: DemoServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startDemoServer()
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const AGENTS = '/p/default/traces?t=7d&q=name:research-agent'

const peek = (name: 'Trace' | 'Observation' = 'Trace') => browser.page.getByRole('complementary', { name })
const tree = () => browser.page.getByRole('tree', { name: 'Observations' })
const selected = () => tree().getByRole('treeitem', { selected: true })
const focusedRow = () => browser.page.getByRole('grid').getByRole('row', { selected: true })
const param = (name: string) => new URL(browser.page.url()).searchParams.get(name)
const until = (value: () => unknown) => expect.poll(value, { timeout: PATIENCE_MS })
/** The role of what has the focus. */
const focus = () => browser.page.evaluate<string>(`document.activeElement?.getAttribute('role') ?? ''`)

async function press(...keys: readonly string[]) {
  for (const key of keys) await browser.page.keyboard.press(key)
}

async function openList(path: string) {
  await browser.page.goto(path)
  await browser.page.getByRole('grid').getByRole('row').nth(2).waitFor()
}

describe('a trace', () => {
  test('is shown with its tree over what is selected, and moves nothing', async () => {
    await openList(AGENTS)
    await press('j', 'Space')
    await tree().getByRole('treeitem', { name: /Plan/ }).first().click()
    await peek().getByRole('region', { name: 'Detail' }).getByText('You plan research').waitFor()
    await browser.settled()
    expect(await browser.layoutShift()).toBeLessThanOrEqual(0.02)
    expect(await violationsOf(browser.page)).toEqual([])
  }, 120_000)

  test('follows the focus of the table, whose keys stay its own', async () => {
    await openList(AGENTS)
    await press('j', 'Space')
    await tree().waitFor()
    const first = param('peek')
    await press('j')
    await until(() => param('peek')).not.toBe(first)
    await tree().waitFor()
    expect(await focusedRow().getAttribute('aria-rowindex')).toBe('2')
    expect(await selected().count()).toBe(0)
    await press('k')
    await until(() => param('peek')).toBe(first)
  }, 120_000)

  test('is walked with its own keys once they are in it, opened at the same row, and come back to', async () => {
    await openList(AGENTS)
    await press('j', 'j', 'Space')
    await tree().waitFor()
    await press('i', 'ArrowDown', 'j')
    expect(await hiddenFocus(browser.page)).toBe('')
    await selected().waitFor()
    await until(() => param('node')).not.toBeNull()
    expect(await focusedRow().getAttribute('aria-rowindex')).toBe('2')
    const at = { peek: param('peek'), node: param('node'), name: await selected().getAttribute('aria-label') }
    await press('i')
    expect(await focus()).toBe('grid')
    await press('Enter')
    await browser.page.waitForURL(new RegExp(`/traces/${at.peek}`))
    await selected().waitFor()
    expect({ peek: at.peek, node: param('node'), name: await selected().getAttribute('aria-label') }).toEqual(at)
    await browser.page.goBack()
    await peek().waitFor()
    await selected().waitFor()
    const back = { peek: param('peek'), node: param('node'), name: await selected().getAttribute('aria-label') }
    expect(back).toEqual(at)
    expect(await focusedRow().getAttribute('aria-rowindex')).toBe('2')
  }, 120_000)

  test('keeps the focus while rows are walked in it, and gives it back when it is closed', async () => {
    await openList(AGENTS)
    await press('j', 'Space')
    await tree().waitFor()
    await press('i', 'ArrowDown')
    await until(() => param('node')).not.toBeNull()
    const first = param('peek')
    await press(']')
    await until(() => param('peek')).not.toBe(first)
    expect(param('node')).toBeNull()
    await until(focus).toBe('tree')
    await press('Escape')
    await peek().waitFor({ state: 'detached' })
    expect(await focus()).toBe('grid')
    expect([param('peek'), param('node')]).toEqual([null, null])
  }, 120_000)

  test('opens from a link, at the row that the link names', async () => {
    const failure = (await server.failures())[0]
    await browser.page.goto(`/p/default/traces?t=7d&peek=${failure?.traceId}&node=${failure?.id}`)
    await selected().waitFor()
    expect(await selected().getAttribute('aria-label')).toContain('error')
    await peek().getByRole('button', { name: 'Open the page' }).click()
    await browser.page.waitForURL(new RegExp(`/traces/${failure?.traceId}`))
    expect(param('node')).toBe(failure?.id)
  }, 120_000)
})

test('an observation is shown in its trace, which stays while others of it are walked', async () => {
  const [trace] = await server.traces('name=research-agent')
  await openList(`/p/default/observations?t=7d&q=trace:${trace.id}`)
  await press('j', 'Space')
  await selected().waitFor()
  await tree().evaluate((element) => element.setAttribute('data-same', ''))
  const first = await selected().getAttribute('aria-label')
  await press('j')
  await until(() => selected().getAttribute('aria-label')).not.toBe(first)
  expect(await tree().getAttribute('data-same')).toBe('')
  await until(() => param('peek')).not.toBeNull()
  const observation = param('peek')
  expect(await violationsOf(browser.page)).toEqual([])
  await press('Enter')
  await browser.page.waitForURL(new RegExp(`/traces/${trace.id}`))
  expect(param('node')).toBe(observation)
}, 120_000)

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})
