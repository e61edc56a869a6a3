/** Every screen with demo data: what is on it, that it stays where it is, and that everybody can use it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf, violationsOfLayer } from './accessibility.ts'
import { type OpenBrowser, openBrowser, signInWithToken } from './browser.ts'
import { type DemoServer, startDemoServer } from './demo-server.ts'
import { type Screen, screensOf } from './screens.ts'

const MOST_SHIFT = 0.02
/** Low: rules about rows need few of them. */
const VIEWPORT = { width: 1280, height: 640 }
const PHONE = { width: 390, height: 844 }
/** The narrowest that everything is made for. */
const SMALLEST = { width: 360, height: 740 }

let server: DemoServer
let browser: OpenBrowser
let screens: ReadonlyMap<string, Screen>
beforeAll(async () => {
  server = await startDemoServer()
  screens = new Map((await screensOf(server)).map((screen) => [screen.name, screen]))
  browser = await openBrowser({ baseURL: server.url, viewport: VIEWPORT, colorScheme: 'light' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

function expectCleanLogs() {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
}

test('sign-in', async () => {
  const { page } = browser
  await page.goto('/signin')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await browser.settled()
  expect(await browser.layoutShift()).toBeLessThanOrEqual(MOST_SHIFT)
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate<string[]>(BROKEN_PICTURES)).toEqual([])
  await signInWithToken(page, server.token)
  expectCleanLogs()
}, 120_000)

const NAMES = [
  ...['home', 'traces', 'observations', 'trace: tree', 'trace: transcript', 'trace: graph', 'trace: log'],
  ...['trace: meta', 'trace: scores', 'trace: comments', 'trace: raw', 'compare', 'sessions', 'session'],
  ...['users', 'user', 'user: cost', 'metrics: names', 'metrics', 'settings: general', 'settings: keys'],
  ...['settings: members', 'settings: appearance', 'settings: system', 'welcome'],
]

test('all are tested', () => {
  expect([...screens.keys()].sort()).toEqual([...NAMES].sort())
})

describe.each(NAMES)('%s', (name) => {
  test('shows what there is', async () => {
    const { page } = browser
    const screen = screenNamed(name)
    await page.goto(screen.path)
    for (const part of screen.content(page)) await part.waitFor()
    await browser.settled()
    expect(await browser.layoutShift()).toBeLessThanOrEqual(MOST_SHIFT)
    expect(await page.evaluate<string[]>(BROKEN_PICTURES)).toEqual([])
    expectCleanLogs()
  }, 120_000)

  test('is for everybody, with a layer over it, too', async () => {
    const { page } = browser
    expect(await violationsOf(page)).toEqual([])
    const layer = await screenNamed(name).open(page)
    await layer.waitFor()
    await browser.settled()
    expect(await violationsOfLayer(page, layer)).toEqual([])
    await page.keyboard.press('Escape')
    await layer.waitFor({ state: 'detached' })
    expectCleanLogs()
  }, 120_000)

  test('is for everybody on a phone', async () => {
    const { page } = browser
    await page.setViewportSize(PHONE)
    try {
      await browser.settled()
      expect(await violationsOf(page)).toEqual([])
      expect(await lowTargets(page)).toEqual([])
      await page.setViewportSize(SMALLEST)
      await browser.settled()
      expect(await page.evaluate<number>(OVERHANG)).toBe(0)
    } finally {
      await page.setViewportSize(VIEWPORT)
    }
    expectCleanLogs()
  }, 120_000)
})

const BROKEN_PICTURES =
  '[...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src)'

/** What is pressed and lower than 24 px, under a finger; words in a sentence are as high as their line. */
async function lowTargets(page: Page): Promise<readonly string[]> {
  const tool = await page.context().newCDPSession(page)
  await tool.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  try {
    await browser.settled()
    return await page.evaluate<string[]>(LOW_TARGETS)
  } finally {
    await tool.send('Emulation.setTouchEmulationEnabled', { enabled: false })
    await tool.detach()
  }
}

const LOW_TARGETS = `
  [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((target) => target.checkVisibility() && target.closest('[inert], .sr-only') === null)
    .filter((target) => ![...target.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((target) => target.getBoundingClientRect().height < 23.5)
    .map((target) => target.outerHTML.slice(0, 200))
`

/** How far the page reaches beyond its window to the right. */
const OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

function screenNamed(name: string): Screen {
  const screen = screens.get(name)
  if (!screen) throw new Error(`There is no screen ${name}`)
  return screen
}
