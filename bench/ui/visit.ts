/** A page in a real browser with the probe in it. */
import { join } from 'node:path'
import { type OpenBrowser, openBrowser } from '../../packages/server/test/ui-browser/browser.ts'
import type { Xtrace } from '../targets/xtrace.ts'

const PROBE = join(import.meta.dirname, 'probe.js')
const PATIENCE_MS = 60_000
const MEGABYTE = 2 ** 20

type Page = OpenBrowser['page']

export interface Visit {
  readonly page: Page
  /** Goes to a page of the first project, as a new document. */
  go(path: string): Promise<void>
  /** A number that the probe tells, once it has it. */
  ask(expression: string): Promise<number>
  askAll(expression: string): Promise<number[]>
  /** Tells the probe something. */
  tell(expression: string): Promise<void>
  /** What scripts still hold, objects and buffers, in MB. */
  heap(): Promise<number>
}

/** Opens pages in one browser, which is closed in the end. */
export async function withBrowser<T>(server: Xtrace, work: (open: OpenVisit) => Promise<T>): Promise<T> {
  const browser = await openBrowser({ baseURL: server.url })
  try {
    return await work((use) => withVisit(browser, server, use))
  } finally {
    await browser.close()
  }
}

/** A signed-in page with an empty cache of its own, gone when the work is done. */
export type OpenVisit = <T>(work: (visit: Visit) => Promise<T>) => Promise<T>

async function withVisit<T>(browser: OpenBrowser, server: Xtrace, work: (visit: Visit) => Promise<T>): Promise<T> {
  const context = await browser.page
    .context()
    .browser()
    ?.newContext({
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
    })
  if (!context) throw new Error('The browser is gone')
  try {
    const [name = '', value = ''] = (await server.signIn()).split('=')
    await context.addCookies([{ name, value, url: server.url }])
    await context.addInitScript({ path: PROBE })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    return await work(visitOf(page))
  } finally {
    await context.close()
  }
}

function visitOf(page: Page): Visit {
  const tool = page.context().newCDPSession(page)
  const evaluate = async (expression: string): Promise<unknown> => await page.evaluate(`probe.${expression}`)
  return {
    page,
    go: async (path) => void (await page.goto(`/p/default${path}`, { waitUntil: 'commit' })),
    ask: async (expression) => numberOf(await evaluate(expression)),
    askAll: async (expression) => numbersOf(await evaluate(expression)),
    tell: async (expression) => void (await evaluate(expression)),
    heap: async () => {
      const session = await tool
      await session.send('HeapProfiler.collectGarbage')
      const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
      return (usedSize + backingStorageSize) / MEGABYTE
    },
  }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`The page told ${JSON.stringify(value)}, which is no number`)
  return value
}

function numbersOf(value: unknown): number[] {
  if (!Array.isArray(value)) throw new Error(`The page told ${JSON.stringify(value)}, which is no list`)
  return value.map(numberOf)
}
