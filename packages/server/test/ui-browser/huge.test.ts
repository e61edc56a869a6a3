/** A trace of several thousand observations: every one can be reached, and few are mounted at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type OpenBrowser, openSignedIn, PATIENCE_MS } from './browser.ts'
import { type DemoServer, startDemoServer } from './demo-server.ts'

const OBSERVATIONS = 5000
const MOST_ELEMENTS = 3000

let server: DemoServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startDemoServer({ observations: 0, huge: OBSERVATIONS })
  browser = await openSignedIn(server, { viewport: { width: 1440, height: 1600 } })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const Walked = z.object({ rows: z.array(z.number()), mostElements: z.number() })

/** Scrolls the tree from its top to its end; the rows that were mounted on the way, from top to bottom. */
const WALK = `(async () => {
  const tree = document.querySelector('[role="tree"]')
  const frames = () => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))
  const tops = new Map()
  let mostElements = 0
  tree.scrollTop = 0
  for (let isEnd = false; !isEnd; ) {
    isEnd = tree.scrollTop + tree.clientHeight >= tree.scrollHeight - 1
    const wanted = tree.scrollTop
    const isDrawn = () => [...tree.querySelectorAll('[data-row]')].some(({ offsetTop }) => Math.abs(offsetTop - wanted) < 52)
    do await frames()
    while (!isDrawn())
    for (const row of tree.querySelectorAll('[data-row]')) tops.set(Number(row.dataset.row), row.offsetTop)
    mostElements = Math.max(mostElements, document.querySelectorAll('*').length)
    tree.scrollTop += tree.clientHeight - 52
  }
  const rows = [...tops].sort((a, b) => a[1] - b[1]).map(([row]) => row)
  return { rows, mostElements }
})()`

test('every observation of a long trace can be reached', async () => {
  const { page } = browser
  const [trace] = await server.traces('tags=huge')
  await page.goto(`/p/default/traces/${trace.id}`)
  const tree = page.getByRole('tree', { name: 'Observations' })
  await tree.getByRole('treeitem', { name: /^agent, migrate-repository/ }).waitFor()
  await page.getByText(`${OBSERVATIONS.toLocaleString('en-US')} observations`).waitFor()
  await page.getByRole('button', { name: 'Open all' }).click()
  await page.getByText('1 at the top').waitFor()
  const { rows, mostElements } = Walked.parse(await page.evaluate(WALK))
  expect(new Set(rows.filter((row) => row < OBSERVATIONS)).size).toBe(OBSERVATIONS)
  expect(mostElements).toBeLessThanOrEqual(MOST_ELEMENTS)
  await tree.press('End')
  const selected = tree.getByRole('treeitem', { selected: true })
  await expect.poll(() => selected.getAttribute('data-row'), { timeout: PATIENCE_MS }).toBe(String(rows.at(-1)))
  expect(await selected.getAttribute('aria-posinset')).toBe(await selected.getAttribute('aria-setsize'))
}, 180_000)

test('it is searched and folded', async () => {
  const { page } = browser
  const tree = page.getByRole('tree', { name: 'Observations' })
  const box = page.getByRole('searchbox', { name: 'Find in this trace' })
  await box.fill('run-tests')
  await page
    .getByRole('status')
    .getByText(/^(?:[\d,]+ \/ )?[\d,]{3,}\+? found$/)
    .waitFor()
  await box.press('Enter')
  await tree
    .getByRole('treeitem', { name: /^tool, run-tests/, selected: true })
    .locator('mark')
    .waitFor()
  await box.fill('')
  await page.getByRole('button', { name: 'Close all' }).click()
  await page.getByText(/^[\d,]+ folded or left out$/).waitFor()
  await expect.poll(() => tree.locator('[aria-level="3"]').count(), { timeout: PATIENCE_MS }).toBe(0)
  expect(browser.complaints).toEqual([])
}, 120_000)
