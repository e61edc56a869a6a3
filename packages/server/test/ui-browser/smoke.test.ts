/** The way of somebody who has just started the server: sign in, send a trace, see it come, look around, sign out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../compat/live-server.ts'
import { type OpenBrowser, openBrowser, signInWithToken } from './browser.ts'

let server: LiveServer
let browser: OpenBrowser
beforeAll(async () => {
  server = await startLiveServer({
    env: {
      LANGFUSE_INIT_USER_EMAIL: 'ada@example.org',
      LANGFUSE_INIT_USER_NAME: 'Ada',
      LANGFUSE_INIT_USER_PASSWORD: 'correct horse',
    },
  })
  browser = await openBrowser({ baseURL: server.url })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function sendTrace(name: string): Promise<void> {
  const body = { id: `id-of-${name}`, name, timestamp: new Date().toISOString() }
  const batch = [{ id: name, type: 'trace-create', timestamp: body.timestamp, body }]
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const answer = await fetch(`${server.url}/api/public/ingestion`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  })
  expect(answer.status).toBe(207)
}

describe('the web interface', () => {
  test('asks who one is, and says when that is wrong', async () => {
    const { page } = browser
    await page.goto('/p/default/settings/keys')
    await page.waitForURL(/\/signin\?next=/)
    await page.getByLabel('Email or token').fill('no such token')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The token is wrong.').waitFor()
    await page.getByLabel('Email or token').fill('ada@example.org')
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/settings\/keys$/)
    await page.getByText(server.publicKey).waitFor()
  }, 120_000)

  test('shows the first trace as soon as it is there', async () => {
    const { page } = browser
    await page.goto('/welcome')
    await page.getByText('Listening for a trace').waitFor()
    await sendTrace('hello-trace')
    await page.getByRole('main').getByText('It is here:').waitFor()
    await page.getByRole('link', { name: 'Open' }).click()
    await page.waitForURL(/\/p\/default\/traces\/id-of-hello-trace/)
  }, 120_000)

  test('goes everywhere by keyboard', async () => {
    const { page } = browser
    await page.goto('/p/default/settings/appearance')
    await page.getByRole('heading', { name: 'Appearance' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' })
    const before = await page.locator('html').getAttribute('data-theme')
    await page.keyboard.press('Shift+D')
    await page.locator(`html:not([data-theme="${before}"])`).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.waitForURL(/\/p\/default\/traces$/)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to a page').fill('sessions')
    await page.getByRole('option', { name: 'Sessions', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/p\/default\/sessions$/)
  }, 120_000)

  test('asks again over the page when the session has ended, and goes on', async () => {
    const { page } = browser
    await page.goto('/p/default/settings/keys')
    await page.getByText(server.publicKey).waitFor()
    await page.context().clearCookies()
    await page.keyboard.press('r')
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('Email or token').fill(server.token)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(server.publicKey).waitFor()
  }, 120_000)

  test('makes a key whose secret it shows once, and takes it back', async () => {
    const { page } = browser
    await page.goto('/p/default/settings/keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name').fill('from the browser')
    await page.getByRole('button', { name: 'Make key' }).click()
    await page.getByText(/LANGFUSE_SECRET_KEY=sk-lf-[\da-f-]{36}/).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    const row = page.getByRole('row', { name: /from the browser/ })
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await row.waitFor({ state: 'detached' })
  }, 120_000)

  test('lets one go', async () => {
    const { page } = browser
    await signInWithToken(page, server.token)
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL(/\/signin/)
    await page.goto('/p/default/traces')
    await page.waitForURL(/\/signin\?next=/)
  }, 120_000)

  test('complains of nothing and asks nobody else', () => {
    expect(browser.complaints).toEqual([])
    expect(browser.strangers).toEqual([])
  })
})
