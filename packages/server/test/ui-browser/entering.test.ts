/** The first pages that somebody sees: by a link of another site, and while there is nothing to look at yet. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openSignedIn } from './browser.ts'

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer()
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test('comes with what the session may see, and what else that site asks for does not', async () => {
  const { page } = browser
  const target = `${server.url}/p/default/traces`
  const body = `<a href="${target}">a trace</a><img src="${server.url}/api/ui/session">`
  await page.route('http://elsewhere.example/', (route) => route.fulfill({ contentType: 'text/html', body }))
  const [picture] = await Promise.all([
    page.waitForRequest(`${server.url}/api/ui/session`),
    page.goto('http://elsewhere.example/'),
  ])
  expect(await picture.allHeaders()).not.toHaveProperty('cookie')
  const [opened] = await Promise.all([page.waitForRequest(target), page.getByRole('link', { name: 'a trace' }).click()])
  expect(await opened.allHeaders()).toHaveProperty('cookie')
  await page.getByRole('combobox', { name: 'Filter traces' }).waitFor()
}, 120_000)

test('fills an empty project with demo data when told to', async () => {
  const { page } = browser
  await page.goto('/p/default/welcome')
  await page.getByRole('button', { name: 'Load demo data' }).click()
  const newest = page.getByRole('main').getByText(/^(?:The newest so far|It is here): /)
  await newest.waitFor({ timeout: 60_000 })
  expect(await page.getByRole('button', { name: /demo data/ }).count()).toBe(0)
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await page.getByRole('treeitem').first().waitFor()
}, 120_000)
