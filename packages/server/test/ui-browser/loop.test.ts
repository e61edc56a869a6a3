/** The daily loop, from a filter to what went wrong: by mouse, by keys alone, and in several time zones. */
import { HistogramDto, OverviewDto } from '@xtrace/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser, openSignedIn, PATIENCE_MS, signInWithToken } from './browser.ts'
import { type DemoServer, type ListedTrace, startDemoServer } from './demo-server.ts'
import { hiddenFocus } from './focus.ts'

let server: DemoServer
let browser: OpenBrowser
/** What failed, by trace. */
let messages: ReadonlyMap<string, readonly string[]>
beforeAll(async () => {
  server = await startDemoServer()
  const failures = await server.failures()
  messages = new Map(
    failures.map(({ traceId }) => [
      traceId,
      failures.filter((one) => one.traceId === traceId).map(({ statusMessage }) => statusMessage),
    ]),
  )
  browser = await openSignedIn(server)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** The count comes by itself: it says nothing of whether the rows are those of the filter yet. */
async function untilFiltered() {
  await browser.page.getByRole('status').getByText(`${messages.size} traces`).waitFor()
  await browser.page.locator(`[role="grid"][aria-rowcount="${messages.size}"]`).waitFor()
}
const detail = () => browser.page.getByRole('complementary', { name: 'Detail' })

async function expectMessage() {
  await browser.page.waitForURL(/\/traces\/[\da-f-]+\?.*node=/)
  const trace = new URL(browser.page.url()).pathname.split('/').at(-1) ?? ''
  const places = (messages.get(trace) ?? []).map((text) => detail().getByText(text))
  const isSaid = async () => (await Promise.all(places.map((place) => place.count()))).some((count) => count > 0)
  await expect.poll(isSaid, { timeout: PATIENCE_MS }).toBe(true)
}

describe('from a filter to what went wrong', () => {
  test('by mouse', async () => {
    const { page } = browser
    await page.goto('/p/default/traces?t=7d')
    await page.getByRole('combobox', { name: 'Filter traces' }).fill('errors:>0')
    await page.keyboard.press('Enter')
    await untilFiltered()
    await page.getByRole('row').nth(1).dblclick()
    await page.getByRole('tree', { name: 'Observations' }).waitFor()
    await page.getByRole('button', { name: /^[\d,]+ next$/ }).click()
    await page.getByRole('treeitem', { name: /, error,/, selected: true }).waitFor()
    await expectMessage()
  }, 120_000)

  test('by keys alone, with the focus in sight', async () => {
    const { page } = browser
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) {
        await page.keyboard.press(key)
        await expect.poll(() => hiddenFocus(page), { timeout: PATIENCE_MS, message: `after ${key}` }).toBe('')
      }
    }
    await page.goto('/p/default/traces?t=7d')
    await page
      .getByRole('row', { name: /\$0\.\d+/ })
      .first()
      .waitFor()
    await press('/')
    await page.keyboard.type('errors:>0')
    await press('Enter')
    await untilFiltered()
    await press('j', 'j')
    await expect.poll(() => page.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('2')
    await press('Space')
    await page.getByRole('complementary', { name: 'Trace' }).waitFor()
    await press('k')
    await expect.poll(() => page.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('1')
    await press('Enter')
    await page.getByRole('tree', { name: 'Observations' }).waitFor()
    await press('n')
    await page.getByRole('treeitem', { name: /, error,/, selected: true }).waitFor()
    await expectMessage()
    await press('ArrowUp', 'ArrowDown')
    await page.getByRole('treeitem', { name: /, error,/, selected: true }).waitFor()
    await press('Enter', '.')
    await page.getByRole('tab', { name: 'Metadata', selected: true }).waitFor()
    await press('4')
    await page.getByRole('tree', { name: 'Observations by time' }).getByRole('treeitem', { selected: true }).waitFor()
    await press('/')
    await page.keyboard.type('no such thing')
    await page.getByRole('status').getByText('0 found', { exact: true }).waitFor()
    await press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.waitForURL(/\/p\/default\/traces(?:\?|$)/)
  }, 120_000)
})

test('what failed leads to all that failed alike', async () => {
  const { page } = browser
  await page.goto('/p/default/traces?t=7d&q=errors:>0')
  await page.getByRole('row').nth(1).dblclick()
  await page.getByRole('button', { name: /^[\d,]+ next$/ }).click()
  await expectMessage()
  await detail().getByRole('link', { name: 'find alike' }).click()
  await page.waitForURL(/\/observations\?/)
  expect(new URL(page.url()).searchParams.get('q')).toMatch(/^status:=/)
  await page.getByRole('grid', { name: 'Observations' }).getByRole('row').nth(1).waitFor()
}, 120_000)

test('back from a trace is the row, the place in the list and the peek that it was opened from, once', async () => {
  const { page } = browser
  await page.goto('/p/default/traces?t=7d')
  const grid = page.getByRole('grid', { name: 'Traces' })
  const focused = grid.getByRole('row', { selected: true })
  const peek = page.getByRole('complementary', { name: 'Trace' })
  const scrollTop = () => grid.evaluate((element) => element.scrollTop)
  await grid.getByRole('row').nth(1).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Space')
  await peek.waitFor()
  const before = { row: await focused.getAttribute('aria-rowindex'), scrollTop: await scrollTop() }
  expect(before.scrollTop).toBeGreaterThan(0)
  await page.keyboard.press('Enter')
  await page.getByRole('tree', { name: 'Observations' }).waitFor()
  await page.goBack()
  await peek.waitFor()
  expect({ row: await focused.getAttribute('aria-rowindex'), scrollTop: await scrollTop() }).toEqual(before)
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Filter traces' }).fill('name:nobody')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove name:nobody' }).click()
  await grid.getByRole('row').nth(1).waitFor()
  expect(await scrollTop()).toBe(0)
}, 120_000)

