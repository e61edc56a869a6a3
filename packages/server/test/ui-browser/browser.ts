/** A real browser for tests of the web interface; what it complains of, and whom else it asks, is kept. */
import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core'

/** A slow machine is not a failure: what is waited for may take this long, in milliseconds. */
export const PATIENCE_MS = 30_000

/** Where Debian, Ubuntu and others put it; `scripts/lib/browser.js` installs it where it is missing. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface OpenBrowser {
  readonly page: Page
  /** Errors on the console, failures of scripts and refusals of the page's policy, but for refused requests. */
  readonly complaints: readonly string[]
  /** Addresses asked for on any other host than the server's. */
  readonly strangers: readonly string[]
  /** Resolves once all that was asked for is answered and drawn; streams may go on. */
  settled(): Promise<void>
  /** How far what was drawn has moved by itself since the page was opened (cumulative layout shift). */
  layoutShift(): Promise<number>
  close(): Promise<void>
}

export interface OpenBrowserOptions extends BrowserContextOptions {
  /** The server's address, which paths are relative to. */
  readonly baseURL: string
}

/** Opens a browser with one empty page; whoever opens it MUST close it. */
export async function openBrowser(options: OpenBrowserOptions): Promise<OpenBrowser> {
  const browser = await launch()
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(WATCH_SHIFTS)
    const complaints: string[] = []
    const strangers: string[] = []
    page.on('console', (message) => {
      // A refused request is the page's to show; whether it does is asserted on the page.
      const isAnswer = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isAnswer) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(options.baseURL) && !/^(?:data|blob):/.test(url)) strangers.push(url)
    })
    return {
      page,
      complaints,
      strangers,
      settled: settling(page),
      layoutShift: () => page.evaluate<number>('window.layoutShift'),
      close: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

const WATCH_SHIFTS = `
  window.layoutShift = 0
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.layoutShift += value
  }).observe({ type: 'layout-shift', buffered: true })
`
const TWO_FRAMES = 'new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))'

/** What is asked for while the last answers are drawn is waited for, too. */
const CALM_ROUNDS = 3

function settling(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  page.on('request', (request) => request.resourceType() === 'eventsource' || open.add(request))
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
  return async () => {
    for (let calm = 0; calm < CALM_ROUNDS; ) {
      await page.evaluate(TWO_FRAMES)
      calm = open.size === 0 ? calm + 1 : 0
    }
  }
}

async function launch(): Promise<Browser> {
  const executablePath = PLACES.find((path) => existsSync(path))
  if (!executablePath) throw new Error(`No Chromium in ${PLACES.join(', ')}; apt-get install chromium`)
  const args = ['--disable-dev-shm-usage', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return await chromium.launch({ executablePath, args })
}

/** A note on one's own action, as it is seen: readers are told of it outside of this region. */
export const toastWith = (page: Page, text: string): Locator =>
  page.getByRole('region', { name: /^Notifications/ }).getByText(text)

/** Signs in with the token on the sign-in page and waits for the page of the first project. */
export async function signInWithToken(page: Page, token: string): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Email or token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p\//)
}

/** Opens a browser whose user has signed in with the token of the server. */
export async function openSignedIn(
  { url, token }: { readonly url: string; readonly token: string },
  options: BrowserContextOptions = {},
): Promise<OpenBrowser> {
  const browser = await openBrowser({ ...options, baseURL: url })
  try {
    await signInWithToken(browser.page, token)
    return browser
  } catch (error) {
    await browser.close()
    throw error
  }
}
