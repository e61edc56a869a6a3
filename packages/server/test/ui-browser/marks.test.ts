/** Tags that people put on traces and take away again, from the table and in the head of a trace. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openSignedIn, toastWith } from './browser.ts'
import { sendEvents, stepOf, traceOf } from './sent-traces.ts'

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  await sendEvents(server, traceOf('alpha'), traceOf('beta'))
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const row = (name: string) => browser.page.getByRole('row', { name: new RegExp(name) })

/** How far the page reaches beyond its window to the right. */
const OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

test('tags the rows that are selected, and lets the taking of tags be undone', async () => {
  const { page } = browser
  await page.goto('/p/default/traces')
  await row('beta').getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByLabel('Tags').fill('odd')
  await page.getByRole('button', { name: 'Add' }).click()
  await row('beta.*odd').waitFor()
  await page.getByRole('button', { name: 'Untag' }).click()
  await page.getByRole('dialog', { name: 'Take tags from 1 trace' }).getByLabel('Tags').fill('odd')
  await page.getByRole('button', { name: 'Take away' }).click()
  await toastWith(page, 'will lose the tags').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await toastWith(page, 'Undone: nothing was changed.').waitFor()
  expect(await row('beta.*odd').count()).toBe(1)
}, 120_000)

test('takes a tag back from just the rows that got it', async () => {
  const { page } = browser
  await page.goto('/p/default/traces')
  await row('beta.*odd').waitFor()
  for (const name of ['alpha', 'beta']) await row(name).getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByLabel('Tags').fill('odd')
  await page.getByRole('button', { name: 'Add' }).click()
  await row('alpha.*odd').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await toastWith(page, 'Undone.').waitFor()
  await row('alpha.*odd').waitFor({ state: 'detached' })
  expect(await row('beta.*odd').count()).toBe(1)
}, 120_000)

test('says on one line of a phone what can be done to the rows that are selected', async () => {
  const { page } = browser
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/p/default/traces')
  await row('beta').getByRole('checkbox').click()
  const bar = page.getByRole('toolbar', { name: 'Selected traces' })
  const buttons = bar.getByRole('button')
  await buttons.last().waitFor()
  const boxes = await Promise.all((await buttons.all()).map((button) => button.boundingBox()))
  expect(new Set(boxes.map((box) => box && Math.round(box.y + box.height / 2))).size).toBe(1)
  expect(await page.evaluate<number>(OVERHANG)).toBe(0)
  await bar.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click()
  await bar.getByRole('button', { name: 'Select none' }).click()
  await bar.waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1440, height: 900 })
}, 120_000)

test('takes a tag from a trace in its head, and lets that be undone', async () => {
  const { page } = browser
  await sendEvents(server, traceOf('marked', { tags: ['red', 'blue'] }), stepOf('marked'))
  await page.goto('/p/default/traces/id-of-marked')
  const way = page.getByRole('button', { name: 'Take away the tag red' })
  await way.focus()
  await page.keyboard.press('Enter')
  await way.waitFor({ state: 'detached' })
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Add a tag')
  expect(await page.getByRole('link', { name: '#blue' }).count()).toBe(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await way.waitFor()
}, 120_000)

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})