test.each(['UTC', 'America/St_Johns', 'Asia/Kathmandu'])(
  'times are those of %s',
  async (timezoneId) => {
    const [trace] = await server.traces(
      `name=research-agent&toTimestamp=${new Date(Date.now() - 2 * DAY_MS).toISOString()}`,
    )
    const abroad = await openBrowser({ baseURL: server.url, timezoneId })
    try {
      await signInWithToken(abroad.page, server.token)
      await expectTimes(abroad, trace, timesIn(timezoneId))
    } finally {
      await abroad.close()
    }
  },
  120_000,
)

const DAY_MS = 24 * 60 * 60 * 1000

async function expectTimes({ page }: OpenBrowser, trace: ListedTrace, times: ReturnType<typeof timesIn>) {
  const atMs = Date.parse(trace.timestamp)
  const counted = page.waitForResponse(/explore\/traces\/histogram/)
  await page.goto(`/p/default/traces?t=7d&q=id:${trace.id}`)
  await page.getByRole('row', { name: times.date(atMs) }).waitFor()
  const { bars } = HistogramDto.parse(await (await counted).json())
  const chart = page.getByRole('img', { name: '1 traces over time, 0 with an error' })
  await chart.locator('rect').first().hover({ force: true })
  await chart.getByText(times.date(bars[0]?.[0] ?? 0)).waitFor()
  await page.goto(`/p/default/traces/${trace.id}`)
  const time = page.getByRole('main').locator('time').first()
  await time.getByText(times.date(atMs)).waitFor()
  expect(await time.getAttribute('title')).toBe(times.full(atMs))
  const summed = page.waitForResponse(/\/overview\?/)
  await page.goto('/p/default?t=7d')
  const { buckets } = OverviewDto.parse(await (await summed).json())
  const figure = page.getByRole('figure', { name: /^Traces/ })
  await figure.getByRole('button', { name: 'As a table' }).click()
  for (const { startMs } of buckets.slice(0, 3))
    await figure.getByRole('rowheader', { name: times.full(startMs) }).waitFor()
}

/** What is to be read, by another way than the page's own. */
function timesIn(timeZone: string) {
  const offsetMinutes = (atMs: number) => {
    const wall = new Date(atMs).toLocaleString('sv-SE', { timeZone })
    return Math.round((Date.parse(`${wall.replace(' ', 'T')}Z`) - atMs) / 60_000)
  }
  const wallClock = (atMs: number) => new Date(atMs + offsetMinutes(atMs) * 60_000).toISOString()
  return {
    date(atMs: number) {
      const [year, now] = [wallClock(atMs).slice(0, 4), wallClock(Date.now()).slice(0, 4)]
      const month = new Date(wallClock(atMs)).toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })
      const day = Number(wallClock(atMs).slice(8, 10))
      return `${month} ${day}${year === now ? '' : ` ${year}`} ${wallClock(atMs).slice(11, 16)}`
    },
    full(atMs: number) {
      const minutes = Math.abs(offsetMinutes(atMs))
      const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
      const offset = `${offsetMinutes(atMs) < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
      return `${wallClock(atMs).replace('T', ' ').replace('Z', '')} ${offset}`
    },
  }
}

test('complains of nothing', () => {
  expect(browser.complaints).toEqual([])
  expect(browser.strangers).toEqual([])
})
