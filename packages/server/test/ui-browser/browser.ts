/** A real browser for tests of the web interface; what it complains of, and whom else it asks, is kept. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Where Debian, Ubuntu and others put it; `scripts/lib/browser.js` installs it where it is missing. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface OpenBrowser {
  readonly page: Page
  /** Errors on the console, failures of scripts and refusals of the page's policy, but for refused requests. */
  readonly complaints: readonly string[]
  /** Addresses asked for on any other host than the server's. */
  readonly strangers: readonly string[]
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
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    const page = await context.newPage()
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
    return { page, complaints, strangers, close: () => browser.close() }
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function launch(): Promise<Browser> {
  const executablePath = PLACES.find((path) => existsSync(path))
  if (!executablePath) throw new Error(`No Chromium in ${PLACES.join(', ')}; apt-get install chromium`)
  const args = ['--disable-dev-shm-usage', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return await chromium.launch({ executablePath, args })
}

/** Signs in with the token on the sign-in page and waits for the page of the first project. */
export async function signInWithToken(page: Page, token: string): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Email or token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p\//)
}
